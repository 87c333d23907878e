import type { Bucket } from '../model/scenario.ts';

/** One block of the high-level availability allocation. */
export interface SplitBlock {
  readonly name: Bucket;
  /** Heading of the source. */
  readonly printedName: string;
  readonly percent: number;
  readonly source: '[B] B-44';
}

/** Split of the downtime of a network element or service over hardware, software and operation: 10/10/10/50/20. */
export const ALLOCATION_SPLIT: readonly SplitBlock[] = [
  { name: 'HW', printedName: '%HW', percent: 10, source: '[B] B-44' },
  { name: 'ISW<=VIM', printedName: '%ISW (≤VIM)', percent: 10, source: '[B] B-44' },
  { name: 'ISW>VIM', printedName: '%ISW (>VIM)', percent: 10, source: '[B] B-44' },
  { name: 'APP', printedName: '%APP (SW)', percent: 50, source: '[B] B-44' },
  { name: 'OPER', printedName: '%OPER', percent: 20, source: '[B] B-44' },
];

/** The two printed rows of the allocation table, cell by cell. */
export const PRINTED_ALLOCATION = [
  {
    target: 0.99999,
    dpm: '315.3599999986',
    blockDpm: ['31.54', '31.54', '31.54', '157.68', '63.07'],
    availability: ['0.999999', '0.999999', '0.999999', '0.999995', '0.999998'],
    nines: ['6.00', '6.00', '6.00', '5.30', '5.70'],
    source: '[B] B-44',
  },
  {
    target: 0.999999,
    dpm: '31.54',
    blockDpm: ['3.15', '3.15', '3.15', '15.77', '6.31'],
    availability: ['0.9999999', '0.9999999', '0.9999999', '0.9999995', '0.9999998'],
    nines: ['7.00', '7.00', '7.00', '6.30', '6.70'],
    source: '[B] B-44',
  },
] as const;
