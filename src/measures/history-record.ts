import { BUCKETS } from '../model/scenario.ts';

/** What is added up per service in one history. Times are µs; `weighted` means multiplied by the lost share. */
export const SERVICE_MEASURES = [
  'totalTime',
  'partialWeighted',
  'partialTime',
  'countedWeighted',
  'countedTime',
  'totalOutages',
  'partialOutages',
  'hits',
  'reportable',
  'sessionsLost',
  'userTime',
  'censored',
  'brokenMissions',
  'capacityEvents',
  /** Downtime whose root is an upgrade, and any other while redundancy was missing for one. */
  'upgradeWeighted',
  'exposureWeighted',
  /** Downtime the guest answers for (B-54); the infrastructure answers for the rest. */
  'guestWeighted',
  'infrastructureWeighted',
] as const;
export type ServiceMeasure = (typeof SERVICE_MEASURES)[number];

/** What is added up per group in one history; then come the failover reasons, the mark sums (µs) and the mark counts. */
export const GROUP_MEASURES = [
  'servingFailures',
  'memberFailures',
  'attempts',
  'successes',
  'withinTarget',
  'protectedTime',
  'exposedTime',
  'downTime',
  'latentTime',
  'falseAlarms',
  'alarmAttempts',
  'alarmSuccesses',
  'containable',
  'contained',
  'coverageDraws',
  'covered',
  'switchovers',
  'races',
  'splitBrains',
  'splitBrainTime',
  'capacityEvents',
  /** Redundancy missing for an upgrade; performance missing while members are copied; members moved; states lost by it. */
  'upgradeExposedTime',
  'degradedTime',
  'moves',
  'upgradeStateLosses',
  /** Nothing served because of an upgrade. */
  'upgradeDownTime',
] as const;
export type GroupMeasure = (typeof GROUP_MEASURES)[number];

/** What is added up per repair policy in one history: places that had to wait for a spare, and how long any did. */
export const SPARE_MEASURES = ['demands', 'exhaustions', 'exhaustedTime'] as const;
export type SpareMeasure = (typeof SPARE_MEASURES)[number];

/** Parts of a service's downtime that are known history by history. */
export const SPLITS = [...BUCKETS, 'external'] as const;
export type Split = (typeof SPLITS)[number];

export const POPULATION_MEASURES = ['failures', 'downTime', 'affectedYears'] as const;
export type PopulationMeasure = (typeof POPULATION_MEASURES)[number];

/** Numbers of one history, ready to be added to a run, sent to another thread or stored. */
export interface HistoryRecord {
  /** Observed time after the warm-up, µs. */
  readonly horizon: number;
  readonly events: number;
  /** `service · SERVICE_MEASURES.length + measure`. */
  readonly services: Float64Array;
  /** Every counted outage: service and length (µs). */
  readonly outageService: readonly number[];
  readonly outageLength: readonly number[];
  /** Every calendar year with downtime: service and weighted downtime (µs). */
  readonly yearService: readonly number[];
  readonly yearDowntime: readonly number[];
  /** Weighted downtime (µs) by `attributionKey`. */
  readonly attribution: ReadonlyMap<number, number>;
  /** Weighted downtime (µs) by bucket, and last what external parties cause: `service · SPLITS.length + split`. */
  readonly splits: Float64Array;
  /** `group · groupWidth + measure`. */
  readonly groups: Float64Array;
  /** Failures and downtime (µs) per element. */
  readonly elementFailures: Float64Array;
  readonly elementDowntime: Float64Array;
  /** `population · POPULATION_MEASURES.length + measure`. */
  readonly populations: Float64Array;
  /** `policy · SPARE_MEASURES.length + measure`, over the policies with spares. */
  readonly spares: Float64Array;
  /** Repairs under a policy: number, and time from dispatch to repaired (µs). */
  readonly repairs: number;
  readonly repairTime: number;
}

/** Sizes a record depends on. */
export interface RecordShape {
  readonly services: number;
  readonly groups: number;
  readonly elements: number;
  readonly populations: number;
  readonly modes: number;
  readonly phases: number;
  readonly reasons: number;
  readonly marks: number;
  /** Repair policies with spares. */
  readonly spares?: number;
}

export const groupWidth = (shape: RecordShape): number => GROUP_MEASURES.length + shape.reasons + 2 * shape.marks;

/** One number for (service, root failure mode or −1, phase). */
export function attributionKey(shape: RecordShape, service: number, mode: number, phase: number): number {
  return (service * (shape.modes + 1) + mode + 1) * shape.phases + phase;
}

/** The inverse of `attributionKey`. */
export function attributionParts(
  shape: RecordShape,
  key: number,
): { readonly service: number; readonly mode: number; readonly phase: number } {
  const phase = key % shape.phases;
  const rest = (key - phase) / shape.phases;
  const mode = rest % (shape.modes + 1);
  return { service: (rest - mode) / (shape.modes + 1), mode: mode - 1, phase };
}
