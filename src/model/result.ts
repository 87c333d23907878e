import type { ClusterRecord, MemberRecord } from './cluster.ts';
import type { Impact } from './control.ts';
import type { Estimate } from './estimate.ts';
import type { FailoverReason, Mark, Phase } from './flow.ts';
import type { LengthBin, OutageExample, Picture } from './picture.ts';
import type { Runtime } from './runtime.ts';
import type { Assumption, Bucket, CauseClass, Metric, Party } from './scenario.ts';
import type { Side } from './side.ts';
import type { SliceFacts } from './slice.ts';

/** `carriergrade/result/1`: plain data, keys carry units, estimates carry intervals. See `src/README.md` for the contract. */
export interface Result {
  readonly format: 'carriergrade/result/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly run: RunFacts;
  readonly services: Readonly<Record<string, ServiceResult>>;
  readonly groups: Readonly<Record<string, GroupResult>>;
  /** Failovers of all groups of a region together (B-48), of a cloud or a recovery region; absent: there are none. */
  readonly regions?: Readonly<Record<string, FailoverRatios>>;
  /** Sorted by caused downtime, then by own downtime, then by name. */
  readonly elements: readonly ElementResult[];
  /** Counted elements as populations of equal network elements (B-10). */
  readonly populations: Readonly<Record<string, PopulationResult>>;
  /** By repair policy; absent without spares. */
  readonly spares?: Readonly<Record<string, SparesResult>>;
  /** Figures of the protection groups by what their members run in (B-05); absent where no member is a container. */
  readonly runtimes?: Readonly<Partial<Record<Runtime, RuntimeResult>>>;
  /** What upgrade campaigns cost (B-76); absent without campaigns. */
  readonly upgrades?: UpgradeResults;
  readonly analytic: { readonly services: Readonly<Record<string, AnalyticResult>> };
  readonly targets: readonly TargetResult[];
  /** The six engineering targets (B-52), in their order. */
  readonly targetSheet: readonly TargetLine[];
  readonly assumptions: readonly Assumption[];
  /** For reports with pictures; only where asked for. */
  readonly picture?: Picture;
}

/** How a run was done, and why it ended; `confidence` is that of every interval in it. */
export interface RunFacts {
  readonly seed: string;
  /** How services' downtime was found; `auto`: by several methods, each estimate names its own. */
  readonly method: 'auto' | 'histories' | 'cycles' | 'exact';
  readonly histories: number;
  readonly simulatedYears: number;
  readonly events: number;
  readonly confidence: number;
  /**
   * Why the run ended: intervals narrow enough (but of services in which neither histories nor cycles have met downtime: they
   * have a bound, and no width relative to it), time or history budget used up, or the stated horizon simulated.
   */
  readonly stop: 'precision' | 'budget' | 'horizon';
  readonly version: string;
  /** What was left out because some services alone were asked for; absent: nothing. */
  readonly slice?: SliceFacts;
}

/** Every figure of a service. Ratios from 0 to 1, downtime in s/year, counts per year, each with its interval. */
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
    /** What the guest and what the infrastructure answers for (B-54); together all. */
    readonly guest: Estimate;
    readonly infrastructure: Estimate;
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
  /** B-18: chance to be up at any instant and to go through `missionSeconds` from it without a counted outage; null: histories are shorter. */
  readonly reliability: Estimate | null;
  readonly missionSeconds: number;
  /** Chance that a single year misses the target, by target id. */
  readonly missProbability: Readonly<Record<string, Estimate>>;
  readonly attribution: Attribution;
  /** Allocated beside simulated downtime, bucket by bucket (B-44); null without a downtime target. */
  readonly allocation: AllocationResult | null;
  /** Stages of a chain in order, each measured by itself; absent: the service is no chain. */
  readonly stages?: readonly StageResult[];
  /** How the rare-event cycles went, where they were used. */
  readonly cycles?: CycleFacts;
  /** How the downtime responds to the rates of failures, largest response first; known where it comes from cycles. */
  readonly sensitivities?: readonly Sensitivity[];
  /** The same for durations: repairs, detection, failover. Those that are known, largest response first, then those that are not. */
  readonly durationSensitivities?: readonly DurationSensitivity[];
  /** A typical outage of the root that causes most downtime; only where asked for, and where one was seen. */
  readonly example?: OutageExample;
  /** How the downtime was found and why, where histories saw too few outages and the method was not given. */
  readonly choice?: ChoiceFacts;
}

