import type { Estimate } from './estimate.ts';
import type { FailoverReason, Mark, Phase } from './flow.ts';
import type { Assumption, Bucket, CauseClass, Metric, Party } from './scenario.ts';

/** `carriergrade/result/1`: plain data, keys carry units, estimates carry intervals. See `src/README.md` for the contract. */
export interface Result {
  readonly format: 'carriergrade/result/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly run: RunFacts;
  readonly services: Readonly<Record<string, ServiceResult>>;
  readonly groups: Readonly<Record<string, GroupResult>>;
  /** Failovers of all groups of a region together (B-48); absent: the scenario has no regions. */
  readonly regions?: Readonly<Record<string, FailoverRatios>>;
  /** Sorted by caused downtime, then by own downtime, then by name. */
  readonly elements: readonly ElementResult[];
  /** Counted elements as populations of equal network elements (B-10). */
  readonly populations: Readonly<Record<string, PopulationResult>>;
  readonly analytic: { readonly services: Readonly<Record<string, AnalyticResult>> };
  readonly targets: readonly TargetResult[];
  /** The six engineering targets (B-52), in their order. */
  readonly targetSheet: readonly TargetLine[];
  readonly assumptions: readonly Assumption[];
}

export interface RunFacts {
  readonly seed: string;
  readonly method: 'histories' | 'cycles' | 'exact';
  readonly histories: number;
  readonly simulatedYears: number;
  readonly events: number;
  readonly confidence: number;
  /** Why the run ended: interval narrow enough, time or history budget used up, or the stated horizon simulated. */
  readonly stop: 'precision' | 'budget' | 'horizon';
  readonly version: string;
}

export interface ServiceResult {
  readonly availability: Estimate;
  readonly unavailability: Estimate;
  readonly nines: Estimate;
  /** `not HA` below five nines, `HA` from five to six, `beyond HA` above (B-17). */
  readonly band: 'not HA' | 'HA' | 'beyond HA';
  /** s/year. `partial` is weighted by the lost share, `partialRaw` is not; `counted`: outages over the threshold only. */
  readonly dpm: {
    readonly total: Estimate;
    readonly partial: Estimate;
    readonly partialRaw: Estimate;
    readonly all: Estimate;
    readonly counted: Estimate;
    /** All but what external parties cause (B-21, B-52). */
    readonly attributable: Estimate;
  };
  /** Outages a year that exceeded the threshold; `total` if ever the whole service was lost (SEM-06). */
  readonly ofm: { readonly total: Estimate; readonly partial: Estimate; readonly all: Estimate };
  readonly hitsPerYear: Estimate;
  readonly reportablePerYear: Estimate;
  /** Counted partial outages that lost more to missing capacity than to anything else (B-33). */
  readonly capacityEventsPerYear: Estimate;
  /** Part of `dpm.all` that is foreseen work, s/year; it counts fully (SEM-11). */
  readonly plannedDpm: number;
  /** Lengths of counted outages, s; null when there was none. */
  readonly outageSeconds: OutageLengths | null;
  readonly mtbfHours: Estimate | null;
  readonly mttremSeconds: Estimate | null;
  readonly mttrecSeconds: Estimate | null;
  readonly mttrepHours: Estimate | null;
  readonly sessionsLostPerYear: Estimate;
  readonly userHoursLostPerYear: Estimate;
  /** Chance that a single year misses the target, by target id. */
  readonly missProbability: Readonly<Record<string, Estimate>>;
  readonly attribution: Attribution;
  /** Allocated beside simulated downtime, bucket by bucket (B-44); null without a downtime target. */
  readonly allocation: AllocationResult | null;
  /** Stages of a chain in order, each measured by itself; absent: the service is no chain. */
  readonly stages?: readonly StageResult[];
}

export interface AllocationResult {
  /** The strictest downtime target of the service, s/year. */
  readonly target: number;
  readonly buckets: Readonly<Record<Bucket, BucketSpending>>;
  /** Bucket that spends most beyond what is allocated to it, s/year; null: none does. */
  readonly overspent: { readonly bucket: Bucket; readonly by: number } | null;
}

