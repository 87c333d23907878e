import { describe, expect, it } from 'vitest';
import { inject, simulate } from '../../src/index.ts';
import type { Result } from '../../src/model/result.ts';
import { expectInside, withConfidence } from './support/estimates.ts';
import { readExample } from './support/files.ts';

const run = async (variant: string, ...set: readonly string[]): Promise<Result> =>
  simulate(withConfidence(readExample('fm-cycle', variant, set)));

describe('reference: S-11, the fault-management cycle', () => {
  it('each phase has its time and its owner (B-57, B-70)', () => {
    const read = readExample('fm-cycle');
    const trace = inject(read, read.scenario.injections['app-fails']!);
    expect(trace.marks).toMatchObject({
      failed: 0,
      detected: 0.01,
      notified: 0.015,
      restored: 0.045,
      redundant: 180.045,
    });
    const done = trace.steps.filter(({ outcome }) => outcome === 'done');
    expect(done.map(({ step, by }) => `${step} by ${by}`)).toEqual([
      'notify by agent',
      'switch-over by standby',
      'release by vnfm',
      'rebuild by vnfm',
    ]);
  });

  it('NC-45, B-07: one manual step of 30 min a year is 1 800 s, 5.71 times 315.36', async () => {
    const result = await run('manual-step');
    expectInside(result.services['line']!.dpm.all, 1800.015, 0.1);
    expect(result.targets[0]!.verdict).toBe('fail');
    // the outage is that of the hands.
    const { dpm, attribution } = result.services['line']!;
    expect(attribution.phase.manual! / dpm.all.value).toBeGreaterThan(0.999);
    expect(1800 / 315.36).toBeCloseTo(5.71, 2);
    const read = readExample('fm-cycle', 'manual-step');
    const trace = inject(read, read.scenario.injections['app-fails']!);
    expect(trace.steps.find(({ step }) => step === 'switch-over')!.by).toBe('operator');
  });

  it('B-59: half of the faults predicted halves the failures, the other half is switched over in time', async () => {
    const before = await run('unpredicted');
    const after = await run('predicted');
    expectInside(before.groups['app']!.servingFailuresPerYear, 4, 0.05);
    expectInside(after.groups['app']!.servingFailuresPerYear, 2, 0.05);
    expectInside(after.groups['app']!.switchoversPerYear!, 2, 0.05);
    // A planned switchover is no attempt (SEM-25).
    expect(after.groups['app']!.attempts / before.groups['app']!.attempts).toBeCloseTo(0.5, 1);
    const { phase } = after.services['line']!.attribution;
    expect(phase.switchover! / (2 * 0.03)).toBeCloseTo(1, 1);
    expect((phase.detection ?? 0) / (2 * 0.01)).toBeCloseTo(1, 1);
    // Predictions without a fault cost a switchover each.
    const nervous = await run('predicted-nervously');
    expectInside(nervous.groups['app']!.switchoversPerYear!, 3, 0.05);
    expectInside(nervous.groups['app']!.servingFailuresPerYear, 2, 0.05);
  });

  it('B-66: fail-fast in place of the second that isolation takes', async () => {
    const slow = (await run('gray')).services['line']!.dpm.all.value;
    const fast = (await run('fail-fast')).services['line']!.dpm.all.value;
    // 30 % lost while it is noticed, told and isolated, then 30 ms of switching.
    expect(slow / (0.3 * (0.01 + 0.005 + 1) + 0.03)).toBeCloseTo(1, 1);
    expect(fast / (0.3 * 0.02 + 0.005 + 0.03)).toBeCloseTo(1, 1);
  });
});

describe('reference: NC-28, spares for batched repairs of 100 nodes at 0.05 / year', () => {
  // The formula has the units back at the window itself.
  const atTheWindow = [
    'sites.farm.nodes.compute.failures.hw.repair=1 s',
    'repair.weekly.diagnosis=0 s',
    'repair.weekly.transientShare=0 %',
  ];

  it.each([
    ['weekly-2', 1.4e-4, 0.6],
    ['monthly-3', 9.0e-4, 0.5],
    ['quarterly-6', 3.2e-4, 1.5],
  ])('%s: a period runs out with probability %d', async (variant, probability, width) => {
    const { spares } = await run(variant, ...atTheWindow);
    expectInside(spares!['weekly']!.exhaustionProbability, probability, width);
  });

  it('faults that diagnosis finds transient come back without repair and need no window: fewer run out', async () => {
    const repaired = (await run('weekly-2')).spares!['weekly']!.exhaustionsPerYear.value;
    const repooled = (await run('automatic')).spares!['weekly']!.exhaustionsPerYear.value;
    expect(repooled).toBeLessThan(repaired / 2);
  });

  it('the wrong unit replaced one time in twenty adds a full repair: 4 h + 1 h of diagnosis become 5.2 h', async () => {
    const { populations } = await run('wrong-unit', 'simulation.histories=20');
    expectInside(populations['farm/compute']!.dpm, 0.05 * 3600 * (1 + 4 * 1.05), 0.1);
  });
});
