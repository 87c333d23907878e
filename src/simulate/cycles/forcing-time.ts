import type { IncidentPath } from './incident-path.ts';

/** Shares of the mixture of times (methods §2.5): as it falls, every interval alike, early by one and by two powers. */
const NATURAL = 0.4;
const BALANCED = 0.2;
const EARLY = [0.2, 0.2] as const;

/** Where the next failure strikes, with the likelihood ratio f̃/g: f̃ is the density of a failure there, not normalised. */
export interface ForcedTime {
  interval: number;
  /** µs after the interval's start. */
  offset: number;
  ratio: number;
}

/**
 * Draws the time of the next failure on `path` from a mixture that leaves no stretch of it unlikely, and writes it to
 * `out`. `path.mass` must be positive.
 */
export function forceTime(path: IncidentPath, random: () => number, out: ForcedTime): void {
  const { masses, rates, lengths, count } = path;
  let open = 0;
  for (let i = 0; i < count; i++) if (masses[i]! > 0) open++;
  const span = path.starts[count - 1]! + lengths[count - 1]! - path.starts[0]!;
  const early = EARLY.map((_, i) => earlyMass(path, span, i + 1));
  const u = random();
  if (u < NATURAL) {
    out.interval = pick(count, (i) => masses[i]!, random() * path.mass);
    out.offset = within(rates[out.interval]!, lengths[out.interval]!, random());
  } else if (u < NATURAL + BALANCED) {
    out.interval = pick(count, (i) => (masses[i]! > 0 ? 1 : 0), random() * open);
    out.offset = within(rates[out.interval]!, lengths[out.interval]!, random());
  } else {
    const power = u - NATURAL - BALANCED < EARLY[0] ? 1 : 2;
    const weight = (i: number): number => earlyWeight(path, span, power, i);
    out.interval = pick(count, weight, random() * early[power - 1]!);
    const left = span - (path.starts[out.interval]! - path.starts[0]!);
    const end = Math.max(0, left - lengths[out.interval]!);
    const at = left ** (power + 1) - random() * (left ** (power + 1) - end ** (power + 1));
    out.offset = Math.min(lengths[out.interval]!, Math.max(0, left - at ** (1 / (power + 1))));
  }
  out.ratio = ratioAt(path, out.interval, out.offset, open, span, early);
}

/** The time as it falls, without a mixture: the ratio is the probability that a failure strikes at all. */
export function naturalTime(path: IncidentPath, random: () => number, out: ForcedTime): void {
  out.interval = pick(path.count, (i) => path.masses[i]!, random() * path.mass);
  out.offset = within(path.rates[out.interval]!, path.lengths[out.interval]!, random());
  out.ratio = path.mass;
}

function ratioAt(
  path: IncidentPath,
  interval: number,
  offset: number,
  open: number,
  span: number,
  early: readonly number[],
): number {
  const rate = path.rates[interval]!;
  const mass = path.masses[interval]!;
  const inside = -Math.expm1(-rate * path.lengths[interval]!);
  // Density of a failure here, f̃ = h·e^(−H), from the probability of one anywhere in the interval.
  const density = (mass / inside) * rate * Math.exp(-rate * offset);
  const left = span - (path.starts[interval]! - path.starts[0]!) - offset;
  let mixture = (NATURAL / path.mass + BALANCED / (open * mass)) * density;
  for (let i = 0; i < EARLY.length; i++) mixture += (EARLY[i]! * rate * left ** (i + 1)) / early[i]!;
  return density / mixture;
}

function earlyMass(path: IncidentPath, span: number, power: number): number {
  let sum = 0;
  for (let i = 0; i < path.count; i++) sum += earlyWeight(path, span, power, i);
  return sum;
}

/** ∫ rate·(b − s)^power over interval `i`, with b the end of the path. */
function earlyWeight(path: IncidentPath, span: number, power: number, i: number): number {
  const left = span - (path.starts[i]! - path.starts[0]!);
  const end = Math.max(0, left - path.lengths[i]!);
  return (path.rates[i]! * (left ** (power + 1) - end ** (power + 1))) / (power + 1);
}

/** First index at which the running sum of the weights exceeds `target`; the last with a weight where rounding runs out. */
export function pick(count: number, weight: (index: number) => number, target: number): number {
  let last = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const w = weight(i);
    if (w <= 0) continue;
    last = i;
    sum += w;
    if (sum > target) return i;
  }
  return last;
}

/** Time of an exponential failure known to strike within `length`. */
function within(rate: number, length: number, u: number): number {
  return Math.min(length, -Math.log1p(u * Math.expm1(-rate * length)) / rate);
}
