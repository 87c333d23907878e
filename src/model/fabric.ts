import type { Law } from './law.ts';
import type { FailureMode } from './scenario.ts';

/**
 * How a node hangs on its leaves (B-89, B-90). `single`: one link. `mlag`: links to both leaves of a pair carry half
 * each. `active-backup`: one link carries all, the host switches over. `guest-active-backup`: the same inside the guest,
 * for interfaces that bypass the host (SR-IOV).
 */
export const HOMINGS = ['single', 'mlag', 'active-backup', 'guest-active-backup'] as const;
export type Homing = (typeof HOMINGS)[number];
export type Bond = Exclude<Homing, 'single'>;

/** What a network of its own per node is for: the traffic of instances, or of the control path. */
export const PLANE_USES = ['members', 'control'] as const;
export type PlaneUse = (typeof PLANE_USES)[number];

export interface Plane {
  readonly homing: Homing;
  readonly serves: PlaneUse;
}

/** Failure modes of equal switches, dealt over failure domains of the site in turn. */
export interface SwitchSpec {
  readonly failures: readonly FailureMode[];
  readonly domains: readonly string[];
}

/** How lost paths are noticed and replaced: the parts of a protection group's behaviour that a fabric has. */
export interface PathProtection {
  /** Id in `Scenario.flows`. */
  readonly flow: string;
  readonly times: Readonly<Record<string, Law>>;
  /** Fault → noticed. */
  readonly detection: Law;
  /** Probability that a fault is one that monitoring notices; the others wait for `report`, then the same flow runs. */
  readonly coverage: number;
  readonly report: Law;
  /** The time aimed at, seconds. */
  readonly target: number;
}

/**
 * Part of a fabric in which a lost path is noticed and replaced without the rest (B-48). Its nodes are where what fails in
 * it can be rebuilt, if a group wants to stay there.
 */
export interface RecoveryRegion {
  /** Numbers of its pairs of leaves. */
  readonly leafPairs: readonly number[];
  readonly reroute: PathProtection;
  readonly bonds: Readonly<Record<Bond, PathProtection>>;
}

/** What every fabric has besides its switches. */
interface FabricCommon {
  /** Of nodes whose pool says nothing. */
  readonly homing: Homing;
  readonly link: readonly FailureMode[];
  /** Rerouting of the load that several paths share. */
  readonly reroute: PathProtection;
  readonly bonds: Readonly<Record<Bond, PathProtection>>;
  /** Networks besides the first one, each with links of its own. */
  readonly planes: Readonly<Record<string, Plane>>;
  /** Management controllers of the nodes (B-88); absent: not modelled. */
  readonly bmc?: { readonly redundant: boolean; readonly failures: readonly FailureMode[] };
  /** Point where the path probes come together (B-95); absent: it never fails. */
  readonly aggregator?: { readonly failures: readonly FailureMode[] };
  /** Switches of single nodes, `<pool>-<number>` without the site, instead of the generated ones. */
  readonly cabling: Readonly<Record<string, readonly string[]>>;
}

/** Every leaf on every spine (B-91). Leaves 2i − 1 and 2i are pair i. */
export interface LeafSpine extends FabricCommon {
  readonly kind: 'leaf-spine';
  readonly spines: number;
  readonly leaves: number;
  readonly linksPerPair: number;
  /** Leaves through which traffic leaves the fabric; 0: it leaves at the spines. */
  readonly borderLeaves: number;
  /** What a leaf's uplinks carry together, in units of the traffic offered to them. */
  readonly uplinkCapacity: number;
  readonly spine: SwitchSpec;
  readonly leaf: SwitchSpec;
  /** By id; absent: faults are recovered in the fabric as a whole. */
  readonly recoveryRegions?: Readonly<Record<string, RecoveryRegion>>;
}

/** Any graph of switches; what is joined to an exit is reached, over whatever path there is. */
export interface FreeFabric extends FabricCommon {
  readonly kind: 'free';
  readonly switches: Readonly<Record<string, readonly FailureMode[]>>;
  readonly links: Readonly<Record<string, FreeLink>>;
  /** Ids of switches. */
  readonly exits: readonly string[];
  /** Ids of switches that nodes may hang on, in the order in which nodes are dealt over them. */
  readonly access: readonly string[];
}

export interface FreeLink {
  readonly between: readonly [string, string];
  readonly failures: readonly FailureMode[];
}

export type Fabric = LeafSpine | FreeFabric;

/** A pool as far as cabling is concerned. */
export interface CabledPool {
  readonly count: number;
  readonly homing?: Homing;
  /** Numbers of the pairs its nodes are dealt over in turn; absent: all. */
  readonly leafPairs?: readonly number[];
}
