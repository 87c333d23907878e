import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Campaign, campaign, inject, spof } from '../../src/index.ts';
import { cloud } from '../analytic/small-clouds.ts';
import { randomScenario } from './support/random-scenario.ts';

/** Sets of elements whose faults together take the service down with nothing mended. */
function structurallyDown({ rows }: Campaign, service: string): readonly (readonly string[])[] {
  const down = rows.filter(({ services }) => services[service]!.unrepaired === 'down');
  return down.map(({ faults }) => faults.map(({ element }) => element).sort());
}

const sorted = (sets: readonly (readonly string[])[]): readonly string[] => sets.map((set) => set.join(' + ')).sort();

describe('law: campaigns find the cut sets (B-87)', () => {
  test('faults that take a service down with nothing mended are its single points, on 200 random clouds', () => {
    let found = 0;
    fc.assert(
      fc.property(cloud, (scenario) => {
        const loaded = { scenario, digest: '' };
        const report = campaign(loaded, { kind: 'single' }, { each: true });
        for (const [id, { single }] of Object.entries(spof(loaded).services)) {
          expect(sorted(structurallyDown(report, id))).toEqual([...single].sort());
          found += single.length;
        }
      }),
      { seed: 32, numRuns: 200 },
    );
    expect(found).toBeGreaterThan(200);
  });

  test('pairs of faults likewise, on 200 of them', () => {
    let found = 0;
    fc.assert(
      fc.property(cloud, (scenario) => {
        const loaded = { scenario, digest: '' };
        fc.pre(campaign(loaded, { kind: 'single' }).campaign.injections > 1);
        const report = campaign(loaded, { kind: 'pairs', gap: 0, order: 'both', limit: 100_000 }, { each: true });
        expect(report.campaign.injections).toBe(report.campaign.possible);
        expect(report.rows.length).toBe(report.campaign.possible);
        for (const [id, { single, pairs }] of Object.entries(spof(loaded).services)) {
          const minimal = structurallyDown(report, id).filter((set) => !set.some((name) => single.includes(name)));
          expect(sorted(minimal)).toEqual(sorted(pairs.map((pair) => [...pair].sort())));
          found += pairs.length;
        }
      }),
      { seed: 87, numRuns: 200 },
    );
    expect(found).toBeGreaterThan(150);
  });
});

describe('law: a campaign is many single injections', () => {
  test('each row says what injecting its faults says, and the rows of equal elements stand for all of them', () => {
    fc.assert(
      fc.property(randomScenario(), (scenario) => {
        const loaded = { scenario, digest: '' };
        const each = campaign(loaded, { kind: 'single' }, { each: true });
        for (const { faults, services } of each.rows) {
          const trace = inject(
            loaded,
            faults.map(({ element, mode, atSeconds }) => ({ at: atSeconds, element, mode })),
          );
          for (const [id, outcome] of Object.entries(services)) {
            const { outageSeconds, downSeconds, lostShare } = trace.services[id]!;
            expect([outcome.outageSeconds, outcome.downSeconds]).toEqual([outageSeconds, downSeconds]);
            expect(outcome.lostShareSeconds).toBeCloseTo(lostShare, 9);
            expect(outcome.longestSeconds).toBeLessThanOrEqual(outcome.outageSeconds);
            expect(outcome.worstLostShare).toBeGreaterThanOrEqual(0);
            expect(outcome.worstLostShare).toBeLessThanOrEqual(1);
            expect(outcome.verdict === 'up').toBe(outcome.outageSeconds === 0);
          }
        }
        const folded = campaign(loaded, { kind: 'single' });
        expect(folded.rows.reduce((sum, row) => sum + row.injections, 0)).toBe(each.rows.length);
        for (const { up, hit, partial, down } of Object.values(folded.services)) {
          expect(up + hit + partial + down).toBe(each.rows.length);
        }
        expect(folded.services).toEqual(each.services);
      }),
      { seed: 33, numRuns: 60 },
    );
  });

  test('random campaigns are functions of their seed alone', () => {
    fc.assert(
      fc.property(cloud, fc.integer({ min: 1, max: 3 }), (scenario, k) => {
        const loaded = { scenario, digest: '' };
        fc.pre(campaign(loaded, { kind: 'single' }).campaign.injections >= 9);
        const plan = { kind: 'random', faults: k, runs: 5, seed: 'a', within: 60 } as const;
        const first = campaign(loaded, plan, { each: true });
        expect(campaign(loaded, plan, { each: true })).toEqual(first);
        const longer = campaign(loaded, { ...plan, runs: 9 }, { each: true });
        const faults = (report: Campaign) => report.rows.map((row) => JSON.stringify(row.faults));
        for (const drawn of faults(first)) expect(faults(longer)).toContain(drawn);
        for (const row of first.rows) {
          expect(new Set(row.faults.map(({ element }) => element)).size).toBe(k);
          expect(row.faults[0]!.atSeconds).toBe(0);
          expect(Math.max(...row.faults.map(({ atSeconds }) => atSeconds))).toBeLessThan(60);
        }
      }),
      { seed: 53, numRuns: 50 },
    );
  });
});
