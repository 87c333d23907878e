import { InputError } from '../../model/problem.ts';
import type { Table } from '../../model/table.ts';
import { nines } from '../../model/time.ts';
import { zeroFailureTrials } from './formulas.ts';

export interface SampleSizeOptions {
  /** Failure probabilities to demonstrate; default 1e-2 … 1e-5. */
  readonly failures?: readonly number[];
  /** Default 0.95. */
  readonly confidence?: number;
}

/**
 * Fault injections without any failed reaction that demonstrate a success probability (B-53, NC-27).
 *
 * @throws InputError for a probability no number of trials can demonstrate
 */
export function sampleSizesTable(options: SampleSizeOptions = {}): Table {
  const { failures = [1e-2, 1e-3, 1e-4, 1e-5], confidence = 0.95 } = options;
  for (const failure of failures) {
    if (failure > 0 && failure < 1) continue;
    const message = `a success probability of ${100 * (1 - failure)} % cannot be demonstrated; it must lie between 0 % and 100 %`;
    throw new InputError([{ level: 'error', code: 'out-of-range', message }]);
  }
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
