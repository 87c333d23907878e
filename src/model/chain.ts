/**
 * A finite continuous-time Markov chain with rewards, as flat arrays: what the exact side solves, whether a person
 * wrote it or a program generated it. Rates are per hour.
 *
 * Transitions are stored by source state (compressed sparse rows): those of state `i` are the entries
 * `offset[i] … offset[i + 1] − 1` of `to` and `rate`. A row names each target at most once and never the state itself.
 */
export interface Chain {
  readonly states: number;
  /** Length `states + 1`, non-decreasing, from 0 to the number of transitions. */
  readonly offset: Int32Array;
  /** Target state of each transition. */
  readonly to: Int32Array;
  /** Rate of each transition in 1/hour, finite and > 0. */
  readonly rate: Float64Array;
  /** Where the chain starts; probabilities sum to 1. */
  readonly initial: { readonly state: Int32Array; readonly probability: Float64Array };
  /** Reward rates, one array of length `states` per measure, for example the share of the service not served. */
  readonly rewards: readonly Float64Array[];
}

/** What people call the states and rewards of a chain; the solvers never see it. */
export interface ChainNames {
  readonly states: readonly string[];
  readonly rewards: readonly string[];
}

/** A chain as a person writes it, before names become numbers. */
export interface WrittenChain {
  readonly states: readonly string[];
  /** Probability of starting in each state; states left out have 0. */
  readonly start: Readonly<Record<string, number>>;
  readonly transitions: readonly WrittenTransition[];
  /** Reward rate of each state, per measure; states left out earn 0. */
  readonly rewards: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** `rate` in 1/hour, ≥ 0 and finite; several transitions between the same two states add up. */
export interface WrittenTransition {
  readonly from: string;
  readonly to: string;
  readonly rate: number;
}

/** A model that says, for each state vector, where it can go. */
export interface TransitionModel {
  /** The start state; its length is the length of every state vector. */
  readonly initial: Int32Array;
  /**
   * Calls `emit(rate, next)` for each transition out of `state` (rates in 1/hour; one of 0 is ignored). `emit` copies
   * `next`, so one scratch array serves all calls; `state` must be left as it is. The same `next` may be emitted more
   * than once: the rates add up.
   */
  successors(state: Int32Array, emit: (rate: number, next: Int32Array) => void): void;
  /** Number of measures `reward` writes; 0 when absent. */
  readonly rewardCount?: number;
  /** Writes the reward rates of `state` into `out` (length `rewardCount`). */
  reward?(state: Int32Array, out: Float64Array): void;
}
