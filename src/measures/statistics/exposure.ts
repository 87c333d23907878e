import { requireAmount } from './confidence.ts';
import { sumOf } from './sum.ts';

/** Exposure (time) of each history: one number for all, or one number each. */
export type Exposure = number | ArrayLike<number>;

export function exposureOf(exposure: Exposure, history: number): number {
  return typeof exposure === 'number' ? exposure : exposure[history]!;
}

/** Σ exposure over all histories. Throws RangeError unless it is positive and there is one per history. */
export function totalExposure(exposure: Exposure, histories: number): number {
  if (typeof exposure !== 'number' && exposure.length !== histories) {
    throw new RangeError(`Expected ${histories} exposures, got ${exposure.length}`);
  }
  const total = typeof exposure === 'number' ? exposure * histories : sumOf(exposure);
  if (!(total > 0)) throw new RangeError(`Exposure must be positive: ${total}`);
  return total;
}

export function longestExposure(exposure: Exposure): number {
  if (typeof exposure === 'number') return exposure;
  let longest = 0;
  for (let i = 0; i < exposure.length; i++) longest = Math.max(longest, exposure[i]!);
  return longest;
}

/** Throws RangeError with the position of the first value that is not a finite number ≥ 0. */
export function requireAmounts(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) requireAmount(`Amount of history ${i}`, values[i]!);
}
