import { describe, expect, it } from 'vitest';
import { analyse, InputError, render, simulate } from '../../src/index.ts';
import { readExample } from '../core/support/files.ts';

const SHORT = { years: 100, histories: 20 } as const;

describe('the method chosen by itself', () => {
  it('leaves a service alone whose outages histories see', async () => {
    const loaded = readExample('active-standby');
    const plain = await simulate(loaded, SHORT);
    expect(await simulate(loaded, { ...SHORT, method: 'auto' })).toStrictEqual(plain);
    expect(plain.run.method).toBe('histories');
  });

  it('is the exact number where there is one and histories see next to nothing', async () => {
    const loaded = readExample('leaf-spine');
    const { run, services } = await simulate(loaded, { years: 20, histories: 10, method: 'auto' });
    const exact = analyse(loaded).services['dual-path']!.conditional;
    const { unavailability, dpm, choice, ofm } = services['dual-path']!;
    expect(run.method).toBe('auto');
    expect(unavailability).toEqual({
      value: exact.unavailability,
      lo: exact.unavailability,
      hi: exact.unavailability,
      method: 'exact',
      n: 0,
    });
    expect(dpm.all.value).toBeCloseTo(exact.dpm!, 12);
    expect(choice).toMatchObject({ method: 'exact', because: '0 outages in 10 histories' });
    expect(choice!.histories).toMatchObject({ value: 0, method: 'poisson' });
    expect(ofm.all.method).toBe('poisson');
    expect(services['guests']!.choice).toBeUndefined();
  });

  it('is cycles where they converge, which agree with the formula and with histories (law)', async () => {
    const { services, analytic } = await simulate(readExample('mano-outage'), { ...SHORT, method: 'auto' });
    const { unavailability, choice } = services['voice']!;
    expect(unavailability.method).toBe('cycles');
    expect(choice!.method).toBe('cycles');
    expect(unavailability.hi).toBeLessThan(choice!.histories.hi / 31_536_000);
    expect((unavailability.hi - unavailability.lo) / 2).toBeLessThan(0.1 * unavailability.value);
    // First order: within the share of second failures it leaves out.
    expect(unavailability.value).toBeCloseTo(analytic.services['voice']!.unavailability!, 11);
  });

  it('stays with histories, and says why, where cycles find nothing: never an interval behind a red gate', async () => {
    const { run, services } = await simulate(readExample('imperfect-protection'), { ...SHORT, method: 'auto' });
    const { unavailability, choice, cycles } = services['data']!;
    expect(run.method).toBe('histories');
    expect(unavailability).toMatchObject({ value: 0, method: 'poisson' });
    expect(unavailability.hi).toBeGreaterThan(0);
    expect(cycles!.stop).toBe('not converged');
    expect(choice!.because).toBe('0 outages in 20 histories, and no downtime in 6000 incidents');
  }, 120_000);

  it('does not wait for what never fails: it has a bound, and no width relative to it', async () => {
    const result = await simulate(readExample('imperfect-protection'), { years: 100, method: 'auto', precision: 0.1 });
    const { run, services } = result;
    expect(run.stop).toBe('precision');
    expect(run.histories).toBeLessThan(1_000);
    expect(services['data']!.unavailability).toMatchObject({ value: 0, method: 'poisson' });
    const text = render(result, { format: 'markdown' });
    expect(text).toContain('None of 6000 incidents, each with further failures forced into it, had any.');
    expect(text).toContain('| the intervals are as narrow as asked, except where there was no downtime |');
  }, 120_000);

  it('ends a run that asks for a precision histories will not reach', async () => {
    const options = { years: 100, histories: 40, method: 'auto', precision: 0.2 } as const;
    const { run, services } = await simulate(readExample('mano-outage'), options);
    expect(run).toMatchObject({ method: 'auto', stop: 'precision' });
    expect(run.histories).toBeLessThan(100);
    expect(services['voice']!.unavailability.method).toBe('cycles');
  });
});

describe('a method that is asked for', () => {
  it('exact: all downtime is exact, everything else as histories have it', async () => {
    const loaded = readExample('rbd-vs-des');
    const plain = await simulate(loaded, SHORT);
    const exact = await simulate(loaded, { ...SHORT, method: 'exact' });
    expect(exact.run.method).toBe('exact');
    for (const [id, service] of Object.entries(exact.services)) {
      expect(service.dpm.all.value).toBe(exact.analytic.services[id]!.dpm);
      expect(service.ofm).toEqual(plain.services[id]!.ofm);
      const shares = Object.values(service.attribution.bucket).reduce((sum, seconds) => sum + seconds, 0);
      expect(shares / service.dpm.all.value).toBeCloseTo(1, 9);
    }
  });

  it('exact: a service without an exact number is an error that names it and why', async () => {
    const run = simulate(readExample('active-standby'), { ...SHORT, method: 'exact' });
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow(/voice: no exact chain/);
  });

  it('a precision is never reached on an empty sample, and the result says so', async () => {
    const { run, services } = await simulate(readExample('mano-outage'), { ...SHORT, histories: 150, precision: 0.5 });
    expect(run).toMatchObject({ histories: 150, stop: 'budget' });
    expect(services['voice']!.unavailability).toMatchObject({ value: 0, lo: 0, method: 'poisson' });
  });
});
