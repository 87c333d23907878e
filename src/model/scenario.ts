import type { Cluster } from './cluster.ts';
import type { Impact, OperationRules } from './control.ts';
import type { Fabric, Homing } from './fabric.ts';
import type { Flow } from './flow.ts';
import type { Law } from './law.ts';
import type { FaultLayer, MonitoringLoop, PolicyEntry } from './monitoring.ts';
import type { Flavour, Resources } from './resources.ts';
import type { Runtime } from './runtime.ts';
import type { Upgrade } from './upgrade.ts';

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

/** Cause classes of B-14. */
export const CAUSES = ['hw', 'sw', 'procedural', 'overload', 'security', 'environmental'] as const;
export type CauseClass = (typeof CAUSES)[number];
/** Allocation buckets of B-44. */
export const BUCKETS = ['HW', 'ISW<=VIM', 'ISW>VIM', 'APP', 'OPER'] as const;
export type Bucket = (typeof BUCKETS)[number];
/** Share per bucket. */
export type Allocation = Readonly<Record<Bucket, number>>;
/** Who is responsible (B-21). */
export const PARTIES = [...BUCKETS, 'external'] as const;
export type Party = (typeof PARTIES)[number];

export const ELEMENT_KINDS = [
  'unit',
  'site',
  'power-feed',
  'rack',
  'node',
  'guest',
  'app',
  'control',
  'spine',
  'leaf',
  'link',
  'store',
  'load-balancer',
  'switch',
  'bmc',
  'pnf',
] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];
/** Kinds of the compiled model: those a file can name, and what other sections bring: inner parts, shocks, campaigns. */
export const MODEL_KINDS = [...ELEMENT_KINDS, 'part', 'shock', 'upgrade'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** How a failed element comes back. */
export type Restore =
  /** On its own (restart, reboot, or a repair nobody waits for), counted from the fault. */
  | { readonly by: 'itself'; readonly after: Law }
  /** Physically, under a repair policy, counted from dispatch. */
  | { readonly by: 'repair'; readonly policy: string; readonly after: Law }
  /** Not at all: the protection group replaces the instance (recovery steps of its flow). */
  | { readonly by: 'replacement' };

export interface FailureMode {
  readonly id: string;
  /** Operating time to failure, seconds. */
  readonly timeToFailure: Law;
  readonly cause: CauseClass;
  readonly bucket: Bucket;
  readonly party: Party;
  readonly restore: Restore;
  /** How it shows; absent: `fail-stop`. The two false ones are no faults: monitoring or prediction is wrong (SEM-19c, B-59). */
  readonly manifestation?: Manifestation;
  /** Gray: share of the member's load that is lost while the fault lasts, (0, 1]. */
  readonly loss?: number;
  readonly prediction?: Prediction;
  /** Foreseen work rather than a fault: reports can leave its downtime out (SEM-11). Absent: no. */
  readonly planned?: boolean;
  /** What it is a fault of for those who watch, where that is not the layer of the instance. */
  readonly layer?: FaultLayer;
  /** An upgrade: announced to whoever stands on the element, or as a fault; and whether others have to be upgraded before. */
  readonly upgrade?: { readonly how: 'announced' | 'forced'; readonly constrained: boolean };
}

/** How a failure mode shows; their order is the code in the compiled model. */
export const MANIFESTATIONS = ['fail-stop', 'gray', 'false-alarm', 'false-prediction'] as const;
export type Manifestation = (typeof MANIFESTATIONS)[number];

/** Faults of a mode that are seen coming (B-59). */
export interface Prediction {
  /** Share of the faults that are predicted. */
  readonly coverage: number;
  /** Predicted → failed. */
  readonly leadTime: Law;
  /** Predictions without a fault, per second of operation of a member; 0: none. */
  readonly falsePositives: number;
}

/** Victims of one occurrence of a shock. */
export interface Strike {
  /** Full names of elements (layers of members included). */
  readonly victims: readonly string[];
  /** All of them, or one, each as likely. */
  readonly hits: 'all' | 'one';
  /** Chance that a victim is really struck, drawn for each. */
  readonly probability: number;
}

/** One way in which a shock occurs. `own`: each victim comes back as after its own first failure mode. */
export interface ShockMode extends Omit<FailureMode, 'restore'> {
  readonly restore: Restore | { readonly by: 'own' };
  readonly strikes: readonly Strike[];
}

/**
 * A cause outside any one element: it has no state of its own and is never down; when it occurs it strikes others at one
 * instant (common cause, operator error, attack, flood). One fault, whose root is the shock (SEM-33).
 */
export interface Shock {
  readonly modes: readonly ShockMode[];
}

/** Inner structure of an element, such as 1+1 power supplies (B-55): it goes down when `needs` does. */
export interface Internal {
  readonly parts: Readonly<Record<string, Part>>;
  /** Leaves are ids of parts; one with a count above 1 stands for all of them. */
  readonly needs: StructureSpec;
}

/** `count` equal inner parts, named `<element>/<part>` or `<element>/<part>-1 …`. */
export interface Part {
  readonly count: number;
  readonly failures: readonly FailureMode[];
  /** What the parts stand on, in turn (two power feeds); empty: what their element stands on. */
  readonly on: readonly string[];
}

/** An element, or `count` equal ones named `<id>-1 …`. */
export interface ElementSpec {
  readonly kind: ElementKind;
  readonly count: number;
  readonly failures: readonly FailureMode[];
  /** Element this one goes down with (hosting, power); its full name. Counted elements share it. */
  readonly on?: string;
  readonly internal?: Internal;
}

/** Failure domains, nodes and pools of one place; names are prefixed `<site>/`. */
export interface Site {
  /** The site itself as an element; no failure modes unless stated. */
  readonly failures: readonly FailureMode[];
  readonly domains: Readonly<Record<string, Domain>>;
  readonly nodes: Readonly<Record<string, NodePool>>;
  /** Switches and links between the nodes and the rest of the world; absent: nodes are always reached. */
  readonly fabric?: Fabric;
}

/** A failure domain of a site: rack, power feed, availability zone. */
export interface Domain {
  readonly kind: 'rack' | 'power-feed';
  readonly failures: readonly FailureMode[];
}

/** `count` equal nodes named `<site>/<pool>-1 …`, dealt over `domains` in turn. */
export interface NodePool {
  readonly role: 'compute' | 'control' | 'network' | 'storage' | 'monitor';
  readonly count: number;
  /** Slots of unit size for instances; 0 for nodes that host none. */
  readonly slots: number;
  /** What a node has for instances with a flavour; what is absent is never short. */
  readonly capacity?: Partial<Resources>;
  readonly failures: readonly FailureMode[];
  /** Domain ids of the same site; empty: directly in the site. */
  readonly domains: readonly string[];
  /** How its nodes hang on the fabric of the site, where it differs from the fabric's own. */
  readonly homing?: Homing;
  /** Numbers of the leaf pairs its nodes are dealt over in turn; absent: all. */
  readonly leafPairs?: readonly number[];
  readonly internal?: Internal;
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

/** Redundancy schemes; their order is the code in the compiled model. */
export const SCHEMES = [
  'simplex',
  'active-standby',
  'active-active',
  'load-balanced',
  'n-plus-1',
  'k-of-n',
  'shared-standby',
] as const;
export type SchemeId = (typeof SCHEMES)[number];
/** Schemes in which every member carries a share of the traffic (N-way active). */
export const LOAD_SHARING: readonly SchemeId[] = ['active-active', 'load-balanced', 'n-plus-1', 'k-of-n'];
export type StateProtection = 'none' | 'peer-checkpoint' | 'snapshot' | 'lockstep' | 'external' | 'peer-ring';

/** A protection group: members of one kind, the scheme that shares the load, the flow that manages a fault. */
export interface Group {
  readonly scheme: SchemeId;
  readonly members: number;
  /** How several members share the load; absent where one carries all of it. */
  readonly sharing?: Sharing;
  /** A planned switchover leads the traffic back to where it was before a failover (SEM-30); default false. */
  readonly revertive?: boolean;
  /** Layers of one instance from the outside in, for example guest and app; each goes down with the one before. */
  readonly instance: readonly InstanceLayer[];
  /** Full names of existing elements that are the members, one each, instead of instances of their own. */
  readonly existing?: readonly string[];
  readonly placement: Placement;
  readonly standby: Standby;
  /** Id in `Scenario.flows`. */
  readonly flow: string;
  /** Duration of each parameter the flow's steps name. */
  readonly times: Readonly<Record<string, Law>>;
  /** Success probability of each parameter the flow's steps name. */
  readonly probabilities: Readonly<Record<string, number>>;
  readonly detection: Detection;
  /** Monitoring agent inside each instance; absent: none is modelled, and what needs one finds it in a guest that works. */
  readonly agent?: Agent;
  /** What monitoring does on which condition; what takes members down is among the failure modes of their layers. */
  readonly policy?: Readonly<Record<string, PolicyEntry>>;
  readonly recovery: Recovery;
  readonly state: StateKeeping;
  /** Retry period of a step that waits for a control function, seconds; 0: at once when it is back (SEM-13). */
  readonly retry: number;
  /** Waiting longer than this opens the manual path, seconds; Infinity: never (SEM-13). */
  readonly manualEscalation: number;
  /** A failover is a success only within this time of the fault, seconds (SEM-25b). */
  readonly failoverDeadline: number;
  /** The failover time the group aims at, seconds (B-48). */
  readonly failoverTarget: number;
  /** How two members that are active at a time are dealt with (SEM-21). */
  readonly splitBrain?: SplitBrain;
  /** Groups whose members a wrong localisation takes for the failed one; absent: those on the same pools (SEM-20). */
  readonly siblings?: readonly string[];
  /** SEM-23; absent: every fault stays where it is. */
  readonly containment?: Containment;
  /** SEM-27: a gray fault is turned into a fail-stop one when it is noticed. */
  readonly failFast?: { readonly time: Law; readonly success: number };
  /** Its members are bound to the hardware of their nodes (SR-IOV, pass-through) and cannot be migrated live (B-82). */
  readonly passthrough?: boolean;
  /** What its members run in; absent: virtual machines. */
  readonly runtime?: Runtime;
  /** The last so many members do not exist until a script adds them; absent: nobody comes or goes. */
  readonly dormant?: number;
  /** What the group is besides, when it is a cluster of VNFs. */
  readonly cluster?: Cluster;
  /** SEM-26: what it costs when a lower layer brings the failed member back after the group has failed over, seconds. */
  readonly raceLoss?: number;
}

export interface SplitBrain {
  /** Share not served meanwhile, [0, 1]. */
  readonly impact: number;
  /** Second active member → stopped by hand. */
  readonly resolve: Law;
}

export interface Containment {
  /** Probability that a fault stays in its region. */
  readonly probability: number;
  /** What else fails otherwise: another member of the group, one on the same node, or the active one of a group. */
  readonly neighbour: 'peer' | 'host' | { readonly group: string };
}

/** Who carries how much of a group's load (SEM-04, SEM-31). */
export interface Sharing {
  /** Members that carry nothing and stand by for all the others; 0 unless `shared-standby`. */
  readonly standbys: number;
  /** Members that must serve for the group to be up, `k-of-n`; 0: capacity counts in proportion. */
  readonly required: number;
  /** Share of the nominal load one member can carry, > 0. */
  readonly unitCapacity: number;
  /** Offered load relative to the nominal one, > 0. */
  readonly load: number;
}

/** Agent of a monitoring server in an instance. */
export interface Agent {
  /** Layer of the instance that it runs in. */
  readonly layer: string;
  /** Its own, and last, with `registration`, that the server does not know it. */
  readonly failures: readonly FailureMode[];
  /** Start of an instance → installed and registered. */
  readonly install: Law;
  /** Chance that the registration of a new instance succeeds; else nothing comes from it until an audit; absent: certain. */
  readonly registered?: number;
}

export interface InstanceLayer {
  readonly id: string;
  readonly kind: 'guest' | 'app';
  readonly failures: readonly FailureMode[];
}

export const REPLACEMENTS = ['pool', 'in-place', 'recovery-region', 'site'] as const;
export const SEPARATIONS = ['none', 'node', 'rack', 'leaf-pair', 'recovery-region', 'site'] as const;

export interface Placement {
  /** `<site>/<pool>` ids whose nodes may host members; empty: members have no host. */
  readonly pools: readonly string[];
  /**
   * `pool`: a replacement goes to any feasible node; `recovery-region`: to any within the recovery region in which the
   * member started (B-48), `site`: on its site; `in-place`: it waits for its own node (non-pooled, 2.8).
   */
  readonly replacement: (typeof REPLACEMENTS)[number];
  /** Unit slots one member takes. */
  readonly slots: number;
  /** Shape of one member where nodes have a capacity; absent: slots alone count. */
  readonly flavour?: Flavour;
  readonly antiAffinity: { readonly level: (typeof SEPARATIONS)[number]; readonly hard: boolean };
}

export interface Standby {
  /** `cold` standbys are not running: they cannot fail and take `times.coldStart` to activate. */
  readonly kind: 'hot' | 'cold';
  /** Failure rate of a standby relative to an active member, ≥ 0. */
  readonly rateFactor: number;
}

/** One way of noticing a member's fault (SEM-17). */
export interface Detector {
  readonly id: string;
  /** Fault → detected, when the detector is alive. */
  readonly latency: Law;
  /** What must be up for it to see: control functions, elements or groups, or `peer` (another member that is up). */
  readonly needs: readonly string[];
  /** Alarms about a healthy member, per second (SEM-19c); absent: none. */
  readonly falsePositives?: number;
  /** Faults that can strike a member of the group and that it does not see; absent: it sees all. */
  readonly unseen?: readonly FaultLayer[];
  /** Start of an instance → first look at it; absent: none. */
  readonly delay?: Law;
  /** Loop of `Scenario.monitoring` it probes in, and what one probe of a healthy target takes there, seconds. */
  readonly loop?: { readonly id: string; readonly probe: number };
  /** Its latency once it has been configured anew at run time (B-96): by a script, or while the group is known to be exposed. */
  readonly reconfigured?: { readonly latency: Law; readonly whileExposed: boolean };
}

export interface Detection {
  readonly detectors: readonly Detector[];
  /** Has to notice a serving member's fault as well before steps that need `confirmed` go on. */
  readonly confirm?: Detector;
  /** SEM-19: probability that a fault of a serving member can be detected at all. */
  readonly coverage: number;
  /** The same while no healthy standby exists. */
  readonly coverageExposed: number;
  /** What nobody's monitoring sees: noticed after `detect` by users; then `manual` restoration or the normal `flow`. */
  readonly uncovered: { readonly detect: Law; readonly then: 'manual' | 'flow' };
  /** SEM-19d: coverage of standby faults; `latency` replaces the detectors' when stated; uncovered ones wait for the audit. */
  readonly standby: StandbyDetection;
  /** `immediate`: a fault that strikes while the group is known to be exposed or down is noticed at once. */
  readonly whileExposed: 'normal' | 'immediate';
  /** Faults of a living member that still serves part of its load (SEM-27); absent: as any other. */
  readonly gray?: {
    readonly coverage: number;
    /** Absent: by the detectors that see their layer. */
    readonly latency?: Law;
  };
  /** Detected → somebody has been told, beside whatever is done about it; absent: nobody is. */
  readonly message?: Law;
}

export interface StandbyDetection {
  readonly coverage: number;
  readonly latency?: Law;
  /** What must be up to notice a standby's fault by `latency`: control function ids, or `peer`. */
  readonly needs?: readonly string[];
  readonly audit: Law;
  /** A failover that finds its standby dead makes that fault known (default true). */
  readonly revealedByFailover?: boolean;
}

export interface Recovery {
  /** Recovery of a failed member starts when the service is restored (sequential) or when the fault is detected (parallel). */
  readonly starts: 'restored' | 'detected';
  /** Members of the group that may be rebuilt at the same time; Infinity: all. */
  readonly concurrency: number;
  /** A member rebuilt while nobody serves takes over at once (SEM-29), or has to be failed over to. */
  readonly takeover: 'immediate' | 'failover';
}

export interface StateKeeping {
  readonly stateful: boolean;
  readonly protection: StateProtection;
  /** Age of the newest snapshot is uniform on (0, interval], seconds; only for `snapshot`. */
  readonly snapshotInterval: number;
  /** Mean session length, seconds: how much of the load is younger than the snapshot. */
  readonly sessionHold: number;
  /** Element that carries the replication; while it is down the standby is stale. Full element name. */
  readonly replication?: string;
  /** External state store: full name of an element, or a group. */
  readonly store?: string;
  /** SEM-22: while the store is down, the group's service is down (`fail`) or goes on; only with a store. */
  readonly storeMode?: 'fail' | 'degraded';
  /** Standbys of several members hold the state of all of them (SEM-31); only for `shared-standby`. */
  readonly stateForAll?: boolean;
  /** A standby whose state is stale may not take over. */
  readonly required: boolean;
  /** Users whose session was lost are unavailable this long, seconds (SEM-07). */
  readonly reattach: number;
}

/**
 * What must be up for a service: element or group names joined by `all`, `any` or `atLeast`. `share` is partly up: the
 * weights of what is up over `required` (default: all of them), at most 1. With less required than there is, the rest is
 * spare capacity, and what falls short is a capacity event (B-33).
 */
export type StructureSpec =
  | { readonly kind: 'leaf'; readonly of: string }
  | { readonly kind: 'any'; readonly inputs: readonly StructureSpec[] }
  | {
      readonly kind: 'all';
      readonly inputs: readonly StructureSpec[];
      /** How partial losses of the inputs add up (SEM-04): independently, or for the same users; absent: as in the service. */
      readonly losses?: 'product' | 'max';
    }
  | { readonly kind: 'atLeast'; readonly atLeast: number; readonly inputs: readonly StructureSpec[] }
  | {
      readonly kind: 'share';
      readonly inputs: readonly StructureSpec[];
      /** One per input. */
      readonly weights: readonly number[];
      readonly required: number;
      /** Of the load, (0 … 1], that uses the inputs at all (B-73); absent: all of it. */
      readonly fraction?: number;
    };

/** Their order is the code in the compiled model. */
export const PARTIAL_WEIGHTS = ['capacity', 'none', 'full'] as const;
export type PartialWeight = (typeof PARTIAL_WEIGHTS)[number];

export interface Service {
  readonly structure: StructureSpec;
  readonly users: number;
  /** Outages up to this long (seconds, inclusive) are hits, not outages (SEM-03). */
  readonly minOutageThreshold: number;
  /** Longer outages are reportable (B-22), seconds. */
  readonly reportableThreshold: number;
  /** SEM-01: served share at or below which the service counts as down. */
  readonly minServiceFraction: number;
  /** SEM-05: what a partial loss counts: its share (`capacity`, the default), nothing (`none`), or all (`full`). */
  readonly partialWeight?: PartialWeight;
  /** SEM-04: shares of stages lost together (`max`) or independently (`product`). */
  readonly combine: 'product' | 'max';
  /** SEM-08: outages closer than this are one, seconds. */
  readonly mergeGap: number;
  /** B-18: the service is asked to go through so long without an outage, seconds. */
  readonly missionTime: number;
  /** Promise: so many faults at once cause no reportable outage (B-32); absent: none. */
  readonly faultsTolerated?: number;
  /** Parts in series that are measured one by one, in order (B-39); absent: the service is no chain. */
  readonly stages?: readonly Stage[];
}

/** One stage of a chain, by the name it has in the file. */
export interface Stage {
  readonly id: string;
  readonly structure: StructureSpec;
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
