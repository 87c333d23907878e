import { ALLOCATION_SPLIT } from '../../catalogue/allocation-split.ts';
import type { AllocatedBlock } from '../../model/allocation.ts';
import type { Cell, Table } from '../../model/table.ts';
import { allocate } from '../allocation/allocate.ts';
import type { Split } from '../allocation/split.ts';

export interface AllocationTableOptions {
  /** Unavailability targets; default 1e-5 and 1e-6. */
  readonly targets?: readonly number[];
  /** Default 10/10/10/50/20 of the source. */
  readonly split?: Split;
}

/** The split of the source document (B-44). */
export const DEFAULT_SPLIT: Split = {
  method: 'shares',
  blocks: ALLOCATION_SPLIT.map(({ name, percent }) => ({ name, share: Number(`${percent}e-2`) })),
};

/**
 * High-level availability allocation (B-44, NC-08, NC-09): per target one line for the whole and one per block, parts of
 * a block below it with the block's name in front.
 */
export function allocationTable(options: AllocationTableOptions = {}): Table {
  const { targets = [1e-5, 1e-6], split = DEFAULT_SPLIT } = options;
  const { rows } = allocate(targets, split);
  const lines = (target: number, blocks: readonly AllocatedBlock[], prefix: string): Cell[][] =>
    blocks.flatMap((block) => {
      const name = `${prefix}${block.name}`;
      const line: Cell[] = [target, name, 100 * block.share, block.dpm, block.availability, block.nines];
      return [line, ...lines(target, block.blocks ?? [], `${name} / `)];
    });
  return {
    format: 'carriergrade/table/1',
    name: 'allocation',
    title: 'High-level availability allocation, all causes',
    columns: [
      { name: 'Target' },
      { name: 'Block' },
      { name: 'Share', unit: '% of what it is part of', decimals: 2 },
      { name: 'DPM', unit: 's/year', decimals: 2 },
      { name: 'A' },
      { name: 'Nines', decimals: 2 },
    ],
    rows: rows.flatMap((row): Cell[][] => [
      [row.target, 'Total', 100, row.dpm, row.target, row.nines],
      ...lines(row.target, row.blocks, ''),
    ]),
    notes: [
      'Computed from the unavailability: 315.36, where the source shows the rounding of 1 − 0.99999, 315.3599999986 (DX-01).',
      'Rounded cells need not add up to the rounded total (315.37 for 0.99999, 31.53 for 0.999999); totals are sums of unrounded values (DX-03).',
      'Downtimes add up to the target; the product of the availabilities is slightly better than the target (NC-09).',
    ],
  };
}
