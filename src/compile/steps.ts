import { EFFECTS, FAILOVER_REASONS, MARKS, PHASES, type Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
import { CAMPAIGN_ACTS, CAMPAIGN_CONDITIONS } from '../model/upgrade.ts';
import type { LawTable } from './laws.ts';
import { NEED, ON_FAILURE, type StepName, type StepTable } from './model.ts';
import { packRows } from './rows.ts';

/** What a program's words mean where it is used. */
export interface ProgramContext {
  readonly flow: string;
  /** Law of a duration parameter. */
  readonly time: (parameter: string) => Law;
  /** Value of a probability parameter. */
  readonly probability: (parameter: string) => number;
  /** Signal of a control function; undefined when the scenario does not model it. */
  readonly control: (id: string) => number | undefined;
  /** Queue of a `crew`, `slot` or `spare` need, −1 if nobody ever waits. */
  readonly queue: (need: 'crew' | 'slot' | 'spare') => number;
  /** Queue of a control function with a limit, −1 for any other need; absent: there is none. */
  readonly limit?: (need: string) => number;
  /** Signal of a control function or an element that a step requires; absent: no step requires anything. */
  readonly signal?: (name: string) => number;
  /** Needs every step of the program has besides its own. */
  readonly always: readonly number[];
}

const FAILURE_CODES = {
  retry: ON_FAILURE.retry,
  manual: ON_FAILURE.manual,
  'lose-state': ON_FAILURE.loseState,
  'no-fault-found': ON_FAILURE.noFaultFound,
} as const;

/** Collects the programs of all flows into one table of steps. */
export class StepList {
  readonly names: StepName[] = [];
  private readonly rows: (readonly [Step, ProgramContext, boolean])[] = [];
  private readonly next: number[] = [];
  private readonly otherwise: number[] = [];
  private readonly laws: LawTable;

  constructor(laws: LawTable) {
    this.laws = laws;
  }

  /** Adds the steps as one program; returns its first step, −1 when there are none. */
  add(steps: readonly Step[], context: ProgramContext): number {
    const first = this.rows.length;
    steps.forEach((step, i) => {
      this.rows.push([step, context, i === steps.length - 1]);
      this.names.push({ id: step.id, by: step.by, flow: context.flow, needs: step.needs });
      this.next.push(
        step.next === undefined ? (i + 1 < steps.length ? first + i + 1 : -1) : target(steps, step.next, first),
      );
      this.otherwise.push(step.otherwise === undefined ? -1 : target(steps, step.otherwise, first));
    });
    return steps.length === 0 ? -1 : first;
  }

  get length(): number {
    return this.rows.length;
  }

  finish(): StepTable {
    const count = this.rows.length;
    const needs = packRows(this.rows.map(([step, context]) => needCodes(step, context)));
    const required = packRows(
      this.rows.map(([step, context]) =>
        (step.requires ?? []).map((name) => conditionCode(name) ?? context.signal!(name)),
      ),
    );
    const column = <T>(pick: (step: Step, context: ProgramContext, last: boolean) => T): T[] =>
      this.rows.map(([step, context, last]) => pick(step, context, last));
    return {
      count,
      law: Int32Array.from(column((step, context) => this.laws.add(lawOf(step, context)))),
      needStart: needs.start,
      need: needs.items,
      success: Float64Array.from(column(successOf)),
      onFailure: Uint8Array.from(column((step) => FAILURE_CODES[step.onFailure ?? 'retry'])),
      reason: Int8Array.from(
        column((step) => (step.reason === undefined ? -1 : FAILOVER_REASONS.indexOf(step.reason))),
      ),
      effects: Uint32Array.from(
        column((step) => step.effects.reduce((bits, e) => bits | (1 << EFFECTS.indexOf(e)), 0)),
      ),
      mark: Int8Array.from(column((step) => (step.mark === undefined ? -1 : MARKS.indexOf(step.mark)))),
      phase: Uint8Array.from(column((step) => PHASES.indexOf(step.phase))),
      last: Uint8Array.from(column((_step, _context, last) => (last ? 1 : 0))),
      next: Int32Array.from(this.next),
      otherwise: Int32Array.from(this.otherwise),
      requiredStart: required.start,
      required: required.items,
      interrupts: Uint8Array.from(column((step) => (step.interrupts === true ? 1 : 0))),
      act: Uint8Array.from(column((step) => CAMPAIGN_ACTS.indexOf(step.act ?? 'none'))),
      exposes: Uint8Array.from(column((step) => (step.exposes === true ? 1 : 0))),
      control: Uint8Array.from(column((step, context) => (needCodes(step, context).some((need) => need >= 0) ? 1 : 0))),
      queue: Int32Array.from(column(queueOf)),
    };
  }
}

/** Index of the step `id` of a program that starts at `first`; −1 for `end`. */
function target(steps: readonly Step[], id: string, first: number): number {
  if (id === 'end') return -1;
  const at = steps.findIndex((step) => step.id === id);
  if (at < 0) throw new Error(`a flow goes on at step ${id}, which it does not have`);
  return first + at;
}

/** Code of what only steps of upgrade campaigns can require. */
function conditionCode(name: string): number | undefined {
  const at = (CAMPAIGN_CONDITIONS as readonly string[]).indexOf(name);
  return at < 0 ? undefined : -1 - at;
}

function lawOf(step: Step, context: ProgramContext): Law {
  return typeof step.duration === 'string' ? context.time(step.duration) : step.duration;
}

function successOf(step: Step, context: ProgramContext): number {
  if (step.success === undefined) return 1;
  return typeof step.success === 'string' ? context.probability(step.success) : step.success;
}

function needCodes(step: Step, context: ProgramContext): number[] {
  const codes = [...context.always];
  for (const need of step.needs) {
    if (need in NEED) codes.push(NEED[need as keyof typeof NEED]);
    else {
      const signal = context.control(need);
      if (signal !== undefined) codes.push(signal);
    }
  }
  return [...new Set(codes)];
}

function queueOf(step: Step, context: ProgramContext): number {
  if (step.needs.includes('crew')) return context.queue('crew');
  if (step.needs.includes('spare')) return context.queue('spare');
  if (step.needs.includes('slot')) return context.queue('slot');
  const { limit } = context;
  return limit === undefined ? -1 : (step.needs.map(limit).find((queue) => queue >= 0) ?? -1);
}
