import { InputError } from '../../model/problem.ts';
import type { Block, CommonCauseGroup, EventTree, Gate, Ref, Structure } from '../../model/structure.ts';
import { readXml, type XmlElement } from '../xml/document.ts';
import { collect, type Definitions } from './collect.ts';
import { readCommonCause } from './common-causes.ts';
import { EventTreeReader } from './event-tree.ts';
import { booleanConstant, type EventDefinition, Formulas } from './events.ts';
import { Parameters } from './parameters.ts';
import { parts, Report } from './scope.ts';

/** One text of a model; several make one model together (trees in one file, basic events in another). */
export interface OpenPsaSource {
  readonly file: string;
  readonly text: string;
}

export interface OpenPsaOptions {
  /** Value of `system-mission-time`, hours; default 8 760. */
  readonly missionTimeHours?: number;
}

/** A fault tree model: its tops, which share blocks and gates, and its event trees. */
export interface OpenPsaModel {
  /** One per gate that no other gate reads, in the order of definition. */
  readonly tops: readonly { readonly name: string; readonly structure: Structure }[];
  readonly eventTrees: readonly EventTree[];
}

const MISSION_TIME_HOURS = 8_760;

/**
 * Reads fault trees and event trees in the Open-PSA model exchange format (version 2 of the format; XML). Random
 * deviates stand for their means; 95 % lognormal ones are kept as the uncertainty of their blocks. Entities declared in
 * a text are never expanded and no file but the given texts is read.
 *
 * @throws InputError with every problem found, located in the texts
 */
export function readOpenPsa(sources: readonly OpenPsaSource[], options: OpenPsaOptions = {}): OpenPsaModel {
  const report = new Report();
  const roots: XmlElement[] = [];
  for (const { file, text } of sources) {
    const { root, problems } = readXml(text, file);
    for (const problem of problems) report.add(problem);
    if (root !== undefined) roots.push(root);
  }
  stopAt(report);
  const gates: Gate[] = [];
  const definitions = collect(roots, gates, report);
  const parameters = new Parameters(definitions.parameters, options.missionTimeHours ?? MISSION_TIME_HOURS, report);
  const formulas = new Formulas(definitions.events, gates, report);
  fillGates(definitions, formulas, gates, report);
  stopAt(report);
  refuseCircles(definitions, gates, report);
  const tops = definitions.events.all.filter((event) => event.kind === 'gate' && !formulas.used.has(event));
  const commonCauses = definitions.commonCauses
    .map((group) => readCommonCause(group, formulas, parameters, report))
    .filter((group) => group !== undefined);
  const blocks = readBlocks(definitions, parameters, commonCauses, report);
  stopAt(report);
  const limits = substitutions(definitions, formulas, report);
  const shared = { blocks, gates, ...(commonCauses.length === 0 ? {} : { commonCauses }) };
  const trees = new EventTreeReader(definitions, formulas, parameters, gates, report);
  const eventTrees = definitions.initiatingEvents
    .map((initiating) => trees.read(initiating, { ...shared, top: 0 }))
    .filter((tree) => tree !== undefined);
  stopAt(report);
  if (tops.length === 0 && eventTrees.length === 0) {
    throw new InputError([
      roots[0]!.source.problem(roots[0]!.offset, 'nothing-to-analyse', 'The model has no gate and no event tree.'),
    ]);
  }
  return {
    tops: tops.map(({ name, ref }) => {
      const top = limits.length === 0 ? ref : ~(gates.push({ kind: 'and', inputs: [ref, ...limits] }) - 1);
      return { name, structure: { name, ...shared, top } };
    }),
    eventTrees,
  };
}

function stopAt({ problems }: Report): void {
  if (problems.length > 0) throw new InputError(problems);
}

/** Formulas of gates and values of house events, in the places kept for them. */
function fillGates(definitions: Definitions, formulas: Formulas, gates: Gate[], report: Report): void {
  for (const { kind, name, path, element, ref } of definitions.events.all) {
    if (kind === 'basic-event') continue;
    const [content, ...more] = parts(element);
    if (more.length > 0) report.error(more[0]!, 'operand-count', `<${element.tag}> takes one element.`);
    if (kind === 'house-event') {
      if (content === undefined) continue;
      if (content.tag !== 'constant') report.error(content, 'unknown-formula', 'A house event takes a <constant>.');
      else gates[~ref] = { kind: 'constant', value: booleanConstant(content, report) ?? false, inputs: [], name };
      continue;
    }
    if (content === undefined) {
      report.error(element, 'missing-element', `Gate "${name}" has no formula.`);
      continue;
    }
    const gate = formulas.gate(content, path, gates[~ref]!.name ?? name);
    if (gate !== undefined) gates[~ref] = gate;
  }
}

