import type { Fabric, Homing } from './fabric.ts';
import type { FailureMode } from './failure.ts';
import type { Resources } from './resources.ts';
import type { StructureSpec } from './service.ts';

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
/** Kinds of the compiled model: those a file can name, and what other sections bring: inner parts, shocks, campaigns, proof tests. */
export const MODEL_KINDS = [...ELEMENT_KINDS, 'part', 'shock', 'upgrade', 'proof-test'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

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
  /** Rate of its failures while it rests as a spare that nobody uses, relative to the nominal one, ≥ 0; absent: 1. */
  readonly standbyRate?: number;
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
