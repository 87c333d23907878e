import type { Table } from '../../model/table.ts';
import { nines } from '../../model/time.ts';
import { zeroFailureTrials } from './formulas.ts';

export interface SampleSizeOptions {
  /** Failure probabilities to demonstrate; default 1e-2 … 1e-5. */
  readonly failures?: readonly number[];
  /** Default 0.95. */
  readonly confidence?: number;
}

/** Fault injections without any failed reaction that demonstrate a success probability (B-53, NC-27). */
export function sampleSizesTable(options: SampleSizeOptions = {}): Table {
  const { failures = [1e-2, 1e-3, 1e-4, 1e-5], confidence = 0.95 } = options;
  return {
    format: 'carriergrade/table/1',
    name: 'sample-sizes',
    title: 'Trials without failure that demonstrate a success probability',
    columns: [
      { name: 'Success probability' },
      { name: 'Nines', decimals: 2 },
      { name: 'Trials' },
      { name: 'Rule of three' },
    ],
    rows: failures.map((failure) => [
      1 - failure,
      nines(failure),
      zeroFailureTrials(failure, confidence),
      Math.round(3 / failure),
    ]),
    notes: [
      `Fewest n with (success probability)ⁿ ≤ ${Number((1 - confidence).toPrecision(12))}: confidence ${100 * confidence} % (B-53).`,
      'The rule of three, 3/failure probability, is the usual approximation at 95 %.',
    ],
  };
}
