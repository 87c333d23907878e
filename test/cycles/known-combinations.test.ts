import { describe, expect, it } from 'vitest';
import { KnownCombinations } from '../../src/simulate/cycles/choices/known-combinations.ts';

/** Combinations of classes with their downtime, learned by one and taught to another. */
function taught(...combinations: readonly (readonly [classes: readonly number[], downtime: number])[]) {
  const pupil = new KnownCombinations(6);
  const teacher = new KnownCombinations(6);
  for (const [classes, downtime] of combinations) teacher.learn(classes, downtime, 10 * downtime);
  pupil.teach(teacher.takeLesson());
  pupil.useLearned();
  return pupil;
}

/** What is missing after failures of the classes `struck`; each class has one mode, of its own number. */
function missing(known: KnownCombinations, ...struck: readonly number[]): number[] {
  const out = new Float64Array(6);
  const failures = [...struck, -1].map((mode) => ({ mode }));
  known.missing(failures, struck.length, Int32Array.of(0, 1, 2, 3, 4, 5), out);
  return [...out];
}

describe('combinations of failures that are known to lead to downtime', () => {
  it('tell what is missing, in whatever order they were met, the less the more is missing', () => {
    const known = taught([[3, 1, 2], 8]);
    expect(missing(known, 2)).toEqual([0, 0.8, 0, 0.8, 0, 0]);
    expect(missing(known, 2, 1)).toEqual([0, 0, 0, 8, 0, 0]);
    expect(missing(known, 2, 5, 1, 3)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('count a class as often as it strikes', () => {
    const known = taught([[4, 4], 3]);
    expect(missing(known)).toEqual([0, 0, 0, 0, 0.6000000000000001, 0]);
    expect(missing(known, 4)).toEqual([0, 0, 0, 0, 3, 0]);
    expect(missing(known, 4, 4)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('need a class only where they are none without it', () => {
    const known = taught([[1, 2], 6], [[1, 2, 5], 2], [[0, 5], 2]);
    expect([...known.needed()]).toEqual([0.2, 0.8, 0.8, 0, 0, 0.2]);
  });

  it('know how long incidents last, each by its downtime; a lesson is given once', () => {
    const known = taught([[1], 3], [[2], 1]);
    expect(known.meanLength).toBe((30 * 3 + 10 * 1) / 4);
    expect(taught().meanLength).toBe(0);
    const one = new KnownCombinations(2);
    one.learn([1, 0], 5, 2);
    expect(one.takeLesson()).toEqual([10, 2, 0, 1, 5]);
    expect(one.takeLesson()).toEqual([0]);
  });
});
