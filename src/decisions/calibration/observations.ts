import type { Ticket } from '../../model/calibration.ts';
import { InputError, type Problem } from '../../model/problem.ts';
import type { FailureMode, Scenario } from '../../model/scenario.ts';
import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Definition } from './definitions.ts';

/** What the tickets of one failure mode say. */
export interface ModeObservations {
  readonly definition: Definition;
  readonly mode: FailureMode;
  /** Faults of the field; injected ones say nothing about how often. */
  fieldFaults: number;
  readonly repairs: number[];
}

/** What the tickets of one group say. */
export interface GroupObservations {
  readonly group: string;
  /** Seconds; Infinity for what monitoring did not see. */
  readonly detected: number[];
  switchesTried: number;
  switchesWorked: number;
  readonly times: Map<string, number[]>;
}

export interface Observations {
  readonly modes: readonly ModeObservations[];
  readonly groups: readonly GroupObservations[];
}

/**
 * Sorts tickets by what of the scenario they are about.
 *
 @throws InputError for names the scenario does not have, with line and what is known
 */
export function observe(
  tickets: readonly Ticket[],
  scenario: Scenario,
  definitions: ReadonlyMap<string, readonly Definition[]>,
): Observations {
  const modes = new Map<FailureMode, ModeObservations>();
  const groups = new Map<string, GroupObservations>();
  const problems: Problem[] = [];
  for (const ticket of tickets) {
    const complain = (code: string, message: string, hint: string | undefined): void => {
      const place = { file: ticket.file, line: ticket.line, column: 1 };
      problems.push({ level: 'error', code, message, place, ...(hint === undefined ? {} : { hint }) });
    };
    const about = definitions.get(ticket.element);
    if (about === undefined) {
      complain(
        'unknown-element',
        `the scenario has no "${ticket.element}"`,
        didYouMean(ticket.element, [...definitions.keys()], 'it has'),
      );
      continue;
    }
    const failed = modeOf(ticket, about);
    if (failed === undefined) {
      const known = about.flatMap(({ failures }) => failures.map(({ id }) => id));
      const found = ticket.mode === undefined ? 'which failure mode?' : `"${ticket.mode}" is none of its failure modes`;
      complain('unknown-mode', `${ticket.element}: ${found}`, didYouMean(ticket.mode ?? '', known, 'it has'));
      continue;
    }
    const [definition, mode] = failed;
    const ofMode = modes.get(mode) ?? { definition, mode, fieldFaults: 0, repairs: [] };
    modes.set(mode, ofMode);
    if (ticket.source === 'field') ofMode.fieldFaults++;
    if (ticket.repair !== undefined) ofMode.repairs.push(ticket.repair);
    const says = ticket.detected !== undefined || ticket.switched !== undefined || Object.keys(ticket.times).length > 0;
    if (!says) continue;
    if (definition.group === undefined) {
      complain(
        'no-group',
        `${ticket.element} is no member of a group: detected, switched and times are of groups`,
        undefined,
      );
      continue;
    }
    const ofGroup = groups.get(definition.group) ?? emptyGroup(definition.group);
    groups.set(definition.group, ofGroup);
    if (ticket.detected !== undefined) ofGroup.detected.push(ticket.detected);
    if (ticket.switched !== undefined) {
      ofGroup.switchesTried++;
      if (ticket.switched) ofGroup.switchesWorked++;
    }
    const known = Object.keys(scenario.groups[definition.group]!.times);
    for (const [name, seconds] of Object.entries(ticket.times)) {
      if (!known.includes(name)) {
        complain(
          'unknown-time',
          `times.${name}: ${definition.group} has no such time`,
          didYouMean(name, known, 'it has'),
        );
        continue;
      }
      const list = ofGroup.times.get(name) ?? [];
      ofGroup.times.set(name, list);
      list.push(seconds);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return { modes: [...modes.values()], groups: [...groups.values()] };
}

const emptyGroup = (group: string): GroupObservations => ({
  group,
  detected: [],
  switchesTried: 0,
  switchesWorked: 0,
  times: new Map(),
});

/** The mode a ticket names, or the only one there is. */
function modeOf(ticket: Ticket, about: readonly Definition[]): readonly [Definition, FailureMode] | undefined {
  const all = about.flatMap((definition) => definition.failures.map((mode) => [definition, mode] as const));
  const fitting = ticket.mode === undefined ? all : all.filter(([, { id }]) => id === ticket.mode);
  return fitting.length === 1 ? fitting[0] : undefined;
}
