/** Ends of an interval, lo ≤ hi. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** Probability of one tail of a two-sided interval, (1 − confidence) / 2. Throws RangeError unless 0 < confidence < 1. */
export function tail(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`Confidence must lie between 0 and 1: ${confidence}`);
  return (1 - confidence) / 2;
}

/** Throws RangeError, naming the value, unless it is a finite number ≥ 0. */
export function requireAmount(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name} must be a finite number ≥ 0: ${value}`);
  }
}
