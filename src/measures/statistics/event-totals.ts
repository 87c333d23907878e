/** What an interval needs to know of single events (outages, amounts ≥ 0): how many, Σ amount, Σ amount², the two largest. */
export class EventTotals {
  count = 0;
  total = 0;
  sumOfSquares = 0;
  largest = 0;
  secondLargest = 0;

  add(amount: number): void {
    this.count++;
    this.total += amount;
    this.sumOfSquares += amount * amount;
    this.#rank(amount);
  }

  merge(other: EventTotals): void {
    this.count += other.count;
    this.total += other.total;
    this.sumOfSquares += other.sumOfSquares;
    this.#rank(other.largest);
    this.#rank(other.secondLargest);
  }

  /** Largest plausible amount, see `endPoint`; three times the only one, 0 for none. */
  get endPoint(): number {
    return endPoint(this.largest, this.secondLargest);
  }

  toJSON(): number[] {
    return [this.count, this.total, this.sumOfSquares, this.largest, this.secondLargest];
  }

  static fromJSON(state: readonly number[]): EventTotals {
    const totals = new EventTotals();
    totals.count = state[0]!;
    totals.total = state[1]!;
    totals.sumOfSquares = state[2]!;
    totals.largest = state[3]!;
    totals.secondLargest = state[4]!;
    return totals;
  }

  #rank(amount: number): void {
    if (amount > this.largest) {
      this.secondLargest = this.largest;
      this.largest = amount;
    } else if (amount > this.secondLargest) {
      this.secondLargest = amount;
    }
  }
}

/**
 * Upper two-thirds confidence limit for the end point of the law of the amounts, from the two largest seen: x₁ + 2·(x₁ − x₂).
 *
 * @see Robson & Whitlock, Biometrika 51 (1964) 33: x₁ + (x₁ − x₂)·(1 − α)/α at level 1 − α; `README.md` for the level.
 */
export function endPoint(largest: number, secondLargest: number): number {
  return 3 * largest - 2 * secondLargest;
}
