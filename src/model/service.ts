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
  /**
   * The first input, or one of the others in its place (standby redundancy): a spare takes over at once and goes back as soon as
   * the first is up again. Several that name one spare share it, whoever needs it first.
   */
  | { readonly kind: 'standby'; readonly inputs: readonly StructureSpec[] }
  /** There and back over members of their own: what gets through the one input gets through it once more. */
  | { readonly kind: 'return'; readonly inputs: readonly StructureSpec[] }
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