export interface BucketSpending {
  /** Share of the target. */
  readonly share: number;
  /** s/year. */
  readonly allocated: number;
  readonly dpm: Estimate;
  readonly verdict: 'pass' | 'fail' | 'undecided';
}

/** How often something that may fail was tried, and how often it succeeded. */
export interface Trials {
  readonly attempts: number;
  readonly successes: number;
  /** Null without attempts. */
  readonly ratio: Estimate | null;
}

export const TARGET_LINES = [
  'downtime',
  'failoverTime',
  'localisation',
  'containment',
  'detectionCoverage',
  'failoverSuccess',
] as const;

/** One line of the sheet of engineering targets (B-52), for the service or group that is furthest from it. */
export interface TargetLine {
  readonly id: (typeof TARGET_LINES)[number];
  /** s/year of downtime, or a ratio. */
  readonly limit: number;
  /** Worst service or group; null when nothing was measured. */
  readonly of: string | null;
  readonly estimate: Estimate | null;
  /** Ratios only. */
  readonly trials?: number;
  readonly successes?: number;
  /** Ratios only: trials without a failure that demonstrate each probability at the run's confidence (B-53). */
  readonly samples?: readonly { readonly probability: number; readonly trials: number }[];
  readonly verdict: 'pass' | 'fail' | 'undecided';
}

/** One stage of a chain as if it were a service (B-39, B-42). */
export interface StageResult {
  readonly id: string;
  readonly availability: Estimate;
  readonly unavailability: Estimate;
  readonly nines: Estimate;
  /** Total and weighted partial downtime, s/year. */
  readonly dpm: Estimate;
  /** Part of the downtime of all stages together. */
  readonly share: number;
  /** No other stage is down more. */
  readonly weakest: boolean;
}

export interface OutageLengths {
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p90: Estimate;
  readonly p99: Estimate;
  readonly max: number;
  /** Outages still open when a history ended (SEM-10). */
  readonly censored: number;
}

/** s/year, each axis sums to `dpm.all`. */
export interface Attribution {
  readonly bucket: Readonly<Partial<Record<Bucket, number>>>;
  readonly cause: Readonly<Partial<Record<CauseClass, number>>>;
  readonly phase: Readonly<Partial<Record<Phase, number>>>;
  readonly party: Readonly<Partial<Record<Party, number>>>;
  /** Root element `name:mode` → s/year, largest first, the rest under `other`. */
  readonly element: Readonly<Record<string, number>>;
}

export interface GroupResult {
  /** Failures of serving members, of any member. */
  readonly servingFailuresPerYear: Estimate;
  readonly memberFailuresPerYear: Estimate;
  /** Planned switchovers back to where the traffic was (SEM-30); only of revertive groups. */
  readonly switchoversPerYear?: Estimate;
  /** Times that the members which answered could not carry the load (B-33, SEM-31); only of groups that share it. */
  readonly capacityEventsPerYear?: Estimate;
  /** Automatic failovers started, and how they ended (SEM-25 … 25c). */
  readonly attempts: number;
  readonly successes: number;
  readonly successRatio: Estimate | null;
  /** Share of attempts restored within the group's failover target. */
  readonly withinTarget: Estimate | null;
  /** Successes over all failures of serving members. */
  readonly protection: Estimate | null;
  /** Faults of serving members that monitoring can notice at all (SEM-19). */
  readonly coverage: Trials;
  /** Faults isolated where they were, and faults that did not spread; absent where they are not modelled. */
  readonly localisation?: Trials;
  readonly containment?: Trials;
  readonly reasons: Readonly<Partial<Record<FailoverReason, number>>>;
  readonly exposureSecondsPerYear: Estimate;
  readonly latentSecondsPerYear: Estimate;
  readonly protectedSecondsPerYear: Estimate;
  readonly downSecondsPerYear: Estimate;
  /** Mean time from the fault to each mark, s, over the cases that reached it. */
  readonly marksSeconds: Readonly<Partial<Record<Mark, Estimate>>>;
}