/** How the downtime of a service was found, and why so. */
export interface ChoiceFacts {
  readonly method: 'histories' | 'cycles' | 'exact';
  readonly because: string;
  /** What the histories alone say of all downtime, s/year. */
  readonly histories: Estimate;
}

/** Response of a service's downtime to how often something fails (methods §2.12). */
export interface Sensitivity {
  /** `element:mode`, or the first of several that are alike. */
  readonly failures: string;
  /** ∂ ln U / ∂ ln λ: 0.3 means that 1 % more of these failures is 0.3 % more downtime. */
  readonly elasticity: Estimate;
}

/** Response of a service's downtime to how long something takes (methods §2.12). */
export interface DurationSensitivity {
  /** Whose and which phase: `element:mode repair`, `group failover`; `…, beyond its least time` where the rest of it is meant. */
  readonly duration: string;
  /**
   * ∂ ln U / ∂ ln θ where all its durations are multiplied by θ: 0.3 means that 1 % longer is 0.3 % more downtime. Null: not known
   * by this method, as a law of it begins or ends at a fixed age (constant, uniform, probe, calendar).
   */
  readonly elasticity: Estimate | null;
}

/** Rare-event cycles of one service (methods §2). */
export interface CycleFacts {
  readonly samples: number;
  readonly stop: 'precision' | 'budget' | 'not converged';
  /** Diagnostics; a red one means that the figures come from histories instead. */
  readonly gates: readonly {
    readonly name: string;
    readonly value: number;
    readonly verdict: 'green' | 'amber' | 'red';
  }[];
  /** Combinations of failures that cause the downtime, largest share first. */
  readonly dominant: readonly { readonly failures: readonly string[]; readonly share: number }[];
  /** Automatic failovers of all groups that influence the service (SEM-25); absent without any, and where not converged. */
  readonly failovers?: {
    readonly perYear: Estimate;
    readonly successRatio: Estimate;
    /** Share restored within the target of the group. */
    readonly withinTarget: Estimate;
  };
}

/** Downtime of a service by bucket beside what its strictest target allots to each (B-44). */
export interface AllocationResult {
  /** The strictest downtime target of the service, s/year. */
  readonly target: number;
  readonly buckets: Readonly<Record<Bucket, BucketSpending>>;
  /** Bucket that spends most beyond what is allocated to it, s/year; null: none does. */
  readonly overspent: { readonly bucket: Bucket; readonly by: number } | null;
}

/** What one bucket may spend of a target, and what it does spend, both in s/year. */
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

