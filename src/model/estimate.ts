/** A number with its interval at the run's confidence; exact values have lo = hi. `n` is the number of observations behind it. */
export interface Estimate {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  readonly method: 'exact' | 'histories' | 'cycles' | 'poisson' | 'wilson';
  readonly n: number;
}

/** A value without uncertainty. */
export function exact(value: number): Estimate {
  return { value, lo: value, hi: value, method: 'exact', n: 1 };
}
