import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventTotals } from '../../src/measures/statistics/event-totals.ts';
import { Moments } from '../../src/measures/statistics/moments.ts';
import { QuantileSketch } from '../../src/measures/statistics/sketch.ts';
import { Sum, sumOf } from '../../src/measures/statistics/sum.ts';

const SEED = { seed: 20_240_611, numRuns: 200 };
const amount = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const sample = fc.array(amount, { minLength: 0, maxLength: 40 });

interface Accumulator<T> {
  add(value: number): void;
  merge(other: T): void;
  toJSON(): number[];
}

/** Laws every accumulator obeys; `close` compares states up to the rounding of sums. */
function accumulatorLaws<T extends Accumulator<T>>(
  name: string,
  create: () => T,
  read: (state: readonly number[]) => T,
): void {
  const filled = (values: readonly number[]): T => {
    const accumulator = create();
    for (const value of values) accumulator.add(value);
    return accumulator;
  };
  const json = (accumulator: T): string => JSON.stringify(accumulator);

  describe(name, () => {
    test('a state written to JSON and read back is the same state and goes on the same way', () => {
      fc.assert(
        fc.property(sample, amount, (values, next) => {
          const original = filled(values);
          const copy = read(JSON.parse(json(original)));
          expect(json(copy)).toBe(json(original));
          original.add(next);
          copy.add(next);
          expect(json(copy)).toBe(json(original));
        }),
        SEED,
      );
    });

    test('merging an empty one changes nothing, merging into an empty one copies', () => {
      fc.assert(
        fc.property(sample, (values) => {
          const original = filled(values);
          original.merge(create());
          expect(json(original)).toBe(json(filled(values)));
          const copy = create();
          copy.merge(original);
          expect(copy.toJSON().length).toBe(original.toJSON().length);
          copy.toJSON().forEach((figure, i) => {
            expect(figure).toBeCloseTo(original.toJSON()[i]!, 6);
          });
        }),
        SEED,
      );
    });
  });
}

accumulatorLaws('Sum', () => new Sum(), Sum.fromJSON);
accumulatorLaws('Moments', () => new Moments(), Moments.fromJSON);
accumulatorLaws('EventTotals', () => new EventTotals(), EventTotals.fromJSON);
accumulatorLaws('QuantileSketch', () => new QuantileSketch(), QuantileSketch.fromJSON);

describe('Sum', () => {
  test('keeps what a plain sum loses', () => {
    expect(sumOf([1, 1e100, 1, -1e100])).toBe(2);
    expect(sumOf(new Array(10).fill(0.1))).toBe(1);
  });

  test('merging parts loses nothing either', () => {
    const left = new Sum();
    left.add(1);
    left.add(1e100);
    const right = new Sum();
    right.add(1);
    right.add(-1e100);
    left.merge(right);
    expect(left.value).toBe(2);
  });
});

describe('Moments', () => {
  test('weighted moments by hand (numpy, reliability weights)', () => {
    const moments = new Moments();
    const values = [2, 4, 4, 5, 7, 9];
    [1, 2, 1, 0.5, 3, 1].forEach((weight, i) => {
      moments.add(values[i]!, weight);
    });
    expect(moments.mean).toBeCloseTo(5.470588235294118, 12);
    expect(moments.variance).toBeCloseTo(5.785714285714287, 12);
    expect(moments.thirdCentralMoment).toBeCloseTo(0.3883574190922019, 12);
    expect(moments.sum).toBeCloseTo(46.5, 12);
  });

  test('parts merge into the moments of the whole', () => {
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const merged = Moments.of(left);
        merged.merge(Moments.of(right));
        const whole = Moments.of([...left, ...right]);
        const scale = Math.sqrt(whole.variance);
        expect(merged.count).toBe(whole.count);
        expect(Math.abs(merged.mean - whole.mean)).toBeLessThanOrEqual(1e-9 * (scale + whole.mean));
        expect(Math.abs(merged.variance - whole.variance)).toBeLessThanOrEqual(1e-9 * (scale + whole.mean) ** 2);
        expect(Math.abs(merged.thirdCentralMoment - whole.thirdCentralMoment)).toBeLessThanOrEqual(
          1e-9 * (scale + whole.mean) ** 3,
        );
      }),
      SEED,
    );
  });

  test('a large offset costs no digits of the variance', () => {
    expect(Moments.of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance).toBe(30);
  });
});

describe('EventTotals', () => {
  test('knows the two largest across a merge', () => {
    const left = new EventTotals();
    left.add(5);
    left.add(1);
    const right = new EventTotals();
    right.add(4);
    right.add(5);
    left.merge(right);
    expect(left).toMatchObject({ count: 4, total: 15, sumOfSquares: 67, largest: 5, secondLargest: 5 });
    expect(left.endPoint).toBe(5);
  });
});
