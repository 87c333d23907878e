import { describe, expect, it } from 'vitest';
import { inject } from '../../src/index.ts';
import type { Mark } from '../../src/model/flow.ts';
import { readExample } from './support/files.ts';

/** The fault-management clock (2.8), NC-32: T_DET 10 ms, T_NOT 5 ms, T_REM 30 ms, T_REC 180 s, T_REP 4 h. */
describe('reference: pooled and not pooled, sequential and parallel recovery (NC-32)', () => {
  const marks = (variant: string): Readonly<Record<Mark, number | null>> => {
    const read = readExample('fm-timeline', variant);
    return inject(read, read.scenario.injections['host-fails']!).marks;
  };

  it.each([
    // t6 = t5 + T_REC
    ['pooled-sequential', 180.045, 14_400.045],
    // t6 = t1 + max(T_NOT + T_REM, T_REC)
    ['pooled-parallel', 180.01, 14_400.01],
    // T_REC becomes T_REP + T_REC
    ['non-pooled-sequential', 14_580.045, 14_400.045],
    ['non-pooled-parallel', 14_580.01, 14_400.01],
  ])('%s: redundant after %d s', (variant, redundant, repaired) => {
    expect(marks(variant)).toEqual({
      failed: 0,
      detected: 0.01,
      localised: null,
      isolated: null,
      notified: 0.015,
      restored: 0.045,
      redundant,
      diagnosed: null,
      repaired,
      repooled: null,
    });
  });

  it('restored within the target of 50 ms: a hit, not an outage', () => {
    const read = readExample('fm-timeline', 'pooled-sequential');
    const { services, steps } = inject(read, read.scenario.injections['host-fails']!);
    expect(services['line']).toEqual({ outageSeconds: 0.045, downSeconds: 0.045, lostShare: 0.045, sessionsLost: 0 });
    expect(steps.find(({ step }) => step === 'failover')!.outcome).toBe('success');
  });
});
