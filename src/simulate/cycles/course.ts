import type { World } from '../../dynamics/world.ts';
import type { HistoryRecord } from '../../measures/history-record.ts';
import type { WeighedOutages } from './incident-watch.ts';

/**
 * One course of an incident: what is certain to happen up to its last failure, and from there on as long as no further
 * failure strikes. Everything is valid until the next course.
 */
export interface Course {
  /** Weight of the course at its last failure. */
  readonly weight: number;
  /**
   * What happens after its last failure, everything by the probability that no further failure has struck by then: times
   * weight and summed over the courses of a sample, what an incident amounts to on average.
   */
  readonly record: HistoryRecord;
  readonly survived: number;
  readonly outages: WeighedOutages;
  /** Failovers by FAILOVER_MEASURES, each with the weight of its moment. */
  readonly failovers: Float64Array;
  /** Weight of the course in full, until everything is back; those of a sample's courses add up to 1 on average. */
  readonly fullWeight: number;
  /** The state it ends in, and when. */
  readonly end: World;
  /** Of the first course of a sample: quiescent time before the incident that is part of its length, µs. */
  readonly idle: number;
  /** In full, µs: from the first failure until everything is back, and downtime of any kind. */
  readonly length: number;
  readonly downtime: number;
  /** Failures in the order they strike. */
  readonly failures: readonly { readonly mode: number }[];
  /** By class: its failures less those to be expected meanwhile; and by class of phases, how its durations weigh its scale. */
  readonly scores: Float64Array;
  readonly phaseScores: Float64Array;
}

/** A failure that the sampler makes happen: after so many phase events of the incident, at `time`; of mode −1 until one is chosen. */
export interface Forced {
  mode: number;
  time: number;
  after: number;
  /** Whatever might have struck at fixed ages before this instant (µs), or in it among the modes before `until`, has not. */
  readonly from: number;
  readonly until: number;
  /** Total rate of failures from `from` on that `time` was drawn by, 1/µs; of the first, that of incidents like it. */
  readonly rate: number;
}
