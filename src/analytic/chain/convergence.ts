/** A spread this small that no longer shrinks is rounding, not lack of convergence. */
const ROUNDING = 1e-12;
/** What rounding of the sums leaves behind even when nothing changes any more; no smaller error is claimed. */
const FLOOR = 1e-14;
/** Changes larger than this belong to the start-up. */
const START_UP = 0.5;
/** A faster contraction than this is not believed: it would make the bound smaller than the change itself is uncertain. */
const LEAST_CONTRACTION = 0.1;

/**
 * Turns the relative changes of successive steps of an iteration into a bound on the error that is left:
 * change · ρ/(1 − ρ), with ρ the worst of the last three contractions. Changes of the order of 1 belong to the start-up and say nothing about ρ.
 */
export class ConvergenceWatch {
  relativeError = Number.POSITIVE_INFINITY;
  /** The change is down to rounding and no longer shrinks. */
  stalled = false;
  private previous = Number.POSITIVE_INFINITY;
  private readonly contractions = [Number.NaN, Number.NaN, Number.NaN];

  observe(change: number): void {
    const ratio = change === 0 ? 0 : change / this.previous;
    if (this.previous < START_UP) {
      this.contractions.shift();
      this.contractions.push(ratio);
    }
    this.stalled = change <= ROUNDING && ratio > 0.5;
    this.previous = change;
    const worst = Math.max(...this.contractions, LEAST_CONTRACTION);
    if (this.stalled) this.relativeError = 4 * change + FLOOR;
    else if (worst < 1) this.relativeError = (change * worst) / (1 - worst) + FLOOR;
    else this.relativeError = Number.POSITIVE_INFINITY;
  }
}
