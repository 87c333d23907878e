/**
 * Laws of durations. Every parameter that is a time is in seconds and finite; laws are plain data, so that they
 * can be compared, printed and sent to a worker. Drawing from them is the kernel's business.
 *
 * @see methods: Law & Kelton, Simulation Modeling and Analysis, ch. 6, for the parametrisations.
 */
export type Law =
  /** Always `value` seconds; `value` ≥ 0. */
  | { readonly kind: 'deterministic'; readonly value: number }
  /** Memoryless with the given `mean` > 0. */
  | { readonly kind: 'exponential'; readonly mean: number }
  /** Uniform on (low, high], 0 ≤ low ≤ high. */
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  /**
   * The wait of something that looks at fixed instants for an event at any instant (SEM-17): uniform on (low, high],
   * where `high` is what the worst alignment gives. Scripted runs align it instead of drawing.
   */
  | { readonly kind: 'probe'; readonly low: number; readonly high: number }
  /** Triangular on [low, high] with the given mode. */
  | { readonly kind: 'triangular'; readonly low: number; readonly mode: number; readonly high: number }
  /** Weibull: P(T > t) = exp(−(t/scale)^shape). */
  | { readonly kind: 'weibull'; readonly scale: number; readonly shape: number }
  /** Gamma; an integer shape is Erlang. Mean shape·scale. */
  | { readonly kind: 'gamma'; readonly shape: number; readonly scale: number }
  /** ln T is normal with mean `mu` (of seconds) and standard deviation `sigma`. */
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  /** Draws one of the observed values, each equally likely. At least one. */
  | { readonly kind: 'empirical'; readonly values: readonly number[] }
  /** `offset` seconds plus a draw of `law`. */
  | { readonly kind: 'shifted'; readonly offset: number; readonly law: Law }
  /** The wait until the next multiple of `period` of simulated time plus `phase`: batch windows, retry grids. */
  | { readonly kind: 'calendar'; readonly period: number; readonly phase: number }
  /** Never happens. Used where a mechanism is switched off. */
  | { readonly kind: 'never' };

export type LawKind = Law['kind'];

/** ln Γ(x) for x > 0, Lanczos approximation (g = 7, n = 9), relative error below 1e-14. */
export function logGamma(x: number): number {
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const y = x - 1;
  let sum = c[0]!;
  for (let i = 1; i < 9; i++) sum += c[i]! / (y + i);
  const t = y + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Raw moment E[T^order] in seconds^order, order ≥ 0; Infinity for `never`. A calendar counts as uniform over its period. */
export function moment(law: Law, order: number): number {
  switch (law.kind) {
    case 'deterministic':
      return law.value ** order;
    case 'exponential':
      return law.mean ** order * Math.exp(logGamma(1 + order));
    case 'uniform':
    case 'probe':
      return uniformMoment(law.low, law.high, order);
    case 'calendar':
      return uniformMoment(0, law.period, order);
    case 'triangular':
      return triangularMoment(law.low, law.mode, law.high, order);
    case 'weibull':
      return law.scale ** order * Math.exp(logGamma(1 + order / law.shape));
    case 'gamma':
      return law.scale ** order * Math.exp(logGamma(law.shape + order) - logGamma(law.shape));
    case 'lognormal':
      return Math.exp(order * law.mu + (order * law.sigma) ** 2 / 2);
    case 'empirical':
      return law.values.reduce((sum, value) => sum + value ** order, 0) / law.values.length;
    case 'shifted': {
      let sum = 0;
      let binomial = 1;
      for (let k = 0; k <= order; k++) {
        sum += binomial * law.offset ** (order - k) * moment(law.law, k);
        binomial = (binomial * (order - k)) / (k + 1);
      }
      return sum;
    }
    case 'never':
      return order === 0 ? 1 : Number.POSITIVE_INFINITY;
  }
}

/** Mean in seconds; Infinity for `never`. */
export function mean(law: Law): number {
  if (law.kind === 'exponential') return law.mean;
  if (law.kind === 'shifted') return law.offset + mean(law.law);
  return moment(law, 1);
}

/** Coefficient of variation, standard deviation over mean; 0 for a constant (and for a mean of 0). */
export function coefficientOfVariation(law: Law): number {
  if (law.kind === 'deterministic' || law.kind === 'never') return 0;
  const m = mean(law);
  return m === 0 ? 0 : Math.sqrt(Math.max(0, moment(law, 2) - m * m)) / m;
}

/** The law of the same durations, each divided by `factor` > 0. */
export function fasterBy(law: Law, factor: number): Law {
  switch (law.kind) {
    case 'deterministic':
      return { ...law, value: law.value / factor };
    case 'exponential':
      return { ...law, mean: law.mean / factor };
    case 'uniform':
    case 'probe':
      return { ...law, low: law.low / factor, high: law.high / factor };
    case 'triangular':
      return { ...law, low: law.low / factor, mode: law.mode / factor, high: law.high / factor };
    case 'weibull':
    case 'gamma':
      return { ...law, scale: law.scale / factor };
    case 'lognormal':
      return { ...law, mu: law.mu - Math.log(factor) };
    case 'empirical':
      return { ...law, values: law.values.map((value) => value / factor) };
    case 'shifted':
      return { ...law, offset: law.offset / factor, law: fasterBy(law.law, factor) };
    case 'calendar':
      return { ...law, period: law.period / factor, phase: law.phase / factor };
    case 'never':
      return law;
  }
}

/** Weibull law with the given mean (seconds) and shape. */
export function weibullOfMean(meanSeconds: number, shape: number): Law {
  return { kind: 'weibull', shape, scale: meanSeconds / Math.exp(logGamma(1 + 1 / shape)) };
}

/** Lognormal law with the given mean (seconds) and coefficient of variation. */
export function lognormalOfMean(meanSeconds: number, cv: number): Law {
  const variance = Math.log1p(cv * cv);
  return { kind: 'lognormal', mu: Math.log(meanSeconds) - variance / 2, sigma: Math.sqrt(variance) };
}

/** Lognormal law with the given median and 95th percentile, both in seconds, p95 > median. */
export function lognormalOfQuantiles(median: number, p95: number): Law {
  return { kind: 'lognormal', mu: Math.log(median), sigma: Math.log(p95 / median) / 1.6448536269514722 };
}

function uniformMoment(low: number, high: number, order: number): number {
  if (high === low) return low ** order;
  return (high ** (order + 1) - low ** (order + 1)) / ((order + 1) * (high - low));
}

/** Integer moments by integrating the two linear pieces of the density. */
function triangularMoment(low: number, mode: number, high: number, order: number): number {
  if (high === low) return low ** order;
  const piece = (from: number, to: number, zero: number, slope: number): number => {
    const power = (x: number, n: number): number => x ** n / n;
    const at = (x: number): number => slope * (power(x, order + 2) - zero * power(x, order + 1));
    return at(to) - at(from);
  };
  let sum = 0;
  if (mode > low) sum += piece(low, mode, low, 2 / ((high - low) * (mode - low)));
  if (high > mode) sum += piece(mode, high, high, -2 / ((high - low) * (high - mode)));
  return sum;
}
