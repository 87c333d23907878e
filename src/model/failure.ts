import type { Law } from './law.ts';
import type { FaultLayer } from './monitoring.ts';

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

/** How a failed element comes back. `latent`: nobody knows of the fault until a proof test finds it, and all times count from then. */
export type Restore =
  /** On its own (restart, reboot, or a repair nobody waits for), counted from the fault. */
  | { readonly by: 'itself'; readonly after: Law; readonly latent?: true }
  /** Physically, under a repair policy, counted from dispatch. */
  | { readonly by: 'repair'; readonly policy: string; readonly after: Law; readonly latent?: true }
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
