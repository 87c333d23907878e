import { describe, expect, it } from 'vitest';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';
import { pickOfMany } from '../../src/simulate/cycles/choices/forcing-time.ts';

const DRAWS = 60_000;
const streams = new Streams(new Uint32Array(streamKey('many', 'pick')), rootKey('many'));
const random = (): number => streams.next53(0);

describe('law: one of many is picked as often as its weight says', () => {
  it('weights from nothing to the largest', () => {
    streams.begin(0);
    const weights = Array.from({ length: 90 }, (_, i) => i % 6);
    const counts = weights.map(() => 0);
    let none = 0;
    for (let draw = 0; draw < DRAWS; draw++) {
      const index = pickOfMany(weights.length, (i) => weights[i]!, 5, random);
      if (index < 0) none++;
      else counts[index]!++;
    }
    expect(none).toBe(0);
    let distance = 0;
    weights.forEach((weight, i) => {
      const expected = (DRAWS * weight) / 225;
      if (weight === 0) expect(counts[i]).toBe(0);
      else distance += (counts[i]! - expected) ** 2 / expected;
    });
    // Chi-square of 74 degrees: outside 40 … 125 once in 5 000.
    expect(distance).toBeGreaterThan(40);
    expect(distance).toBeLessThan(125);
  });

  it('is left to others where there are few, or hardly any of the many has a weight', () => {
    streams.begin(1);
    expect(pickOfMany(64, () => 1, 1, random)).toBe(-1);
    expect(pickOfMany(65, () => 0, 1, random)).toBe(-1);
  });
});
