import { coefficientOfVariation, type Law, mean, moment } from '../../model/law.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';

/**
 * A duration as a walk through exponential phases, so that a chain can carry it. Phase i lasts on average
 * 1/rate[i] hours; then phase j follows with probability next[i·phases + j], and with what is missing to 1 the
 * duration ends.
 */
export interface PhaseType {
  readonly phases: number;
  /** Probability of starting in each phase; sums to 1. */
  readonly initial: Float64Array;
  /** 1/hour. */
  readonly rate: Float64Array;
  readonly next: Float64Array;
  /** How many moments of the original agree; Infinity when the law is the same. */
  readonly moments: number;
}

/** Most phases a fit may use; a less variable law becomes an Erlang law of this many phases, right in the mean only. */
const MOST_PHASES = 50;

/**
 * Phase-type form of a law (methods 3.5): exact for exponential and Erlang laws; three moments (two-phase Coxian) where
 * the variation is above the exponential's and three moments allow it; two moments otherwise. A constant, and any law
 * of variation below 1/√`mostPhases`, keeps its mean only: where the shape of the law matters the result is an
 * approximation that converges slowly (7.4: ten phases 10 % off, fifty 2 %).
 *
 * @throws RangeError when the law has no finite, positive mean.
 */
export function phaseTypeOf(law: Law, mostPhases: number = MOST_PHASES): PhaseType {
  const hours = mean(law) / SECONDS_PER_HOUR;
  if (!(hours > 0 && hours < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`a law of kind ${law.kind} with mean ${mean(law)} s has no phases`);
  }
  const cv = coefficientOfVariation(law);
  if (law.kind === 'exponential' || (law.kind === 'weibull' && law.shape === 1))
    return erlang(1, 1 / hours, Number.POSITIVE_INFINITY);
  if (law.kind === 'gamma' && Number.isInteger(law.shape))
    return erlang(law.shape, law.shape / hours, Number.POSITIVE_INFINITY);
  if (cv * cv * mostPhases < 1) return erlang(mostPhases, mostPhases / hours, 1);
  if (cv > 1) {
    const third = moment(law, 3) / SECONDS_PER_HOUR ** 3;
    const coxian = coxianOfThreeMoments(hours, hours * hours * (1 + cv * cv), third);
    if (coxian !== undefined) return coxian;
  }
  return phaseTypeOfTwoMoments(hours, cv * cv);
}

/**
 * Phases with the given mean (hours) and squared coefficient of variation > 0: below 1 a mixture of Erlang laws of
 * k − 1 and k phases with k = ⌈1/cv²⌉ (Tijms), from 1 on two exponential phases with balanced means.
 *
 * @see Tijms, Stochastic Models (1994), p. 358.
 */
export function phaseTypeOfTwoMoments(meanHours: number, squaredCv: number): PhaseType {
  if (squaredCv >= 1) {
    const p = (1 + Math.sqrt((squaredCv - 1) / (squaredCv + 1))) / 2;
    return {
      phases: 2,
      initial: Float64Array.of(p, 1 - p),
      rate: Float64Array.of((2 * p) / meanHours, (2 * (1 - p)) / meanHours),
      next: new Float64Array(4),
      moments: 2,
    };
  }
  const k = Math.ceil(1 / squaredCv - 1e-12);
  const p = (k * squaredCv - Math.sqrt(Math.max(0, k * (1 + squaredCv) - k * k * squaredCv))) / (1 + squaredCv);
  const line = erlang(k, (k - p) / meanHours, 2);
  // The shorter Erlang law is the longer one entered at its second phase.
  line.initial[0] = 1 - p;
  if (k > 1) line.initial[1] = p;
  return line;
}

/**
 * Two-phase Coxian law with the given first three moments (hours, hours², hours³), or undefined when there is none.
 * The mean phase times x < y solve (B − A²)x² + (AB − C)x + (AC − B²) = 0 with A = m₁, B = m₂/2, C = m₃/6.
 */
export function coxianOfThreeMoments(m1: number, m2: number, m3: number): PhaseType | undefined {
  const b = m2 / 2;
  const c = m3 / 6;
  const square = b - m1 * m1;
  if (!(square > 1e-12 * b)) return undefined;
  const half = (c - m1 * b) / (2 * square);
  const product = (m1 * c - b * b) / square;
  const discriminant = half * half - product;
  if (!(product > 0 && discriminant >= 0)) return undefined;
  const long = half + Math.sqrt(discriminant);
  const short = product / long;
  const onward = (m1 - short) / long;
  if (!(short > 0 && onward >= 0 && onward <= 1)) return undefined;
  return {
    phases: 2,
    initial: Float64Array.of(1, 0),
    rate: Float64Array.of(1 / short, 1 / long),
    next: Float64Array.of(0, onward, 0, 0),
    moments: 3,
  };
}

/** `phases` exponential phases in a row, each of `rate` 1/hour. */
function erlang(phases: number, rate: number, moments: number): PhaseType {
  const next = new Float64Array(phases * phases);
  for (let i = 0; i + 1 < phases; i++) next[i * phases + i + 1] = 1;
  const initial = new Float64Array(phases);
  initial[0] = 1;
  return { phases, initial, rate: new Float64Array(phases).fill(rate), next, moments };
}

/** Raw moment of a phase-type law, in hours^order: order! · α(−T)^{−order}1, phase by phase. */
export function phaseTypeMoment(law: PhaseType, order: number): number {
  let value = new Float64Array(law.phases).fill(1);
  for (let k = 1; k <= order; k++)
    value = solvePhases(
      law,
      value.map((x) => k * x),
    );
  return law.initial.reduce((sum, p, i) => sum + p * value[i]!, 0);
}

/** Solves (−T)x = b, i.e. x_i = b_i/rate_i + Σ next_ij x_j, by elimination (phases may be visited in any order). */
function solvePhases(law: PhaseType, b: Float64Array): Float64Array<ArrayBuffer> {
  const n = law.phases;
  const a = Float64Array.from(law.next, (p, c) => (c % (n + 1) === 0 ? 1 - p : -p));
  const x = Float64Array.from(b, (value, i) => value / law.rate[i]!);
  for (let k = 0; k < n; k++) {
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / a[k * n + k]!;
      if (factor === 0) continue;
      for (let j = k; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
      x[i]! -= factor * x[k]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) x[k]! -= a[k * n + j]! * x[j]!;
    x[k]! /= a[k * n + k]!;
  }
  return x;
}
