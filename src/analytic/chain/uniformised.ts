import type { Chain } from '../../model/chain.ts';
import { exitRates, transposed } from './rows.ts';

/**
 * The discrete chain P = I + Q/q seen at the instants of a Poisson process of rate q: v(t) = Σ Poisson(qt, k)·v₀Pᵏ.
 * All entries are positive and computed without cancellation, since q exceeds every exit rate by 2 %.
 */
export class Uniformised {
  /** Rate q of the Poisson process, 1/hour; 0 for a chain without transitions. */
  readonly rate: number;
  /** Multiplications per step. */
  readonly work: number;
  private readonly stay: Float64Array;
  private readonly offset: Int32Array;
  private readonly from: Int32Array;
  private readonly jump: Float64Array;

  constructor(chain: Chain) {
    const exit = exitRates(chain);
    const incoming = transposed(chain);
    this.rate = 1.02 * exit.reduce((a, b) => Math.max(a, b), 0);
    this.work = chain.states + incoming.rate.length;
    const q = this.rate === 0 ? 1 : this.rate;
    this.stay = exit.map((rate) => 1 - rate / q);
    this.offset = incoming.offset;
    this.from = incoming.from;
    this.jump = incoming.rate.map((rate) => rate / q);
  }

  /** next ← v·P; the two arrays must differ. */
  step(v: Float64Array, next: Float64Array): void {
    const { stay, offset, from, jump } = this;
    for (let j = 0; j < v.length; j++) {
      const end = offset[j + 1]!;
      let sum = v[j]! * stay[j]!;
      for (let k = offset[j]!; k < end; k++) sum += v[from[k]!]! * jump[k]!;
      next[j] = sum;
    }
  }

  /** Probability that state `i` moves at a step to a state marked in `target` (a row sum over incoming lists). */
  jumpsInto(target: Uint8Array): Float64Array {
    const leak = new Float64Array(target.length);
    for (let j = 0; j < target.length; j++) {
      if (target[j] === 1)
        for (let k = this.offset[j]!; k < this.offset[j + 1]!; k++) leak[this.from[k]!]! += this.jump[k]!;
    }
    return leak;
  }

  /** True for states that are never left. */
  isAbsorbing(i: number): boolean {
    return this.stay[i] === 1;
  }
}

/** The start distribution as a dense vector. */
export function initialVector(chain: Chain): Float64Array {
  const v = new Float64Array(chain.states);
  chain.initial.state.forEach((s, k) => {
    v[s]! += chain.initial.probability[k]!;
  });
  return v;
}
