/**
 * Compensated sum: the error does not grow with the number of terms, also when a later term is larger than the sum.
 *
 * @see Neumaier, ZAMM 54 (1974) 39.
 */
export class Sum {
  #sum: number;
  #compensation: number;

  constructor(sum = 0, compensation = 0) {
    this.#sum = sum;
    this.#compensation = compensation;
  }

  add(term: number): void {
    const sum = this.#sum;
    const total = sum + term;
    this.#compensation += Math.abs(sum) >= Math.abs(term) ? sum - total + term : term - total + sum;
    this.#sum = total;
  }

  /** Adds what the other sum holds; merge in index order where bytes must repeat. */
  merge(other: Sum): void {
    this.add(other.#sum);
    this.#compensation += other.#compensation;
  }

  /** 0 while nothing was added. */
  get value(): number {
    return this.#sum + this.#compensation;
  }

  toJSON(): number[] {
    return [this.#sum, this.#compensation];
  }

  static fromJSON(state: readonly number[]): Sum {
    return new Sum(state[0], state[1]);
  }
}

/** Compensated sum of all values; 0 for none. */
export function sumOf(values: ArrayLike<number>): number {
  const sum = new Sum();
  for (let i = 0; i < values.length; i++) sum.add(values[i]!);
  return sum.value;
}
