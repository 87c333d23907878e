import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { simulate } from '../../src/index.ts';
import { CYCLE } from '../../src/measures/cycles/measures.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import { any, element, exponential, HOUR, mode, policy, repair, scenario, service } from '../core/support/build.ts';
import { readExample } from '../core/support/files.ts';

const options = { method: 'cycles', histories: 2, years: 2, precision: 0.1 } as const;

describe('a run by cycles', () => {
  it('gives the same bytes for the same seed, others for another', async () => {
    const read = readExample('telco-pair');
    const once = JSON.stringify(await simulate(read, options));
    expect(JSON.stringify(await simulate(read, options))).toBe(once);
    expect(JSON.stringify(await simulate(read, { ...options, seed: 'other' }))).not.toBe(once);
  });

  it('attributes all of the downtime on every axis, and to combinations of failures', async () => {
    const { services, run } = await simulate(readExample('telco-pair'), options);
    const { attribution, dpm, cycles } = services.voice!;
    expect(run.method).toBe('cycles');
    for (const axis of [
      attribution.bucket,
      attribution.cause,
      attribution.phase,
      attribution.party,
      attribution.element,
    ]) {
      const sum = Object.values(axis).reduce((total, part) => total + part, 0);
      expect(sum / dpm.all.value).toBeCloseTo(1, 10);
    }
    expect(cycles!.stop).toBe('precision');
    expect(cycles!.gates.map((gate) => gate.verdict)).not.toContain('red');
    const shares = cycles!.dominant.map(({ share }) => share);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((total, share) => total + share, 0)).toBeGreaterThan(0.9);
  });

  it('agrees with histories on everything that is not rare', async () => {
    const read = readExample('pair-chain');
    const natural = (await simulate(read, { histories: 50, years: 20 })).services.pair!;
    const forced = (await simulate(read, { ...options, precision: 0.05 })).services.pair!;
    const overlap = (a: { lo: number; hi: number }, b: { lo: number; hi: number }): boolean =>
      a.lo <= b.hi && b.lo <= a.hi;
    expect(overlap(natural.dpm.all, forced.dpm.all)).toBe(true);
    expect(overlap(natural.ofm.all, forced.ofm.all)).toBe(true);
    expect(overlap(natural.reportablePerYear, forced.reportablePerYear)).toBe(true);
    expect(overlap(natural.outageSeconds!.mean, forced.outageSeconds!.mean)).toBe(true);
    expect(overlap(natural.outageSeconds!.p50, forced.outageSeconds!.p50)).toBe(true);
    expect(overlap(natural.userHoursLostPerYear, forced.userHoursLostPerYear)).toBe(true);
  });

  it('ends at once where a service cannot fail: nothing to report, what histories bound stays', async () => {
    const sound = scenario({
      repair: { crew: policy() },
      elements: {
        unit: element([mode(exponential(1000 * HOUR), repair(exponential(HOUR)))]),
        rock: element([], {}),
      },
      services: { up: service(any('rock')), down: service(any('unit')) },
    });
    let looks = 0;
    const cycles = (await runCycles(compile(sound), 0, {
      seed: 's',
      confidence: 0.95,
      precision: 0.01,
      isOver: async () => ++looks > 200,
    }))!;
    expect(looks).toBeLessThan(150);
    expect(cycles.totals.rate(CYCLE.downtime)).toBe(0);
    expect(cycles.stop).toBe('not converged');
    expect(cycles.gates).toEqual([{ name: 'downtime seen', value: 0, verdict: 'red' }]);
  });

  it('ends when it is told to, with nothing or with what it has', async () => {
    const model = compile(readExample('telco-pair').scenario);
    const at = (calls: number) => {
      let left = calls;
      return runCycles(model, 0, { seed: 's', confidence: 0.95, precision: 1e-4, isOver: async () => left-- <= 0 });
    };
    expect(await at(3)).toBeUndefined();
    const cut = (await at(100))!;
    expect(cut.stop).toBe('budget');
    expect(cut.totals.rate(CYCLE.downtime)).toBeGreaterThan(0);
  });
});
