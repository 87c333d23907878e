/**
 * Numbers of the flat layouts. They stand in a module without imports because only there does the bundler put them
 * in place as literals; elsewhere a top-level constant becomes a variable that hot code reads again and again.
 */

/** A stream's record: state in words 0–3, key in 4–5, stamp in 6, one word unused: half a cache line. */
export const RECORD = 8;
export const KEY = 4;
export const STAMP = 6;

/** Ways to draw: a law of the model becomes one of these and four numbers, the last of which is an offset (µs). */
export const NEVER = 0;
export const CONSTANT = 1;
export const EXPONENTIAL = 2;
export const LOGNORMAL = 3;
export const WEIBULL = 4;
export const UNIFORM = 5;
export const TRIANGULAR = 6;
export const EMPIRICAL = 7;
export const CALENDAR = 8;
export const ERLANG = 9;
export const GAMMA = 10;
export const GAMMA_BELOW_ONE = 11;
export const NUMBERS = 4;
export const OFFSET = 3;
