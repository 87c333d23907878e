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

  /**
   * End point of the law of the amounts, extrapolated from the two largest: 2·x₁ − x₂; twice the only amount; 0 for none.
   *
   * @see Robson & Whitlock, Biometrika 51 (1964) 33.
   */
  get endPoint(): number {
    return 2 * this.largest - this.secondLargest;
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