/** Failovers of several groups, each measured by its own target. */
export type FailoverRatios = Pick<GroupResult, 'attempts' | 'successes' | 'successRatio' | 'withinTarget'>;

export interface ElementResult {
  readonly name: string;
  readonly failuresPerYear: number;
  readonly downSecondsPerYear: number;
  /** Service downtime whose root is this element, s/year over all services. */
  readonly causedDpm: number;
}

/** NE view (SEM-09, B-10): mean over equal elements and the share of element-years without downtime. */
export interface PopulationResult {
  readonly elements: number;
  readonly availability: Estimate;
  readonly dpm: Estimate;
  readonly ofm: Estimate;
  readonly zeroDowntimeShare: Estimate;
}

/** The exact side of the same scenario, service by service; `refused` says what forbids it. */
export interface AnalyticResult {
  readonly unavailability?: number;
  readonly dpm?: number;
  readonly method?: 'structure' | 'chain' | 'first-order';
  /** SEM-14; both are given where they differ. */
  readonly treatment?: 'conditional' | 'series';
  /** What the number is made of, largest first, s/year. */
  readonly terms?: readonly { readonly name: string; readonly dpm: number }[];
  readonly dominates?: readonly string[];
  readonly refused?: string;
  /** Stages of a chain in order, each solved by itself. */
  readonly stages?: readonly AnalyticStage[];
}

export interface AnalyticStage extends Omit<AnalyticResult, 'stages' | 'treatment'> {
  readonly id: string;
}

export interface TargetResult {
  readonly id: string;
  readonly of: string;
  readonly metric: Metric;
  readonly limit: number;
  readonly text: string;
  readonly level: 'error' | 'warn';
  readonly estimate: Estimate | null;
  readonly verdict: 'pass' | 'fail' | 'undecided';
}

/** `carriergrade/trace/1`: one scripted fault, step by step. Times are seconds from the fault, exact to the microsecond. */
export interface Trace {
  readonly format: 'carriergrade/trace/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly element: string;
  readonly mode: string;
  readonly marks: Readonly<Record<Mark, number | null>>;
  readonly steps: readonly TraceStep[];
  readonly services: Readonly<Record<string, TraceService>>;
}

export interface TraceService {
  /** Time with any loss. */
  readonly outageSeconds: number;
  /** Time of total loss. */
  readonly downSeconds: number;
  /** Loss integrated over time: share × seconds. */
  readonly lostShare: number;
  readonly sessionsLost: number;
}

export interface TraceStep {
  readonly t: number;
  /** Step id, or the kind of event: `fail`, `detect`, `restore`, `service`. */
  readonly step: string;
  /** What happened: started, waiting, done, failed, interrupted. */
  readonly outcome: string;
  /** Element, group member or service it happened to. */
  readonly entity: string;
  readonly by: string;
  readonly flow: string;
  readonly needs: readonly string[];
  /** Seconds it had waited for its needs before it started. */
  readonly waited: number;
  /** True when the step needs a control function (MANO). */
  readonly control: boolean;
}

/** `carriergrade/analysis/1`: the exact side alone, under both treatments of the control path (SEM-14). */
export interface AnalyticReport {
  readonly format: 'carriergrade/analysis/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly services: Readonly<
    Record<string, { readonly conditional: AnalyticResult; readonly series: AnalyticResult }>
  >;
}

/** `carriergrade/spof/1`: elements whose failure alone, and pairs whose failure together, take a service down. */
export interface SpofReport {
  readonly format: 'carriergrade/spof/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly services: Readonly<Record<string, SinglePoints>>;
}

export interface SinglePoints {
  readonly single: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  /** All pairs; the list is cut at 10 000. */
  readonly pairCount: number;
}
