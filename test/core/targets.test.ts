import { describe, expect, it } from 'vitest';
import { judge } from '../../src/measures/targets.ts';
import type { Estimate } from '../../src/model/estimate.ts';
import type { GroupResult, ServiceResult } from '../../src/model/result.ts';
import type { Metric, Target } from '../../src/model/scenario.ts';

const between = (lo: number, hi: number): Estimate => ({ value: (lo + hi) / 2, lo, hi, method: 'histories', n: 10 });

const target = (metric: Metric, limit: number): Target => ({
  id: 't',
  of: 'x',
  metric,
  limit,
  level: 'error',
  text: `${limit}`,
});

/** A service and a group every figure of which has the given interval. */
function figures(estimate: Estimate): [ServiceResult, GroupResult] {
  const service = {
    unavailability: estimate,
    dpm: { all: estimate, total: estimate, partial: estimate, counted: estimate },
    ofm: { all: estimate, total: estimate, partial: estimate },
    reportablePerYear: estimate,
  };
  const group = { successRatio: estimate, withinTarget: estimate };
  return [service as ServiceResult, group as GroupResult];
}

describe('a verdict compares the interval with the limit', () => {
  const most: readonly Metric[] = [
    'availability',
    'dpm',
    'dpmTotal',
    'dpmPartial',
    'dpmCounted',
    'ofm',
    'ofmTotal',
    'ofmPartial',
    'reportable',
  ];
  const least: readonly Metric[] = ['failoverSuccess', 'failoverWithinTarget'];

  it.each(most)('%s must not exceed it', (metric) => {
    const verdict = (lo: number, hi: number) => judge(target(metric, 5), ...figures(between(lo, hi))).verdict;
    expect([verdict(3, 5), verdict(5.001, 6), verdict(4, 6), verdict(5, 6)]).toEqual([
      'pass',
      'fail',
      'undecided',
      'undecided',
    ]);
  });

  it.each(least)('%s must not fall below it', (metric) => {
    const verdict = (lo: number, hi: number) => judge(target(metric, 0.9), ...figures(between(lo, hi))).verdict;
    expect([verdict(0.9, 1), verdict(0.7, 0.8999), verdict(0.8, 1), verdict(0.8, 0.9)]).toEqual([
      'pass',
      'fail',
      'undecided',
      'undecided',
    ]);
  });

  it('is undecided where nothing was observed', () => {
    const judged = judge(target('failoverSuccess', 0.9), undefined, { successRatio: null } as GroupResult);
    expect([judged.estimate, judged.verdict]).toEqual([null, 'undecided']);
    expect(judge(target('dpm', 1), undefined, undefined).verdict).toBe('undecided');
  });

  it('keeps what the target said', () => {
    const judged = judge(target('dpm', 5), ...figures(between(1, 2)));
    expect(judged).toMatchObject({ id: 't', of: 'x', metric: 'dpm', limit: 5, level: 'error', text: '5' });
  });
});
