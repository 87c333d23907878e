/** Total rate of clocks that run: a sum and its compensation (Neumaier), so that what stops leaves nothing behind. */
export class RateSum {
  private sum = 0;
  private rest = 0;
  private running = 0;

  copy({ sum, rest, running }: RateSum): void {
    this.sum = sum;
    this.rest = rest;
    this.running = running;
  }

  /** A clock of `rate` at its nominal pace goes on at another pace than `before`. */
  change(rate: number, before: number, pace: number): void {
    this.running += (pace > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    this.add(pace * rate);
    this.add(-before * rate);
  }

  get total(): number {
    return this.running === 0 ? 0 : Math.max(0, this.sum + this.rest);
  }

  private add(rate: number): void {
    const sum = this.sum + rate;
    this.rest += Math.abs(this.sum) >= Math.abs(rate) ? this.sum - sum + rate : rate - sum + this.sum;
    this.sum = sum;
  }
}
