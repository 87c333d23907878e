/** `carriergrade/allocation/1`: what each block of a system may be down for the whole to meet a target (B-44). */
export interface Allocation {
  readonly format: 'carriergrade/allocation/1';
  readonly rows: readonly AllocationRow[];
}

/** The allocation of one target: fractions without a unit, downtime in s/year. */
export interface AllocationRow {
  /** Availability target of the whole. */
  readonly target: number;
  readonly unavailability: number;
  readonly nines: number;
  /** s/year. */
  readonly dpm: number;
  readonly blocks: readonly AllocatedBlock[];
  /** Only where the values of the blocks were given: what they achieve against this target. */
  readonly achieved?: Achieved;
}

/** What a block may be down: fractions without a unit, downtime in s/year, `blocks` where its part is divided again. */
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

/** What a series of blocks with known unavailabilities achieves, and which block is in the way of a target. */
export interface Achieved {
  /** Of the series, exact: 1 − Π(1 − Uᵢ). */
  readonly unavailability: number;
  readonly availability: number;
  readonly nines: number;
  readonly dpm: number;
  /** Σ of the blocks' DPM, s/year: what additive accounting says. */
  readonly addedDpm: number;
  /** True when the series meets the target of the row. */
  readonly meetsTarget: boolean;
  /** Strictest unavailability target for which every block stays within its share. */
  readonly supportedUnavailability: number;
  /** The block that exceeds its part by the largest factor; null when all are within. */
  readonly breaking: string | null;
  readonly blocks: readonly AchievedBlock[];
}

/** What a block is worth now, beside what the allocation allows it. */
export interface AchievedBlock {
  readonly name: string;
  readonly unavailability: number;
  readonly dpm: number;
  /** s/year allowed by the allocation. */
  readonly allowedDpm: number;
  /** Value over allowance, 0 for a block that is never down; above 1 the block breaks its part. */
  readonly ratio: number;
}
