import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { analyse, simulate as simulateAll } from '../../src/index.ts';
import { attributionParts } from '../../src/measures/history-record.ts';
import { PHASES, type Phase } from '../../src/model/flow.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND, SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import { shapeOf } from '../../src/simulate/history-watch.ts';
import { expectInside, withConfidence } from './support/estimates.ts';
import { readExample } from './support/files.ts';
import { expectAgreement, type Sample, sampleOf } from './support/histories.ts';
import { pairWith } from './support/nc36.ts';

const nc36 = pairWith(180);

/** Seconds per year of the first service by phase, from independent histories. */
function byPhase(of: Scenario, seed: string, years: number, histories: number): (phase: Phase) => Sample {
  const model = compile(of);
  const runner = new HistoryRunner(model, seed);
  const perPhase = PHASES.map((): number[] => []);
  for (let i = 0; i < histories; i++) {
    const seconds = new Float64Array(PHASES.length);
    for (const [key, amount] of runner.run(i, years, 0).attribution) {
      seconds[attributionParts(shapeOf(model), key).phase]! += amount / MICROSECONDS_PER_SECOND / years;
    }
    perPhase.forEach((list, phase) => {
      list.push(seconds[phase]!);
    });
  }
  return (phase) => sampleOf(perPhase[PHASES.indexOf(phase)]!);
}

describe('reference: downtime of a redundant pair with all that diagrams omit (NC-36)', () => {
  const read = { scenario: nc36, digest: 'NC-36' };

  it('the exact side: each term, and 184.596 s a year', () => {
    const { conditional } = analyse(read).services['voice']!;
    const terms = Object.fromEntries(conditional.terms!.map(({ name, dpm }) => [name, dpm]));
    expect(conditional.method).toBe('first-order');
    expect(terms['pair: covered failover']).toBeCloseTo(4.704, 3);
    expect(terms['pair: uncovered faults']).toBeCloseTo(144, 9);
    expect(terms['pair: failed failover']).toBeCloseTo(35.64, 9);
    expect(terms['pair: second failure']).toBeCloseTo(0.0164, 4);
    expect(terms['pair: control path']).toBeCloseTo(0.2352, 4);
    expect(conditional.dpm).toBeCloseTo(184.596, 3);
  });

  it('histories contain it', async () => {
    const { services, groups } = await simulateAll(withConfidence(read), { seed: 'NC-36', years: 280, histories: 60 });
    expectInside(services['voice']!.dpm.all, 184.596, 0.4);
    // Every failure of the active member is an attempt, but for the uncovered ones.
    expectInside(groups['pair']!.servingFailuresPerYear, 4, 0.05);
    expectInside(groups['pair']!.successRatio, 0.99, 0.02);
    expectInside(groups['pair']!.protection, 0.99 * 0.99, 0.02);
  });

  it('and so does each phase: the terms of the formula in another order', () => {
    const seconds = byPhase(nc36, 'NC-36', 280, 60);
    const covered = 4 * 0.99;
    expectAgreement(seconds('detection'), covered * 0.2, 0.01);
    expectAgreement(seconds('remediation'), covered * 1, 0.01);
    expectAgreement(seconds('manual'), 4 * 0.01 * 3600 + covered * 0.01 * 898.8, 0.04);
    // Two seconds in a hundred years (the second failure) are not to be seen here.
    expect(seconds('recovery').mean).toBeLessThan(0.1);
  });

  it('second failures, when rebuilding takes 5 h: (λ + λs)·λs·X²/2', () => {
    const seconds = byPhase(pairWith(18_000), 'NC-36', 280, 60);
    // The formula counts (λ + λs)·X too much: 0.5 %.
    expectAgreement(seconds('recovery'), (((4 + 4) * 4) / SECONDS_PER_YEAR) * (18_000 ** 2 / 2), 0.1);
  });
});

describe('reference: an active-standby pair over the years (S-03)', () => {
  it('members fail more often than the service, and most of its outages are too short to report', async () => {
    const read = withConfidence(readExample('active-standby'));
    const { services, groups } = await simulateAll(read, { seed: 'S-03', years: 200, histories: 15 });
    const { ofm, reportablePerYear, unavailability } = services['voice']!;
    expect(groups['sbc']!.memberFailuresPerYear.value).toBeGreaterThan(1.5 * ofm.all.value);
    expect(ofm.all.value).toBeGreaterThan(10 * reportablePerYear.value);
    expect(reportablePerYear.value).toBeGreaterThan(0);
    // An ideal diagram of two independent members, each gone for the 100 s it takes to replace it, is not above it.
    const gone = (groups['sbc']!.memberFailuresPerYear.value / 2) * (100 / SECONDS_PER_YEAR);
    expect(unavailability.hi).toBeGreaterThan(gone ** 2);
  });
});

describe('reference: the control path in series and on request (NC-37)', () => {
  it('the exact side: 31.536 s a year against 0.0036', () => {
    const { conditional, series } = analyse(readExample('mano-outage')).services['voice']!;
    expect(conditional.dpm).toBeCloseTo(0.0036, 6);
    expect(series.dpm).toBeCloseTo(31.536, 3);
  });

  it('histories at U = 1e-3 and 20 faults a year: 72 s a year on request', async () => {
    const read = withConfidence(readExample('mano-outage', 'poor', ['groups.vnf.failures.fault.rate=20 / year']));
    const { services, analytic } = await simulateAll(read, { seed: 'NC-37', years: 280, histories: 30 });
    // λ·U·R = 20/y · 1e-3 · 1 h.
    expectInside(services['voice']!.dpm.all, 72, 1);
    expect(analytic.services['voice']!.dpm! / 72).toBeCloseTo(1, 2);
    expect(services['voice']!.attribution.phase['control-wait']! / services['voice']!.dpm.all.value).toBeGreaterThan(
      0.98,
    );
    expect(services['voice']!.attribution.bucket['ISW>VIM']! / services['voice']!.dpm.all.value).toBeGreaterThan(0.98);
  });

  it('histories at U = 1e-3 in series: 31 536 s a year', async () => {
    const read = withConfidence(readExample('mano-outage', 'poor-series'));
    const { services } = await simulateAll(read, { seed: 'NC-37', years: 200, histories: 30 });
    expectInside(services['voice']!.dpm.all, 31_536, 0.1);
  });
});
