/**
 * Ways to draw: a law of the model becomes one of these. The numbers stand in a module without imports because only
 * there does the bundler put them in place as literals; elsewhere a top-level constant becomes a variable that hot code
 * reads again and again.
 */
export const NEVER = 0;
export const CONSTANT = 1;
export const EXPONENTIAL = 2;
export const LOGNORMAL = 3;
export const SHIFTED_LOGNORMAL = 4;
export const WEIBULL = 5;
export const UNIFORM = 6;
export const TRIANGULAR = 7;
export const EMPIRICAL = 8;
export const CALENDAR = 9;
export const ERLANG = 10;
export const GAMMA = 11;
export const GAMMA_BELOW_ONE = 12;
