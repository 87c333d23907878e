import { type Law, logGamma, mean, moment } from '../../../model/law.ts';

/** Shares of the mixture to start with: the law itself, then the three biased ones (methods §2.4). */
export const FIRST_SHARES = [0.4, 0.2, 0.2, 0.2] as const;
/** Shorter phases are drawn as they are: next to nothing else happens within them. */
const SHORTEST_SECONDS = 60;
const HIGHEST_ORDER = 3;
/** A biased phase must not last longer on average than this many mean times to the next failure: beyond, nothing is gained. */
const LONGEST_IN_FAILURES = 3;

/** A law to draw from in place of another: a density proportional to t^order times its own, shifted by `offset` seconds. */
export interface Biased {
  readonly order: number;
  /** Law whose `power`-th power, times `scale`, has the biased law. */
  readonly law: Law;
  readonly power: number;
  readonly scale: number;
  /** ln E[T^order] of the law without its offset. */
  readonly logMoment: number;
}

/** How to draw a phase: from its own law or from one of `biased`. */
export interface LengthBias {
  /** Constant part of the phase, seconds: not biased. */
  readonly offset: number;
  readonly biased: readonly Biased[];
}

/**
 * Length-biased mixture for phases of law `law`, or undefined where the law is drawn as it is (constants, short phases,
 * laws without a closed form).
 *
 * @param failureRate total failure rate of the model, 1/s
 * @see methods §2.4 eq. (3); removes the variance and the under-coverage that heavy-tailed repairs cause.
 */
export function lengthBias(law: Law, failureRate: number): LengthBias | undefined {
  if (mean(law) < SHORTEST_SECONDS || !Number.isFinite(mean(law))) return undefined;
  const [offset, inner] = law.kind === 'shifted' ? [law.offset, law.law] : [0, law];
  const longest = LONGEST_IN_FAILURES / failureRate;
  let highest = 0;
  for (let order = HIGHEST_ORDER; order > 0; order -= HIGHEST_ORDER / 6) {
    if (biasedMean(inner, order) <= longest) {
      highest = order;
      break;
    }
  }
  if (highest === 0) return undefined;
  const biased = [highest / 3, (2 * highest) / 3, highest].map((order) => biasedLaw(inner, order));
  if (biased.some((one) => one === undefined)) return undefined;
  return { offset, biased: biased as Biased[] };
}

/**
 * Densities of the mixture's parts at a duration of `seconds` relative to the law's own, times their shares, to `out`; their
 * sum is returned. The law's likelihood ratio against the mixture is the inverse of it.
 */
export function partsAt(
  bias: LengthBias,
  seconds: number,
  shares: ArrayLike<number>,
  at: number,
  out: Float64Array,
): number {
  const logTime = Math.log(Math.max(seconds - bias.offset, 1e-6));
  let sum = shares[at]!;
  out[0] = sum;
  for (let k = 0; k < bias.biased.length; k++) {
    const { order, logMoment } = bias.biased[k]!;
    const part = shares[at + k + 1]! * Math.exp(order * logTime - logMoment);
    out[k + 1] = part;
    sum += part;
  }
  return sum;
}

/** E[T^(order+1)]/E[T^order]. */
function biasedMean(law: Law, order: number): number {
  return Math.exp(logMomentOf(law, order + 1) - logMomentOf(law, order));
}

function logMomentOf(law: Law, order: number): number {
  switch (law.kind) {
    case 'exponential':
      return order * Math.log(law.mean) + logGamma(1 + order);
    case 'gamma':
      return order * Math.log(law.scale) + logGamma(law.shape + order) - logGamma(law.shape);
    case 'weibull':
      return order * Math.log(law.scale) + logGamma(1 + order / law.shape);
    case 'lognormal':
      return order * law.mu + (order * law.sigma) ** 2 / 2;
    default:
      return Math.log(moment(law, order));
  }
}

function biasedLaw(law: Law, order: number): Biased | undefined {
  const plain = { order, power: 1, scale: 1, logMoment: logMomentOf(law, order) };
  switch (law.kind) {
    case 'exponential':
      return { ...plain, law: { kind: 'gamma', shape: 1 + order, scale: law.mean } };
    case 'gamma':
      return { ...plain, law: { kind: 'gamma', shape: law.shape + order, scale: law.scale } };
    case 'lognormal':
      return { ...plain, law: { kind: 'lognormal', mu: law.mu + order * law.sigma ** 2, sigma: law.sigma } };
    case 'weibull': {
      // T/scale = G^(1/shape) with G exponential: biased, G is a gamma of shape 1 + order/shape.
      const law_: Law = { kind: 'gamma', shape: 1 + order / law.shape, scale: 1 };
      return { ...plain, law: law_, power: 1 / law.shape, scale: law.scale };
    }
    case 'uniform':
    case 'probe': {
      // The (order + 1)-th power of a duration is uniform between those of its ends.
      if (law.low === law.high) return undefined;
      const low = (law.low / law.high) ** (order + 1);
      return { ...plain, law: { kind: 'uniform', low, high: 1 }, power: 1 / (order + 1), scale: law.high };
    }
    default:
      return undefined;
  }
}
