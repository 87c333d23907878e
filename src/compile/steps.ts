import { EFFECTS, FAILOVER_REASONS, MARKS, PHASES, type Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
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
  /** Queue of a `crew` or `slot` need, −1 if nobody ever waits. */
  readonly queue: (need: 'crew' | 'slot') => number;
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
    });
    return steps.length === 0 ? -1 : first;
  }

  get length(): number {
    return this.rows.length;
  }

  finish(): StepTable {
    const count = this.rows.length;
    const needs = packRows(this.rows.map(([step, context]) => needCodes(step, context)));
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
      control: Uint8Array.from(column((step, context) => (needCodes(step, context).some((need) => need >= 0) ? 1 : 0))),
      queue: Int32Array.from(column(queueOf)),
    };
  }
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
  return step.needs.includes('slot') ? context.queue('slot') : -1;
}