/** Reports a gate that depends on itself, at its definition. */
function refuseCircles(definitions: Definitions, gates: readonly Gate[], report: Report): void {
  const owner = new Map<number, EventDefinition>();
  for (const event of definitions.events.all) if (event.ref < 0) owner.set(~event.ref, event);
  /** 0 unseen, 1 being walked, 2 done. */
  const state = new Uint8Array(gates.length);
  for (let start = 0; start < gates.length; start++) {
    const stack: { gate: number; next: number }[] = [];
    const enter = (gate: number): void => {
      state[gate] = 1;
      stack.push({ gate, next: 0 });
    };
    if (state[start] === 0) enter(start);
    while (stack.length > 0) {
      const frame = stack[stack.length - 1]!;
      const input = gates[frame.gate]!.inputs[frame.next++];
      if (input === undefined) {
        state[frame.gate] = 2;
        stack.pop();
      } else if (input < 0 && state[~input] === 0) enter(~input);
      else if (input < 0 && state[~input] === 1) {
        const circle = stack
          .slice(stack.findIndex(({ gate }) => gate === ~input))
          .map(({ gate }) => owner.get(gate)?.name);
        const names = circle.filter((name) => name !== undefined);
        const shown = names.length > 6 ? [...names.slice(0, 6), '…'] : names;
        const first = owner.get(~input) ?? owner.get(frame.gate);
        const message = `A gate depends on itself: ${[...shown, names[0]].join(' → ')}.`;
        if (first !== undefined) report.error(first.element, 'cyclic-gates', message);
      }
    }
  }
}

/** Basic events as blocks, in the order of their numbers. */
function readBlocks(
  definitions: Definitions,
  parameters: Parameters,
  commonCauses: readonly CommonCauseGroup[],
  report: Report,
): Block[] {
  const grouped = new Map<number, number>();
  for (const { members, unavailability } of commonCauses) {
    for (const member of members) grouped.set(member, unavailability ?? 0);
  }
  const blocks: Block[] = [];
  for (const { kind, name, path, element, ref } of definitions.events.all) {
    if (kind !== 'basic-event') continue;
    const publicName = definitions.events.find(name, '')?.ref === ref;
    const shown = publicName || path === '' ? name : `${path}.${name}`;
    const [expression, ...more] = element.tag === 'define-basic-event' ? parts(element) : [];
    if (more.length > 0) report.error(more[0]!, 'operand-count', '<define-basic-event> takes one expression.');
    if (expression === undefined) {
      const unavailability = grouped.get(ref);
      if (unavailability === undefined) {
        report.error(element, 'missing-probability', `Basic event "${name}" has no probability.`);
      }
      blocks[ref] = { name: shown, unavailability: unavailability ?? 0 };
      continue;
    }
    const unavailability = parameters.value(expression, path);
    if (unavailability < 0 || unavailability > 1) {
      const message = `The probability of "${name}" is ${unavailability}, outside 0 … 1.`;
      report.error(expression, 'impossible-value', message);
    }
    const uncertainty = Number.isNaN(unavailability) ? undefined : parameters.uncertainty(expression, path);
    blocks[ref] = { name: shown, unavailability, ...(uncertainty === undefined ? {} : { uncertainty }) };
  }
  return blocks;
}

/**
 * Declarative substitutions: wherever the hypothesis holds the target must hold too, otherwise the combination is
 * impossible (delete-terms). Those that exchange events in cut sets are not read.
 */
function substitutions(definitions: Definitions, formulas: Formulas, report: Report): Ref[] {
  const limits: Ref[] = [];
  for (const element of definitions.substitutions) {
    const section = (tag: string): XmlElement | undefined => parts(element).find((part) => part.tag === tag);
    if (section('source') !== undefined) {
      report.unsupported(element, 'Substitutions with a <source> (recovery-rule, exchange-event) are not read.');
      continue;
    }
    const hypothesis = parts(section('hypothesis') ?? element)[0];
    const target = parts(section('target') ?? element)[0];
    if (section('hypothesis') === undefined || section('target') === undefined || !hypothesis || !target) {
      report.error(element, 'missing-element', '<define-substitution> needs a <hypothesis> and a <target>.');
      continue;
    }
    const given = formulas.ref(hypothesis, '');
    const then = formulas.ref(target, '');
    if (given === undefined || then === undefined) continue;
    limits.push(formulas.append({ kind: 'imply', inputs: [given, then] }));
  }
  return limits;
}
