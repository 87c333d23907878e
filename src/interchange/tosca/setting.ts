import type { ImportedGroup } from '../../model/descriptor.ts';
import type { Place } from '../../model/problem.ts';
import type { Cluster, Vdu, Vnf } from './plan.ts';

/** Members of a cluster by role: in all, and by site, one per VIM. */
export interface Roles {
  readonly active: number;
  readonly standby: number;
  readonly bySite: Readonly<Record<'active' | 'standby', Readonly<Record<string, number>>>>;
  readonly cluster: Cluster;
}

/** VDUs that protect each other, or one alone. */
export interface Unit {
  readonly vdus: readonly Vdu[];
  /** Why several are one group. */
  readonly by?: { readonly kind: 'address' | 'apart'; readonly name: string };
}

export interface Setting {
  readonly id: string;
  readonly vnf: Vnf;
  readonly unit: Unit;
  /** Instances of each VDU at the level that is built. */
  readonly instances: (vdu: Vdu) => number;
  readonly roles?: Roles;
  /** Sites of the members, one per VIM. */
  readonly sites: readonly string[];
  readonly pool: string;
  /** Element that fails for the load balancer of a cluster. */
  readonly balancer?: string;
  /** A chain leads through it, and has to be led to a new instance. */
  readonly chained: boolean;
}

export interface BuiltGroup {
  readonly text: Readonly<Record<string, unknown>>;
  readonly detectors: Readonly<Record<string, unknown>>;
  /** Own flows it needs. */
  readonly flow: FlowId;
  readonly row: ImportedGroup;
  readonly place: Place;
}

export type FlowId =
  | 'respawn'
  | 'FL-12'
  | 'by-hand'
  /** Follows from the policy of the cluster. */
  | 'of-cluster'
  | 'opaque'
  | 'peers-by-hand'
  | 'FL-06'
  | 'balanced-by-hand';
