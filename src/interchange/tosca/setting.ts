import type { ImportedGroup } from '../../model/descriptor.ts';
import type { Place } from '../../model/problem.ts';
import type { Vdu, Vnf } from './plan.ts';

/** Members of one role on one VIM. */
export interface Roles {
  readonly active: number;
  readonly standby: number;
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
  /** A chain leads through it, and has to be led to a new instance. */
  readonly chained: boolean;
  /** Monitored groups of the whole scenario: targets of the serial loop. */
  readonly targets: number;
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
  | 'respawn-and-notify'
  | 'by-hand'
  | 'tacker-recovery'
  | 'opaque'
  | 'peers-by-hand'
  | 'FL-06'
  | 'balanced-by-hand';
