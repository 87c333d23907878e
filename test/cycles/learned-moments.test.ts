import { describe, expect, it } from 'vitest';
import { LearnedMoments } from '../../src/simulate/cycles/choices/learned-moments.ts';

describe('what the pilot has learned of choices', () => {
  it('is the root mean square of what they led to, the first round for a tenth of the others', () => {
    const moments = new LearnedMoments(1, 2);
    const learnt = (values: readonly number[]): number => {
      for (const value of values) moments.learn(1, value);
      moments.teach(moments.takeLesson());
      moments.useLearned();
      return moments.roots[1]!;
    };
    expect(learnt([3, 4, 0])).toBeCloseTo(Math.sqrt(25 / 3), 12);
    expect(learnt([1, 1])).toBeCloseTo(Math.sqrt((2.5 + 2) / 2.3), 12);
    // Later ones in full.
    expect(learnt([2])).toBeCloseTo(Math.sqrt((2.5 + 2 + 4) / 3.3), 12);
    expect(moments.roots[0]).toBe(0);
  });

  it('is used only once it has been taught, and a lesson is given once', () => {
    const moments = new LearnedMoments(2, 1);
    moments.learn(1, 5);
    expect([...moments.roots]).toEqual([0, 0]);
    expect(moments.takeLesson()).toEqual([1, 25, 1]);
    expect(moments.takeLesson()).toEqual([]);
  });
});
