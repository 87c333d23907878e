import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import type { FoundState } from './found-states.ts';

/** Share of those taken that is taken by what they stand for: what is rare may be what matters. */
const BY_AMOUNT = 0.75;

/** How many are to be taken of a state, on average, by what it stands for: of those alike `wanted` together. */
function takenOf(like: readonly FoundState[], wanted: number): (amount: number) => number {
  const all = like.reduce((sum, { amount }) => sum + amount, 0);
  const perAmount = (BY_AMOUNT * wanted) / all;
  const atLeast = ((1 - BY_AMOUNT) * wanted) / like.length;
  return (amount) => perAmount * amount + atLeast;
}

/** Takes some out of many states, each for those left out: of each block as many as it is due (systematic sampling). */
export class Thinning {
  private readonly taken: (amount: number) => number;
  /** By block: what is due since the last one. */
  private readonly due: Float64Array;

  /**
   * @param like as many as there are to be about, standing for as much
   * @param wanted how many are to be taken of them
   * @param start from 0 to 1, at random
   */
  constructor(like: readonly FoundState[], wanted: number, start: number) {
    this.taken = takenOf(like, wanted);
    this.due = Float64Array.from({ length: BATCHES }, (_, block) => (start + block / BATCHES) % 1);
  }

  /** What the next one of a block, which stands for `amount`, stands for where it is taken; 0: it is not. */
  next(block: number, amount: number): number {
    const chance = Math.min(1, this.taken(amount));
    this.due[block]! += chance;
    if (this.due[block]! < 1) return 0;
    this.due[block]!--;
    return amount / chance;
  }

  /** Those of the states that are taken. */
  of(states: readonly FoundState[]): FoundState[] {
    return states.flatMap((state) => {
      const amount = this.next(state.block, state.amount);
      return amount === 0 ? [] : [{ ...state, amount }];
    });
  }
}

/**
 * About so many states that stand for as much as these, by what they stand for: of one that stands for much several, and all
 * blocks alike.
 *
 * @param start from 0 to 1, at random
 */
export function dealt(states: readonly FoundState[], wanted: number, start: number): FoundState[] {
  const taken = takenOf(states, wanted);
  let [due, block] = [start, 0];
  return states.flatMap((state) => {
    const expected = taken(state.amount);
    due += expected;
    const copies = Math.floor(due);
    due -= copies;
    return Array.from({ length: copies }, () => ({
      ...state,
      amount: state.amount / expected,
      block: block++ % BATCHES,
    }));
  });
}
