import { aligned } from '../../kernel/sampler.ts';
import type { Law } from '../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';

/**
 * A failure law without a density: it strikes at some ages and at no other. Constants have one, observed lives as many as
 * were observed; the age of what follows a calendar is counted from its next instant on, and is negative until then.
 */
export interface FixedAges {
  /** µs of operation, ascending. */
  readonly ages: Float64Array;
  /** Of what has lived until each of them and not beyond: the chance to fail there; 1 at the last. */
  readonly chances: Float64Array;
  /** Age of what is counted from new at `now` (µs). */
  readonly beginsAt: (now: number) => number;
}

/** The ages at which `law` strikes; of laws that `hazardOf` does not know, but for `never`. */
export function fixedAges(law: Law): FixedAges {
  let inner = law;
  let offset = 0;
  while (inner.kind === 'shifted') {
    offset += inner.offset;
    inner = inner.law;
  }
  if (inner.kind === 'calendar') {
    return { ages: Float64Array.of(0), chances: Float64Array.of(1), beginsAt: (now) => -aligned(law, now) };
  }
  const beginsAt = (): number => 0;
  if (inner.kind !== 'empirical') {
    return { ages: Float64Array.of(aligned(law, 0)), chances: Float64Array.of(1), beginsAt };
  }
  // Rounded as the kernel's sampler rounds its draws.
  const lives = inner.values
    .map((value) => Math.floor(value * MICROSECONDS_PER_SECOND + offset * MICROSECONDS_PER_SECOND + 0.5))
    .sort((a, b) => a - b);
  const ages = [...new Set(lives)];
  const chances = ages.map((age) => {
    const left = lives.filter((life) => life >= age);
    return left.filter((life) => life === age).length / left.length;
  });
  return { ages: Float64Array.from(ages), chances: Float64Array.from(chances), beginsAt };
}

const LEAST_WEIGHT = 1e-12;
/** Lengths of time, in units of what is asked for, that count as soon: incidents that do most harm are long ones. */
const SOON = [2, 8] as const;

/**
 * Failures to be expected soon of what has an age of `age` (µs), within some `length` (µs). Each counts by a sum of exponentials
 * of the time until it: no probability, but it grows with it and ends nowhere.
 */
export function expectedSoon({ ages, chances }: FixedAges, age: number, length: number): number {
  let sum = 0;
  let alive = 1;
  for (let i = 0; i < ages.length && alive > 0; i++) {
    if (ages[i]! <= age) continue;
    const time = (ages[i]! - age) / length;
    let weight = 0;
    for (const scale of SOON) weight += Math.exp(-time / scale) / SOON.length;
    if (weight < LEAST_WEIGHT) break;
    sum += alive * chances[i]! * weight;
    alive *= 1 - chances[i]!;
  }
  return sum;
}
