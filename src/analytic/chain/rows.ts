import type { Chain } from '../../model/chain.ts';
import { grown } from './growing.ts';

/**
 * Builds the transition rows of a chain, one source state after the other: `add` for each transition of the current
 * state, then `endRow`. Rates to the same target are added up, a transition to the source itself is dropped (it
 * changes nothing in continuous time) and so is a rate of 0.
 */
export class RowBuilder {
  private offset = new Int32Array(64);
  private to = new Int32Array(256);
  private rate = new Float64Array(256);
  /** Per target: its place in `to` when it was last added; valid only when inside the current row. */
  private place = new Int32Array(64).fill(-1);
  private row = 0;
  private start = 0;
  private count = 0;

  /** Adds `rate` (1/hour, ≥ 0 and finite) from the current source state to `target`. */
  add(target: number, rate: number): void {
    if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`rate ${rate} from state ${this.row} to state ${target} must be finite and not negative`);
    }
    if (target === this.row || rate === 0) return;
    if (target >= this.place.length) {
      const known = this.place.length;
      this.place = grown(this.place, target + 1);
      this.place.fill(-1, known);
    }
    const place = this.place[target]!;
    if (place >= this.start) {
      this.rate[place]! += rate;
      return;
    }
    if (this.count === this.to.length) {
      this.to = grown(this.to, this.count + 1);
      this.rate = grown(this.rate, this.count + 1);
    }
    this.to[this.count] = target;
    this.rate[this.count] = rate;
    this.place[target] = this.count++;
  }

  /** Ends the transitions of the current source state; the next state becomes current. */
  endRow(): void {
    this.row++;
    if (this.row >= this.offset.length) this.offset = grown(this.offset, this.row + 1);
    this.offset[this.row] = this.count;
    this.start = this.count;
  }

  /** The rows, cut to size. */
  finish(): Pick<Chain, 'states' | 'offset' | 'to' | 'rate'> {
    return {
      states: this.row,
      offset: this.offset.slice(0, this.row + 1),
      to: this.to.slice(0, this.count),
      rate: this.rate.slice(0, this.count),
    };
  }
}

/** The same transitions stored by target: those into state `j` are `offset[j] … offset[j + 1] − 1`, sources ascending. */
export function transposed(chain: Pick<Chain, 'states' | 'offset' | 'to' | 'rate'>): {
  offset: Int32Array;
  from: Int32Array;
  rate: Float64Array;
} {
  const { states, to } = chain;
  const offset = new Int32Array(states + 1);
  for (let k = 0; k < to.length; k++) offset[to[k]! + 1]!++;
  for (let j = 0; j < states; j++) offset[j + 1]! += offset[j]!;
  const next = offset.slice(0, states);
  const from = new Int32Array(to.length);
  const rate = new Float64Array(to.length);
  for (let i = 0; i < states; i++) {
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) {
      const place = next[to[k]!]!++;
      from[place] = i;
      rate[place] = chain.rate[k]!;
    }
  }
  return { offset, from, rate };
}

/** Total rate out of each state, 1/hour. */
export function exitRates(chain: Pick<Chain, 'states' | 'offset' | 'rate'>): Float64Array {
  const exit = new Float64Array(chain.states);
  for (let i = 0; i < chain.states; i++) {
    let sum = 0;
    for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) sum += chain.rate[k]!;
    exit[i] = sum;
  }
  return exit;
}
