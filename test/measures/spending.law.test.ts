import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../src/adapters/special.ts';
import { looksUpTo, spendingTails } from '../../src/measures/comparison/spending.ts';
import { Random } from './random.ts';

describe('law: all looks of a sequential test together err as often as they may', () => {
  test.each([
    [40, 0.05],
    [1_000, 0.05],
    [10_000, 0.01],
  ])('up to %d histories, one side at %d', (most, alpha) => {
    const looks = looksUpTo(most);
    const bounds = spendingTails(looks, alpha).map((tail) => -normalQuantile(tail));
    const random = new Random(most);
    const runs = 20_000;
    let crossed = 0;
    for (let run = 0; run < runs; run++) {
      let [motion, time] = [0, 0];
      for (let i = 0; i < looks.length; i++) {
        motion += Math.sqrt(looks[i]! - time) * random.normal();
        time = looks[i]!;
        if (motion / Math.sqrt(time) <= bounds[i]!) continue;
        crossed++;
        break;
      }
    }
    expect(Math.abs(crossed / runs - alpha)).toBeLessThan(3.5 * Math.sqrt((alpha * (1 - alpha)) / runs));
  });

  test('a single look has the whole of it', () => {
    expect(spendingTails([500], 0.025)[0]).toBeCloseTo(0.025, 9);
  });

  test('looks grow by a quarter and end with the last', () => {
    expect(looksUpTo(100)).toEqual([32, 40, 50, 63, 79, 100]);
    expect(looksUpTo(20)).toEqual([20]);
  });
});
