import { beforeAll, describe, expect, it } from 'vitest';
import { INCIDENTS_2015 } from '../../src/catalogue/enisa.ts';
import { analyse, inject, readScenario, render, simulate } from '../../src/index.ts';
import type { Result } from '../../src/model/result.ts';
import { BUCKETS, CAUSES } from '../../src/model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../src/model/time.ts';
import { expectInside, withConfidence } from './support/estimates.ts';
import { readExample } from './support/files.ts';

/** S-16: the scenario in `scenarios/`, its variants and the values of the requirements. */
const read = (variant?: string) => readExample('causes-and-multi-fault', variant);

/** Standard errors of a Poisson count that a sum may be off; as `Z` of the histories. */
const Z = 3.7;

const sum = (parts: Readonly<Record<string, number>>): number =>
  Object.values(parts).reduce((total, part) => total + part, 0);

describe('reference: S-16 as it stands', () => {
  let result: Result;
  beforeAll(async () => {
    result = await simulate(withConfidence(read()));
  });

  it('every axis of the attribution sums to the downtime, for every service', () => {
    for (const service of Object.values(result.services)) {
      for (const axis of ['bucket', 'cause', 'phase', 'party', 'element'] as const) {
        expect(sum(service.attribution[axis]) / service.dpm.all.value).toBeCloseTo(1, 9);
      }
    }
  });

  it('all six cause classes are present (B-14), and external parties are told apart (B-21)', () => {
    const { attribution } = result.services['voice']!;
    expect(Object.keys(attribution.cause).sort()).toEqual([...CAUSES].sort());
    const { security = 0, environmental = 0 } = attribution.cause;
    expect(attribution.party.external).toBeCloseTo(security + environmental, 9);
    expect(result.services['voice']!.dpm.attributable.value).toBeCloseTo(
      result.services['voice']!.dpm.all.value - security - environmental,
      6,
    );
  });

  it('operator errors spend 20 % of 315.36 s: 63.07 s a year (B-44)', () => {
    const perYear = result.services['voice']!.attribution.element['operator:everything']!;
    // Outages of 600 s each: the count is Poisson.
    const errors = (63.072 / 600) * result.run.simulatedYears;
    expect(Math.abs(perYear / 63.072 - 1)).toBeLessThan(Z / Math.sqrt(errors));
  });

  it('allocated beside simulated: 31.54, 31.54, 31.54, 157.68, 63.07 s (B-44), and who overspends', () => {
    const { allocation, attribution } = result.services['voice']!;
    const allocated = BUCKETS.map((bucket) => allocation!.buckets[bucket].allocated);
    [31.536, 31.536, 31.536, 157.68, 63.072].forEach((seconds, i) => {
      expect(allocated[i]).toBeCloseTo(seconds, 9);
    });
    for (const bucket of BUCKETS) {
      expect(allocation!.buckets[bucket].dpm.value).toBeCloseTo(attribution.bucket[bucket] ?? 0, 6);
    }
    expect(allocation!.overspent!.bucket).toBe('HW');
    expect(allocation!.overspent!.by).toBeCloseTo(attribution.bucket.HW! - 31.536, 6);
    expect(result.services['ten-domains']!.allocation).toBeNull();
  });

  it('10 small domains against a large one: ten times the outages, the same weighted downtime, a tenth at a time', () => {
    const large = result.services['one-domain']!;
    const small = result.services['ten-domains']!;
    const faults = SECONDS_PER_YEAR / (2 * SECONDS_PER_YEAR + 4 * 3600);
    expectInside(large.ofm.total, faults, 0.2);
    // Outages of two domains that overlap are one: 10·(1 − 9u)-fold at first order.
    const u = 4 / (17_520 + 4);
    expectInside(small.ofm.partial, 10 * faults * (1 - u) ** 9, 0.1);
    const { unavailability } = analyse(read()).services['ten-domains']!.conditional;
    expect(unavailability).toBeCloseTo(u, 12);
    expectInside(large.unavailability, u, 0.2);
    expectInside(small.unavailability, u, 0.1);
    expect(small.dpm.total.value).toBe(0);
    expect(small.capacityEventsPerYear.value).toBe(0);
    const trace = inject(read(), [{ at: 0, element: 'small-3', until: 60 }]);
    expect(trace.services['ten-domains']!.lostShare).toBeCloseTo(6, 9);
  });

  it('N+1: short of capacity 9.98e-6 of the time, weighted 2.50e-6, as capacity events (B-33)', () => {
    const spare = result.services['n-plus-1']!;
    expectInside(spare.dpm.partialRaw, 9.98e-6 * SECONDS_PER_YEAR, 0.5);
    expectInside(spare.unavailability, 2.4975e-6, 0.5);
    const { unavailability, method } = analyse(read()).services['n-plus-1']!.conditional;
    expect(method).toBe('structure');
    expect(unavailability!.toExponential(2)).toBe('2.50e-6');
    expect(spare.capacityEventsPerYear.value).toBe(spare.ofm.partial.value);
    expect(spare.capacityEventsPerYear.value).toBeGreaterThan(0);
    expect(spare.dpm.total.value).toBe(0);
  });

  it('a loss of 0.6 is total where half the load is the least that is acceptable (B-56), and attributed in full', () => {
    const tolerant = result.services['tolerant']!;
    const strict = result.services['strict']!;
    expect(strict.attribution.element['little:fault']).toBeCloseTo(tolerant.attribution.element['little:fault']!, 0);
    expect(strict.attribution.element['big:fault']! / tolerant.attribution.element['big:fault']!).toBeCloseTo(
      1 / 0.6,
      1,
    );
    expectInside(tolerant.unavailability, 0.001, 0.1);
    // big down: 1; little alone: 0.4.
    expectInside(strict.unavailability, 0.001 + 0.999 * 0.001 * 0.4, 0.1);
    const trace = inject(read(), [{ at: 0, element: 'big', until: 100 }]);
    expect(trace.services['tolerant']).toMatchObject({ downSeconds: 0, outageSeconds: 100 });
    expect(trace.services['tolerant']!.lostShare).toBeCloseTo(60, 9);
    expect(trace.services['strict']).toMatchObject({ downSeconds: 100, lostShare: 100 });
  });

  it('the exact side is inside the interval where it is first order, and says why it is no more', () => {
    const { dpm, method, refused } = result.analytic.services['voice']!;
    expect(method).toBe('first-order');
    expect(refused).toMatch(/no exact chain/);
    expectInside(result.services['voice']!.dpm.all, dpm!, 0.7);
  });

  it('six target lines with the trials of the run and those needed (B-52, NC-27)', () => {
    expect(result.targetSheet.map((each) => each.id)).toEqual([
      'downtime',
      'failoverTime',
      'localisation',
      'containment',
      'detectionCoverage',
      'failoverSuccess',
    ]);
    const [downtime, , localisation, , coverage, success] = result.targetSheet;
    expect(downtime).toMatchObject({ limit: 31.5, verdict: 'fail' });
    expect(localisation).toMatchObject({ of: null, estimate: null, verdict: 'undecided' });
    // Failures of both members at once are no failovers, but monitoring could have noticed them.
    expect(coverage!.trials!).toBeGreaterThan(success!.trials!);
    expect(success!.trials).toBe(result.groups['sbc']!.attempts);
    expect(success!.successes).toBe(result.groups['sbc']!.successes);
  });
});

