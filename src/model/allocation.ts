/** `carriergrade/allocation/1`: what each block of a system may be down for the whole to meet a target (B-44). */
export interface Allocation {
  readonly format: 'carriergrade/allocation/1';
  readonly rows: readonly AllocationRow[];
}

export interface AllocationRow {
  /** Availability target of the whole. */
  readonly target: number;
  readonly unavailability: number;
  readonly nines: number;
  /** s/year. */
  readonly dpm: number;
  readonly blocks: readonly AllocatedBlock[];
}

export interface AllocatedBlock {
  readonly name: string;
  /** Fraction of the parent's unavailability. */
  readonly share: number;
  /** s/year. */
  readonly dpm: number;
  readonly availability: number;
  readonly unavailability: number;
  readonly nines: number;
  /** Only where the method gives one (AGREE). */
  readonly mtbfHours?: number;
  readonly blocks?: readonly AllocatedBlock[];
}