/** Lengths of the outages of a service in seconds: mean, quantiles, longest. */
export interface OutageLengths {
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p90: Estimate;
  readonly p99: Estimate;
  readonly max: number;
  /** Outages still open when a history ended (SEM-10). */
  readonly censored: number;
  /** Outages by length, five bins a decade, shortest first; empty bins are left out. */
  readonly bins?: readonly LengthBin[];
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

/** What happened to a protection group: rates per year, times in seconds per year, ratios from 0 to 1. */
export interface GroupResult {
  /** Failures of serving members, of any member. */
  readonly servingFailuresPerYear: Estimate;
  readonly memberFailuresPerYear: Estimate;
  /** Planned switchovers: before expected failures, by mistake, or back to where the traffic was (SEM-25, SEM-30). */
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
  readonly reasons: Readonly<Partial<Record<FailoverReason, number>>>;
  readonly exposureSecondsPerYear: Estimate;
  readonly latentSecondsPerYear: Estimate;
  readonly protectedSecondsPerYear: Estimate;
  readonly downSecondsPerYear: Estimate;
  /** What imperfect fault management did beside failovers; absent where the scenario has none of it. */
  readonly imperfect?: ImperfectResult;
  /** Mean time from the fault to each mark, s, over the cases that reached it. */
  readonly marksSeconds: Readonly<Partial<Record<Mark, Estimate>>>;
}

/** Alarms without a fault (SEM-19c), races of layers (SEM-26), split brain (SEM-21). */
export interface ImperfectResult {
  readonly falseAlarmsPerYear: Estimate;
  readonly racesPerYear: Estimate;
  /** Failovers, counted among the attempts, that an alarm without a fault started. */
  readonly alarmAttempts: number;
  /** Share of attempts localised rightly at once, and of faults with a neighbour that stayed where they were; null where neither can go wrong. */
  readonly localisation: Estimate | null;
  readonly containment: Estimate | null;
  readonly splitBrainsPerYear: Estimate;
  readonly splitBrainSecondsPerYear: Estimate;
}

/** All protection groups of a runtime together (B-05). Times are sums over the groups, s/year. */
export interface RuntimeResult {
  readonly groups: number;
  readonly members: number;
  /** Nothing served at all, and what of it has an upgrade as its root. */
  readonly downSecondsPerYear: Estimate;
  readonly upgradeDownSecondsPerYear: Estimate;
  /** Serving without all redundancy, and what is missing of it for an upgrade. */
  readonly exposureSecondsPerYear: Estimate;
  readonly upgradeExposureSecondsPerYear: Estimate;
  /** Failovers, and how many of them succeeded within the deadline (SEM-25). */
  readonly failovers: Trials;
  /** Mean time from a fault until the service was restored, until redundancy was; null before any was, s. */
  readonly restoredSeconds: Estimate | null;
  readonly redundantSeconds: Estimate | null;
}

/** Campaigns, what they cost services and groups, and the budgets that holds against (B-76 … B-78, B-83, B-84). */
export interface UpgradeResults {
  readonly campaigns: Readonly<Record<string, { readonly impact: Impact; readonly startsPerYear: number }>>;
  readonly services: Readonly<Record<string, UpgradedService>>;
  readonly groups: Readonly<Record<string, UpgradedGroup>>;
  readonly budgets: readonly BudgetLine[];
}

/** What upgrades cost a service, in s/year. */
export interface UpgradedService {
  /** Part of `dpm.all` whose root is a campaign. */
  readonly downtimeSecondsPerYear: Estimate;
  /** Part of `dpm.all` of faults that struck while redundancy was missing for an upgrade (SEM-29). */
  readonly exposureSecondsPerYear: Estimate;
}

/** What upgrades did to a protection group (B-84). */
export interface UpgradedGroup {
  /** Not fully redundant because of an upgrade; no downtime by itself. */
  readonly redundancyLossSecondsPerYear: Estimate;
  /** Copying times the performance that is missing meanwhile; no downtime. */
  readonly degradedSecondsPerYear: Estimate;
  /** Mean number of moves of a member per campaign that concerns the group; null before any has begun. */
  readonly movesPerMember: number | null;
  /** Times that sessions or their state were lost to an upgrade: must be 0 (B-84). */
  readonly stateLossEvents: number;
}

/** One yearly budget, and its part per update. */
export interface BudgetLine {
  readonly budget: 'critical' | 'major' | 'minor' | 'degraded' | 'degraded-storage';
  readonly measure: 'downtime' | 'degraded redundancy';
  readonly of: string;
  readonly limitSecondsPerYear: number;
  readonly estimate: Estimate;
  readonly updatesPerYear: number;
  readonly perUpdateSeconds: { readonly limit: number; readonly value: number };
  readonly verdict: 'pass' | 'fail' | 'undecided';
}

/** Spares of a repair policy: how often and how long none was left for a place that needed one (B-64, NC-28). */
export interface SparesResult {
  readonly spares: number;
  readonly exhaustionsPerYear: Estimate;
  readonly exhaustedSecondsPerYear: Estimate;
  /** Chance that a batch period runs out of spares; null for repairs that are not batched. */
  readonly exhaustionProbability: Estimate | null;
}

/** Failovers of several groups, each measured by its own target. */
export type FailoverRatios = Pick<GroupResult, 'attempts' | 'successes' | 'successRatio' | 'withinTarget'>;

/** How often an element failed, how long it was down, and what that did to services. */
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
  /**
   * `structure`: independent elements under gates; `chain`: one Markov chain of all that influences the service;
   * `groups-by-chains`: a chain for each part of it, joined by the structure; `first-order`: formulas of groups;
   * `memoryless-twin`: the number of the twin below, where formulas leave out what matters.
   */
  readonly method?: 'structure' | 'chain' | 'groups-by-chains' | 'first-order' | 'memoryless-twin';
  /** The number is the model's own up to rounding; where it is not, `refused` says what forbids it. */
  readonly exact?: boolean;
  /** SEM-14; both are given where they differ. */
  readonly treatment?: 'conditional' | 'series';
  /** Interruptions a year of whatever length; only where exact. */
  readonly frequencyPerYear?: number;
  /** Bounds on the unavailability that hold however the parts depend on each other; absent where there are none. */
  readonly lo?: number;
  readonly hi?: number;
  /** What influences several parts that could not be solved together and are taken as independent. */
  readonly shared?: readonly string[];
  /** How each part of the service was solved; absent where it has none. */
  readonly parts?: readonly AnalyticPart[];
  /** The same scenario with every duration exponential with its own mean: another model, alike where only means matter. */
  readonly memorylessTwin?: {
    readonly unavailability: number;
    readonly dpm: number;
    /** Whether the twin's own number is exact. */
    readonly exact: boolean;
    /** It comes from so many faults at a time; absent: from chains of any number. */
    readonly order?: number;
  };
  /** What the number is made of, largest first, s/year. */
  readonly terms?: readonly { readonly name: string; readonly dpm: number }[];
  readonly dominates?: readonly string[];
  readonly refused?: string;
  /** Stages of a chain in order, each solved by itself. */
  readonly stages?: readonly AnalyticStage[];
}

