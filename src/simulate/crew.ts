import type { Scenario } from '../model/scenario.ts';

/** What every piece of work of a run has in common. */
export interface HistoryPlan {
  readonly scenario: Scenario;
  readonly seed: string;
  /** Simulated years per history. */
  readonly years: number;
  /** Seconds. */
  readonly warmUp: number;
}

/** Consecutive histories; answered by their records as `packRecords` writes them. */
export interface HistoryTask {
  readonly first: number;
  readonly count: number;
}

/** Consecutive samples of one stratum of rare-event cycles; answered by their packed sums (`cycles/cycle-batch.ts`). */
export interface CyclesTask {
  readonly service: number;
  readonly stage: number;
  readonly stratum: number;
  readonly first: number;
  readonly count: number;
  /** Samples of the stratum in this stage. */
  readonly of: number;
  /** What the rounds of the pilot before have taught. */
  readonly lessons: readonly Float64Array[];
  /** This is a round of the pilot: what it teaches is part of the answer. */
  readonly learn: boolean;
  /** What incidents of ageing failures begin in; absent: the first and shortest history. */
  readonly history?: RootHistory;
  /** States beside those of that history; absent: none. */
  readonly beside?: StatesBeside;
}

/** States that the history was too short for, as `packed` (`cycles/roots/found-states.ts`) writes them. */
export interface StatesBeside {
  /** From 1 on; what has another number is another collection. */
  readonly number: number;
  /** Ways to be rare that tell them from the others (`cycles/roots/met-features.ts`). */
  readonly ways: readonly number[];
  readonly states: Float64Array;
}

/** A history that roots are taken from. */
export interface RootHistory {
  /** 0 is the first; what a result begins in is a fresh one. */
  readonly number: number;
  /** How many times as long as the shortest it is. */
  readonly growth: number;
}

export type Task = HistoryTask | CyclesTask;

/** A task that several are offered: who claims it first does it, the others leave it alone. */
export interface Offer {
  readonly task: Task;
  /** One number in shared memory. */
  readonly claim: Int32Array;
}

export const offered = (task: Task): Offer => ({ task, claim: new Int32Array(new SharedArrayBuffer(4)) });

/** True for the first who asks. */
export const claimed = ({ claim }: Offer): boolean => Atomics.compareExchange(claim, 0, 0, 1) === 0;
export const isClaimed = ({ claim }: Offer): boolean => Atomics.load(claim, 0) !== 0;

/** Others who do a run's work beside this thread: threads, or whoever gives the same answers. */
export interface Crew {
  /** How many work at the same time. */
  readonly size: number;
  /** The answer; undefined where the task was claimed by somebody else. Rejects when whoever worked at it is no more. */
  readonly simulate: (offer: Offer) => Promise<Float64Array | undefined>;
  /** Ends everything that is under way. */
  readonly close: () => Promise<void>;
}

/** Finds up to `size` workers; undefined where there are none to be had. */
export type HireCrew = (plan: HistoryPlan, size: number) => Promise<Crew | undefined>;