it('reference: sample sizes of the target sheet at 95 %: 299, 2 995, 29 956, 299 572 (NC-27)', async () => {
  const { targetSheet } = await simulate(read(), { years: 1, histories: 2 });
  expect(targetSheet[5]!.samples!.map(({ trials }) => trials)).toEqual([299, 2995, 29_956, 299_572]);
});

it('planned work counts fully, and reports say what is left without it (SEM-11); infrastructure executes it (DX-13)', async () => {
  const loaded = readScenario(`format: carriergrade/scenario/1
simulation: { years: 10, histories: 10 }
targets: [{ of: voice, metric: dpm, limit: 7000 s/year }]
elements:
  host:
    failures:
      upgrade: { rate: 12 / year, restart: 10 min, cause: procedural, bucket: ISW<=VIM, planned: true }
      wrong-command: { rate: 1 / year, restart: 10 min, cause: procedural }
services: { voice: { uses: [host] } }
`);
  const result = await simulate(loaded);
  const { dpm, plannedDpm, attribution, allocation } = result.services['voice']!;
  expect(attribution.cause).toEqual({ procedural: expect.closeTo(dpm.all.value, 6) });
  expect(attribution.bucket['ISW<=VIM']).toBeCloseTo(plannedDpm, 9);
  expect(attribution.bucket.OPER).toBeCloseTo(dpm.all.value - plannedDpm, 6);
  // 12 a year over 100 years, each 600 s.
  expect(Math.abs(plannedDpm / 7200 - 1)).toBeLessThan(Z / Math.sqrt(1200));
  expect(allocation!.overspent!.bucket).toBe('ISW<=VIM');
  expect(render(result)).toMatch(/planned +\d+ s\/year +\d+(\.\d+)? s\/year without it/);
});

