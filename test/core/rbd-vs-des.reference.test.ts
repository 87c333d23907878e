import { describe, expect, it } from 'vitest';
import { type Result, simulate } from '../../src/index.ts';
import { SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { expectInside, withConfidence } from './support/estimates.ts';
import { readExample } from './support/files.ts';

/** S-02: where a block diagram's assumptions hold, simulation and formula agree. */
const PLAN = { seed: 'S-02', years: 200, histories: 50 };

describe('reference: units of MTBF 999 h and MTTR 1 h (S-02, a to d)', () => {
  const run = simulate(withConfidence(readExample('rbd-vs-des')), PLAN);

  const exactValues: readonly [service: string, unavailability: number, perYear: number, widest: number][] = [
    ['single', 1e-3, 8.76, 0.1],
    ['pair', 1e-6, 0.01752, 1.5],
    ['series', 1 - 0.999 ** 3, 3 * 8.76 * 0.999 ** 2, 0.1],
    // 4 of 5: two or more down; an outage begins when a second unit fails.
    ['four-of-five', 9.98001e-6, 5 * 8.76 * 0.999 ** 3 * 4 * 1e-3, 0.5],
  ];

  it.each(exactValues)('%s: downtime and outages per year', async (service, unavailability, perYear, widest) => {
    const { services } = await run;
    expectInside(services[service]!.unavailability, unavailability, widest);
    expectInside(services[service]!.dpm.all, unavailability * SECONDS_PER_YEAR, widest);
    expectInside(services[service]!.ofm.all, perYear, widest);
  });

  it('seconds and years as printed', async () => {
    const { services, analytic } = await run;
    expect(analytic.services['single']!.dpm).toBeCloseTo(31_536, 6);
    expect(analytic.services['pair']!.dpm).toBeCloseTo(31.536, 9);
    expect(1 - analytic.services['series']!.unavailability!).toBeCloseTo(0.997002999, 12);
    expect(analytic.services['four-of-five']!.dpm).toBeCloseTo(314.73, 2);
    expect(services['single']!.band).toBe('not HA');
    // Two independent repairs: the first of them ends after half an hour.
    expectInside(services['pair']!.outageSeconds!.mean, 1800, 2);
  });

  it('the exact side of a diagram is structure, and never above what is simulated', async () => {
    const { services, analytic } = await run;
    for (const [id, service] of Object.entries(services)) {
      expect(analytic.services[id]!.method).toBe('structure');
      expect(service.unavailability.hi).toBeGreaterThanOrEqual(analytic.services[id]!.unavailability!);
    }
  });
});

describe('reference: variants of S-02', () => {
  const pairOf = ({ services, analytic }: Result) => ({ pair: services['pair']!, exact: analytic.services['pair']! });

  it('one crew: the downtime of the pair doubles', async () => {
    const { pair, exact } = pairOf(await simulate(withConfidence(readExample('rbd-vs-des', 'one-crew')), PLAN));
    // k of n with one crew (methods 3.4), λ = 1/999, μ = 1.
    const [a, b] = [2 / 999, 2 / 999 ** 2];
    const unavailability = b / (1 + a + b);
    expect(exact.method).toBe('chain');
    expect(exact.unavailability! / unavailability).toBeCloseTo(1, 12);
    expect(unavailability / 1e-6).toBeCloseTo(2, 3);
    expectInside(pair.unavailability, unavailability, 1.5);
    // An ideal diagram, blind for crews, is not above it.
    expect(pair.unavailability.hi).toBeGreaterThan(1e-6);
  });

  it('wear instead of chance: same availability, the means alone matter', async () => {
    const read = readExample('rbd-vs-des', 'wear-out');
    const { services, analytic } = await simulate(withConfidence(read), PLAN);
    expectInside(services['single']!.unavailability, 1e-3, 0.1);
    expectInside(services['pair']!.unavailability, 1e-6, 1.5);
    expect(analytic.services['pair']!.unavailability! / 1e-6).toBeCloseTo(1, 9);
  });

  it('B-18: up at any instant and for a time from it: A·e^(−t/MTBF)', async () => {
    const missions = ['single', 'series'].map((id) => `services.${id}.missionTime=100 h`);
    const { services } = await simulate(withConfidence(readExample('rbd-vs-des', undefined, missions)), PLAN);
    expectInside(services['single']!.reliability, 0.999 * Math.exp(-100 / 999), 0.02);
    expectInside(services['series']!.reliability, (0.999 * Math.exp(-100 / 999)) ** 3, 0.02);
  });

  it('population of 10 000 elements: 90.48 % of the years without downtime (S-02 e)', async () => {
    const read = withConfidence(readExample('rbd-vs-des', 'population'));
    const { populations } = await simulate(read, { seed: 'S-02', histories: 12 });
    const ne = populations['ne']!;
    expect(ne.elements).toBe(10_000);
    // A unit that is down at the turn of the year does not matter at one hour in ten years.
    expectInside(ne.zeroDowntimeShare, Math.exp(-0.1), 0.02);
    expectInside(ne.ofm, 0.1 / (1 + 0.1 / 8760), 0.15);
    expectInside(ne.dpm, (0.1 / 8760 / (1 + 0.1 / 8760)) * SECONDS_PER_YEAR, 0.2);
  });
});