/** A stage of a chain, solved as a service of its own. */
export interface AnalyticStage extends Omit<AnalyticResult, 'stages' | 'treatment'> {
  readonly id: string;
}

/** Groups and elements of a service that have to be solved together, apart from all others. */
export interface AnalyticPart {
  readonly of: readonly string[];
  /** One chain for all of them, one for each as if they were independent, or formulas for some. */
  readonly method: 'chain' | 'chains' | 'first-order';
  /** States of the chain, or of all chains. */
  readonly states?: number;
  /** Of the part as the service sees it, where it sees it in one place. */
  readonly unavailability?: number;
  readonly refused?: string;
}

/** A target of a service beside its estimate; the verdict looks at the interval, never at the point. */
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
  /** Clusters at the beginning and at the end of the script; absent where there are none. */
  readonly clusters?: Readonly<Record<string, { readonly before: ClusterState; readonly after: ClusterState }>>;
}

/** Record of a cluster and of its members at one instant of a trace. */
export interface ClusterState {
  readonly record: ClusterRecord;
  readonly members: readonly MemberRecord[];
}

/** What a scripted run did to a service, in seconds. */
export interface TraceService {
  /** Time with any loss. */
  readonly outageSeconds: number;
  /** Time of total loss. */
  readonly downSeconds: number;
  /** Loss integrated over time: share × seconds. */
  readonly lostShare: number;
  readonly sessionsLost: number;
  /** Users whose sessions scaling events have sent to other members; absent: nothing is scaled. */
  readonly sessionsMoved?: number;
}

/** One line of a trace: what happened to whom, `t` seconds after the start. */
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
  /** Who answers for the step (B-54); null: an event that is nobody's step. */
  readonly side: Side | null;
}

/** `carriergrade/analysis/1`: the exact side alone, under both treatments of the control path (SEM-14). */
export interface AnalyticReport {
  readonly format: 'carriergrade/analysis/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  /** What was left out because some services alone were asked for; absent: nothing. */
  readonly slice?: SliceFacts;
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

/** Elements that take a service down alone, and pairs that do so together (B-32, B-87). */
export interface SinglePoints {
  readonly single: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  /** All pairs; the list is cut at 10 000. */
  readonly pairCount: number;
}
