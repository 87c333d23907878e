import type { Cluster } from './cluster.ts';
import type { FailureMode } from './failure.ts';
import type { Law } from './law.ts';
import type { FaultLayer, PolicyEntry } from './monitoring.ts';
import type { Flavour } from './resources.ts';
import type { Runtime } from './runtime.ts';

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
