import type { Verdict } from '../../model/check.ts';
import type { PairedEstimate } from '../../model/comparison.ts';
import type { Estimate } from '../../model/estimate.ts';
import { differenceOf, type Pairs, pairedEstimate } from './paired-amounts.ts';

/** Relative increases that are no regression, and those that are to be found. */
export interface RegressionRule {
  readonly tolerance: number;
  readonly detect: number;
}

/**
 * Whether b is a regression of a, at one look of a sequential test: a fail where b is certainly more than (1 + tolerance)·a,
 * a pass where it is certainly less than (1 + detect)·a. The test is on b − k·a rather than on the ratio (Fieller), so that
 * it holds where a is next to nothing; `largest` (s) allows for an outage of either that has not been seen yet.
 */
export function judgeRegression(pairs: Pairs, rule: RegressionRule, confidence: number, largest: number): Verdict {
  const against = (factor: number): Estimate =>
    differenceOf({ ...pairs, a: Array.from(pairs.a, (amount) => amount * factor) }, confidence, largest);
  return verdictOnExcess(against, rule);
}

/** The same by any estimate of b − factor · a. */
export function verdictOnExcess(against: (factor: number) => Estimate, rule: RegressionRule): Verdict {
  if (against(1 + rule.tolerance).lo > 0) return 'fail';
  return against(1 + rule.detect).hi < 0 ? 'pass' : 'undecided';
}

/** The same of two values known exactly. */
export function judgeExactRegression(a: number, b: number, rule: RegressionRule): Verdict {
  return b > a * (1 + rule.tolerance) ? 'fail' : 'pass';
}

/** The figures behind it. */
export function regressionFigures(
  pairs: Pairs,
  confidence: number,
  largest: number,
): Pick<PairedEstimate, 'a' | 'b' | 'difference' | 'ratio'> {
  const { a, b, difference, ratio } = pairedEstimate(pairs, confidence, { largest });
  return { a, b, difference, ratio };
}
