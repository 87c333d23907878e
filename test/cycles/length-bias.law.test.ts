import { describe, expect, it } from 'vitest';
import { Sampler } from '../../src/kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';
import { type Law, lognormalOfMean, mean, moment, weibullOfMean } from '../../src/model/law.ts';
import { FIRST_SHARES, lengthBias, partsAt } from '../../src/simulate/cycles/choices/length-bias.ts';

const HOUR = 3600;
const DRAWS = 4_000;
const SEEDS = 40;
const laws: readonly (readonly [string, Law])[] = [
  ['exponential', { kind: 'exponential', mean: 4 * HOUR }],
  ['gamma', { kind: 'gamma', shape: 2.5, scale: HOUR }],
  ['Weibull', weibullOfMean(4 * HOUR, 1.5)],
  ['lognormal', lognormalOfMean(4 * HOUR, 1)],
  ['uniform', { kind: 'uniform', low: HOUR, high: 3 * HOUR }],
  ['shifted', { kind: 'shifted', offset: HOUR, law: { kind: 'exponential', mean: HOUR } }],
];

describe('law: length-biased mixtures', () => {
  it.each(laws)('%s: weighted draws have the moments of the law', (_name, law) => {
    const orders = [0, 1, 2];
    const squaredDistance = orders.map(() => 0);
    for (let seed = 0; seed < SEEDS; seed++) {
      const draw = weightedDraws(law, `seed ${seed}`);
      const draws = Array.from({ length: DRAWS }, draw);
      for (const order of orders) {
        const amounts = draws.map(([ratio, seconds]) => ratio * seconds ** order);
        const average = amounts.reduce((sum, x) => sum + x, 0) / DRAWS;
        const variance = amounts.reduce((sum, x) => sum + (x - average) ** 2, 0) / (DRAWS - 1);
        squaredDistance[order]! += (average - moment(law, order)) ** 2 / (variance / DRAWS) / SEEDS;
      }
    }
    // Chi-square of 40 degrees over 40: outside 0.45 … 1.9 once in 2 000.
    for (const order of orders) {
      expect(squaredDistance[order], `order ${order}`).toBeGreaterThan(0.45);
      expect(squaredDistance[order], `order ${order}`).toBeLessThan(1.9);
    }
  });

  it('leaves short phases and constants as they are, and does not stretch a phase beyond the times between failures', () => {
    expect(lengthBias({ kind: 'exponential', mean: 10 }, 1e-9)).toBeUndefined();
    expect(lengthBias({ kind: 'deterministic', value: HOUR }, 1e-9)).toBeUndefined();
    const heavy = lognormalOfMean(4 * HOUR, 3);
    const gentle = lengthBias(heavy, 1 / (100 * HOUR))!;
    for (const { law } of gentle.biased) expect(mean(law)).toBeLessThanOrEqual(301 * HOUR);
    expect(Math.max(...gentle.biased.map((one) => one.order))).toBeLessThan(3);
  });
});

/** Draws from the mixture for `law` with their likelihood ratios. */
function weightedDraws(law: Law, seed: string): () => readonly [ratio: number, seconds: number] {
  const bias = lengthBias(law, 1e-9)!;
  const streams = new Streams(streamKey('bias', 'test'), rootKey(seed));
  const sampler = new Sampler([law, ...bias.biased.map((one) => one.law)], streams);
  const parts = new Float64Array(FIRST_SHARES.length);
  return () => {
    let u = streams.next53(0) - FIRST_SHARES[0];
    let seconds: number;
    if (u < 0) seconds = sampler.draw(0, 0, 0) / 1e6;
    else {
      let k = 0;
      while (k < 2 && u >= FIRST_SHARES[k + 1]!) u -= FIRST_SHARES[++k]!;
      const { power, scale } = bias.biased[k]!;
      seconds = bias.offset + (sampler.draw(k + 1, 0, 0) / 1e6) ** power * scale;
    }
    return [1 / partsAt(bias, seconds, FIRST_SHARES, 0, parts), seconds];
  };
}
