import type { Impact, OperationRules } from './control.ts';
import type { ElementSpec, Site } from './element.ts';
import type { Allocation, FailureMode, Shock } from './failure.ts';
import type { Flow } from './flow.ts';
import type { Group } from './group.ts';
import type { Law } from './law.ts';
import type { MonitoringLoop } from './monitoring.ts';
import type { ProofTest } from './proof-test.ts';
import type { Service } from './service.ts';
import type { Upgrade } from './upgrade.ts';

export * from './element.ts';
export * from './failure.ts';
export * from './group.ts';
export * from './service.ts';

/**
 * A scenario as the reader hands it on: every default filled in, every reference resolved to an existing id, every
 * quantity in its base unit (seconds, probabilities in [0,1], counts). Maps keep the order of the file.
 */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly simulation: Simulation;
  readonly targets: readonly Target[];
  /** Elements that belong to no site: units, links, stores, power feeds. Key = element id (or id prefix when counted). */
  readonly elements: Readonly<Record<string, ElementSpec>>;
  readonly sites: Readonly<Record<string, Site>>;
  /** Control functions (NFVO, VNFM, VIM, …) by id; flow steps name them in `needs`. */
  readonly control: Readonly<Record<string, ControlFunction>>;
  /** What operations of the control path ask, by id; absent: no operation asks more than its step says (B-79, B-80). */
  readonly operations?: Readonly<Record<string, OperationRules>>;
  /** First orphan of a node → all orphans of the node are removed (B-80); absent: never. */
  readonly orphanCleanup?: Law;
  /** SEM-14: `conditional` adds only the waits; `series` also takes every service down with the control functions. */
  readonly controlTreatment: 'conditional' | 'series';
  readonly repair: Readonly<Record<string, RepairPolicy>>;
  /** Flows by id: those of the catalogue that groups use, with overrides applied, and the file's own. */
  readonly flows: Readonly<Record<string, Flow>>;
  readonly groups: Readonly<Record<string, Group>>;
  readonly services: Readonly<Record<string, Service>>;
  /** Only the services are asked about: what cannot influence them need not be looked at. Absent: everything is. */
  readonly sliced?: boolean;
  /** Causes that strike several elements at once, by id: common causes, operators, attacks, surroundings. */
  readonly shocks: Readonly<Record<string, Shock>>;
  /** Campaigns of upgrades by id; absent: nothing is ever upgraded. */
  readonly upgrades?: Readonly<Record<string, Upgrade>>;
  /** Proof tests by id; absent: no fault is latent. */
  readonly proofTests?: Readonly<Record<string, ProofTest>>;
  /** Share of a service's downtime budget each bucket may spend (B-44); the shares sum to 1. */
  readonly allocation: Allocation;
  /** Clouds of their own by name; absent: the whole scenario is one. What they hold is named `<region>/<id>`. */
  readonly regions?: Readonly<Record<string, Region>>;
  readonly injections: Readonly<Record<string, readonly Injection[]>>;
  /** Loops in which detectors probe their targets one after the other, by id; absent: none. */
  readonly monitoring?: Readonly<Record<string, MonitoringLoop>>;
  /** Every value that nobody stated, in file order: the assumptions a result must show. */
  readonly assumptions: readonly Assumption[];
}

/** Where a value comes from when the file does not state it: `[A]`, `[B]`, `[U]`, `[EA]` of the source documents, or a paper. */
export interface Assumption {
  /** For example `groups.sbc.times.cpRemap`. */
  readonly path: string;
  /** As a planner would write it: `1 s`, `99 %`. */
  readonly value: string;
  readonly source: string;
}

/** How services' downtime is found; see `SimulateOptions.method`. */
export const METHODS = ['auto', 'histories', 'cycles', 'exact'] as const;
export type Method = (typeof METHODS)[number];

export interface Simulation {
  readonly seed: string;
  /** Simulated years per history, > 0. */
  readonly years: number;
  /** Number of histories, ≥ 2; the most when `precision` is given. */
  readonly histories: number;
  /** Discarded at the start of each history, seconds (SEM-10). */
  readonly warmUp: number;
  /** Two-sided, in (0,1). */
  readonly confidence: number;
  /** Relative half-width of every service's downtime to stop at; absent: run all histories. */
  readonly precision?: number;
  /** Wall-clock seconds after which no further history is started. */
  readonly maxTime?: number;
  /** Absent: whoever runs the scenario decides (`run`: auto). */
  readonly method?: Method;
}