describe('reference: variants of S-16', () => {
  it('a rack that both members are in takes the service with it; in different racks none does', async () => {
    const rack = (result: Result): number => {
      const { element } = result.services['voice']!.attribution;
      return (element['core/rack-a:power'] ?? 0) + (element['core/rack-b:power'] ?? 0);
    };
    const together = rack(await simulate(read()));
    const apart = rack(await simulate(read('rack-apart')));
    // 0.05 a year for 4 h; what is left is the failover.
    const losses = 0.05 * 8000;
    expect(Math.abs(together / 720 - 1)).toBeLessThan(Z / Math.sqrt(losses));
    expect(apart).toBeLessThan(together / 50);
  });

  it('ENISA 2015: 80.61, 8.01, 11.01 and 0.37 % of the lost user hours (NC-10), 80.61 against 19.39 % (NC-11)', async () => {
    const result = await simulate(read('enisa'), { years: 200, histories: 100 });
    const { attribution, userHoursLostPerYear } = result.services['subscribers']!;
    const { hw = 0, sw = 0, procedural = 0, security = 0, environmental = 0 } = attribution.cause;
    const simulated = [hw + sw, procedural, security, environmental];
    // Exact weights: each kind loses rate × share × duration; its count is Poisson, and so its share has this error.
    const weights = INCIDENTS_2015.map((row) => row.percent * row.thousandSubscribers * row.mttrHours);
    const whole = weights.reduce((total, weight) => total + weight, 0);
    const errors = INCIDENTS_2015.map((row) => 1 / Math.sqrt((row.percent / 1000) * result.run.simulatedYears));
    const all = simulated.reduce((total, part) => total + part, 0);
    INCIDENTS_2015.forEach((row, i) => {
      const share = weights[i]! / whole;
      expect((100 * share).toFixed(2)).toBe(row.printedRpnPercent);
      // Var of a share: own part and all others.
      const others = weights.reduce(
        (total, weight, j) => total + (j === i ? 0 : (weight / whole) * errors[j]!) ** 2,
        0,
      );
      const error = Math.sqrt(((1 - share) * share * errors[i]!) ** 2 + share ** 2 * others);
      expect(Math.abs(simulated[i]! / all - share)).toBeLessThan(Z * error + 0.002 * share);
    });
    // Per year 688 ‰, 217 ‰ … of a tenth of an incident, for thousands of users and hours.
    expectInside(userHoursLostPerYear, whole, 0.3);
  });

  it('errors of different reach: shares of their rate, and one member at a time costs a failover', async () => {
    const { services, elements } = await simulate(read('operator-impacts'));
    const { element } = services['voice']!.attribution;
    const errors = elements.find(({ name }) => name === 'operator')!.failuresPerYear;
    expect(Math.abs(errors / 2 - 1)).toBeLessThan(Z / Math.sqrt(2 * 8000));
    for (const [id, seconds, rate] of [
      ['operator:whole-group', 360, 0.6],
      ['operator:whole-site', 120, 0.2],
    ] as const) {
      // A site's members come back with it, a little later than the whole group's.
      expect(element[id]! / seconds).toBeGreaterThan(1 - Z / Math.sqrt(rate * 8000));
    }
    expect(element['operator:one-member']!).toBeLessThan(60);
  });

  it('N+1 and N:1 as groups: only what exceeds the spare is a capacity event, a failover is none (SEM-31)', async () => {
    const result = await simulate(withConfidence(read('spare-members')));
    // A member is away 5 + 3600 + 5 + 3 s of 999 h; of five, two at a time lose a quarter.
    const away = 3613 / 3600;
    const u = away / (999 + away);
    const events = (20 * away * 8760) / 999 ** 2;
    const plusOne = result.services['members-plus-one']!;
    expectInside(plusOne.unavailability, (10 * u ** 2 * (1 - u) ** 3 + 20 * u ** 3) / 4, 0.3);
    expectInside(plusOne.capacityEventsPerYear, events, 0.4);
    expect(plusOne.capacityEventsPerYear.value).toBe(plusOne.ofm.partial.value);
    const shared = result.services['members-one-for-four']!;
    expectInside(shared.capacityEventsPerYear, events, 0.4);
    expectInside(shared.ofm.partial, (4 * 8760) / (999 + away), 0.1);
    expect(shared.dpm.total.value).toBe(0);
  });

  it('two of n nodes down at a time: 2.58e-6, 2.56e-4, 2.24e-2, and of one pair 5.2e-10 (NC-29)', () => {
    const { services } = analyse(read('clouds'));
    const printed = (id: string): string => services[id]!.conditional.unavailability!.toPrecision(3);
    expect(services['fewer-than-two-of-1000']!.conditional.method).toBe('structure');
    expect(printed('fewer-than-two-of-100')).toBe('0.00000258');
    expect(Number(printed('fewer-than-two-of-1000'))).toBe(2.56e-4);
    expect(Number(printed('fewer-than-two-of-10000'))).toBe(2.24e-2);
    expect(services['server-pair']!.conditional.unavailability!.toExponential(1)).toBe('5.2e-10');
  });
});
