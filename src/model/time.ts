/** The year of both seed documents: 365 days (8 760 h). All per-year figures use it. */
export const SECONDS_PER_YEAR = 31_536_000;
export const HOURS_PER_YEAR = 8_760;
export const SECONDS_PER_HOUR = 3_600;
/** Simulated time is an integer number of microseconds in a double. */
export const MICROSECONDS_PER_SECOND = 1_000_000;
export const MICROSECONDS_PER_YEAR = SECONDS_PER_YEAR * MICROSECONDS_PER_SECOND;

/** Nines of an unavailability U: −log10(U); Infinity for U = 0. */
export function nines(unavailability: number): number {
  return -Math.log10(unavailability);
}