export type Metric =
  | 'availability'
  | 'dpm'
  | 'dpmTotal'
  | 'dpmPartial'
  | 'dpmCounted'
  | 'ofm'
  | 'ofmTotal'
  | 'ofmPartial'
  | 'reportable'
  | 'failoverSuccess'
  | 'failoverWithinTarget'
  | 'upgradeDowntime'
  | 'redundancyLoss';

/** A limit on a measured quantity. `availability`: unavailability must stay ≤ `limit`; ratios must stay ≥; all else ≤. */
export interface Target {
  readonly id: string;
  /** Service id; group id for the two failover metrics and the loss of redundancy. */
  readonly of: string;
  readonly metric: Metric;
  /** Unavailability for `availability` (99.999 % → 1e-5), s/year, 1/year or a ratio. */
  readonly limit: number;
  readonly level: 'error' | 'warn';
  /** As written. */
  readonly text: string;
}

/** A function of the control path: up while at least `quorum` of its instances are. */
export interface ControlFunction {
  readonly instances: number;
  readonly quorum: number;
  readonly failures: readonly FailureMode[];
  /** `<site>/<pool>` whose nodes host the instances in turn; absent: no host modelled. */
  readonly on?: string;
  /** Other control functions without which it does not work either. */
  readonly needs?: readonly string[];
  /** Requests it works on at a time; the others queue in order of arrival. Absent: any number. */
  readonly concurrency?: number;
  /** Class in the impact mapping (B-79); the series treatment takes services down with Critical ones only. */
  readonly impact?: Impact;
}

/**
 * Who is served first when a crew becomes free: order of arrival, or of the elements in the model; `preemptive`: in that order,
 * and without a free crew what comes first takes that of what comes last, whose repair begins anew later (SEM-16b).
 */
export const DISCIPLINES = ['first-come', 'element-order', 'preemptive'] as const;
export type Discipline = (typeof DISCIPLINES)[number];

/** When and by whom hardware is repaired (B-64, SEM-32). The duration lies in the failure mode. */
export interface RepairPolicy {
  /** Repairs at the same time; Infinity: nobody waits. */
  readonly crews: number;
  readonly discipline: Discipline;
  /** Repair is dispatched at the fault, when it is detected, or when the service is restored (2.8). */
  readonly dispatch: 'fault' | 'detection' | 'restoration';
  /** Fault → detected by the infrastructure's own monitoring, for dispatch on detection. */
  readonly detection: Law;
  /** Repairs start only at multiples of this period, seconds; 0: at once (immediate). */
  readonly batch: number;
  /** Off-line diagnosis before the repair. */
  readonly diagnosis: Law;
  /** Share of faults that diagnosis finds transient: back to the pool without repair (B-68). */
  readonly transientShare: number;
  /** What a crew does at the unit before it repairs it; absent: nothing. */
  readonly inspection?: Law;
  /** Share of repairs that replace the wrong unit and are followed by a second one (B-68); absent: 0. */
  readonly wrongUnit?: number;
  /** Spare units: a failed one leaves the pool and a spare takes its place; absent: none (B-64). */
  readonly spares?: { readonly count: number; readonly swap: Law };
}

/** What a cloud is for (B-40). */
export const REGION_ROLES = ['access-edge', 'core', 'edge'] as const;
export type RegionRole = (typeof REGION_ROLES)[number];

/** A cloud of its own. */
export interface Region {
  readonly role?: RegionRole;
  /** Region whose control functions its groups ask; '': those of the scenario. */
  readonly control: string;
}

/** Planned changes of a cluster, and scaling events of a hop of a port chain. */
export const MEMBER_OPERATIONS = ['clusterMemberAdd', 'clusterMemberDelete', 'scaleOut', 'scaleIn'] as const;
export type MemberOperation = (typeof MEMBER_OPERATIONS)[number];

/** A scripted fault, or a planned change. Times are seconds relative to the script's origin and may be negative. */
export interface Injection {
  readonly at: number;
  /** Element name, `<group>/active`, `<group>/standby`, or a control function id (all its instances). */
  readonly element: string;
  /** Failure mode id; absent: the element's first. */
  readonly mode?: string;
  /** Restored at this time whatever the element's own laws say. */
  readonly until?: number;
  /** Planned change instead of a fault: `element` is a cluster that gets a member, the member it loses, or a hop. */
  readonly operation?: MemberOperation;
  /** Descriptor that the new member is made from; absent: that of its cluster. */
  readonly vnfd?: string;
  /** The instance of the member starts at this time instead of failing: whoever watches it has yet to find it. */
  readonly start?: boolean;
  /** `element` is a group whose detectors are configured anew from this time on, until `until`. */
  readonly reconfigure?: boolean;
}
