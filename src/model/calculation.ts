import type { StructureResult } from './structure.ts';

/** The top of a structure over time, everything up at 0. */
export interface MissionPoint {
  readonly hours: number;
  /** Probability of being down at `hours`. */
  readonly unavailability: number;
  /** Mean share of [0, hours] spent down. */
  readonly intervalUnavailability: number;
  /** Expected number of failures of the top in [0, hours]. */
  readonly expectedFailures: number;
  /**
   * Probability that the top fails at least once in [0, hours]. Exact without repair. With repair the value follows the
   * top's failure rate as Vesely (1970) estimates it, ν(t)/A(t), exact for series structures, and the truth lies in
   * [lo, hi]: below by the unavailability at any instant, above by the expected number of failures and by what it would
   * be without repair.
   */
  readonly failureProbability: { readonly value: number; readonly lo: number; readonly hi: number };
}

/** Law of the top's unavailability that the uncertainty of the parameters leaves. */
export interface Propagation {
  readonly mean: number;
  readonly standardDeviation: number;
  readonly quantiles: readonly { readonly p: number; readonly unavailability: number }[];
  readonly draws: number;
}

/** One bar of a tornado: the top with one parameter at its 5 % and 95 % quantile and all others as stated. */
export interface TornadoBar {
  readonly parameter: string;
  readonly low: number;
  readonly high: number;
}

/** `carriergrade/structure/1` of a file, with what was asked for besides. */
export interface StructureReport extends StructureResult {
  readonly name: string;
  readonly title?: string;
  /** What the structure leaves out. */
  readonly notes?: readonly string[];
  readonly mission?: readonly MissionPoint[];
  readonly uncertainty?: Propagation & { readonly seed: string; readonly tornado: readonly TornadoBar[] };
}

/** Probability of one sequence or end of an event tree. */
export interface SequenceProbability {
  readonly name: string;
  /** Given that the initiating event has happened. With `lo` and `hi` only bounds are known, and it is the upper one. */
  readonly probability: number;
  readonly lo?: number;
  readonly hi?: number;
}

/** `carriergrade/structures/1`: a model of several tops, or with event trees. */
export interface StructuresReport {
  readonly format: 'carriergrade/structures/1';
  readonly structures: readonly StructureReport[];
  readonly eventTrees: readonly {
    readonly name: string;
    readonly initiatingEvent: string;
    readonly sequences: readonly SequenceProbability[];
  }[];
}

/** `carriergrade/chain-solution/1`: a Markov chain solved for the long run, the first failure and given instants. */
export interface ChainReport {
  readonly format: 'carriergrade/chain-solution/1';
  readonly name: string;
  readonly title: string;
  readonly size: { readonly states: number; readonly transitions: number };
  readonly method: 'gth' | 'iterative';
  /** Bound on the relative error of every state probability. */
  readonly relativeError: number;
  /** Long-run probability of each state, in the order of the file. */
  readonly states: readonly { readonly state: string; readonly probability: number }[];
  readonly rewards: readonly ChainReward[];
}

/** A reward of a Markov chain: its long-run figures and its course. Fractions without a unit, times in hours. */
export interface ChainReward {
  readonly name: string;
  /** Long-run expected reward rate. */
  readonly mean: number;
  /** States where the reward is above 0 count as down. `dpm` in s/year; frequency, MUT and MDT as for a structure. */
  readonly unavailability: number;
  readonly availability: number;
  readonly nines: number;
  readonly dpm: number;
  readonly frequencyPerYear: number;
  readonly mutHours: number;
  /** null when it is never down. */
  readonly mdtHours: number | null;
  /** Mean time from the start to the first such state; Infinity when it may never come. */
  readonly mttfHours: number;
  /** At the instants asked for: expected reward then, and averaged over the time until then. */
  readonly at: readonly { readonly hours: number; readonly instant: number; readonly average: number }[];
}
