import { describe, expect, it } from 'vitest';
import { analyse, compile, failoverMatrix, render, simulate } from '../../src/index.ts';
import { CAUSES } from '../../src/model/scenario.ts';
import { readExample } from '../core/support/files.ts';
import { shortRun, trace } from './support.ts';

/** Rows B-14, B-18, B-21, B-33, B-50, B-52, B-55, B-56 and B-91, each by its own statement of acceptance. */
const sum = (parts: Readonly<Record<string, number>>): number => Object.values(parts).reduce((a, b) => a + b, 0);

describe('acceptance: causes and who answers for them', () => {
  it('B-14: hardware, software, procedure, overload, security and environment each show', async () => {
    const { cause } = (await shortRun('causes-and-multi-fault', undefined, 40)).services['voice']!.attribution;
    expect(Object.keys(cause).sort()).toEqual([...CAUSES].sort());
  });

  it('B-18: the chance of a year without an outage is e^(−outages a year)', async () => {
    const { reliability, ofm } = (await shortRun('causes-and-multi-fault', undefined, 20)).services['one-domain']!;
    expect(reliability!.lo).toBeLessThan(Math.exp(-ofm.all.lo));
    expect(reliability!.hi).toBeGreaterThan(Math.exp(-ofm.all.hi));
  });

  it('B-21: along each axis the attribution sums to the downtime', async () => {
    const { attribution, dpm } = (await shortRun('causes-and-multi-fault', 'operator-impacts', 10)).services['voice']!;
    for (const axis of Object.values(attribution)) expect(sum(axis) / dpm.all.value).toBeCloseTo(1, 9);
  });

  it('B-33: what 4 + 1 members cannot carry is a capacity event; a pair loses nothing where two of a cloud are down', async () => {
    const { groups } = await shortRun('causes-and-multi-fault', 'spare-members', 4, 'simulation.years=50');
    expect(groups['plus-one']!.capacityEventsPerYear!.value).toBeGreaterThan(0);
    const { services } = analyse(readExample('causes-and-multi-fault', 'clouds'));
    // NC-29: of 1 000 nodes two are down at a time far more often than the two of one pair.
    expect(services['fewer-than-two-of-1000']!.conditional.unavailability! / 2.56e-4).toBeCloseTo(1, 2);
    expect(services['server-pair']!.conditional.unavailability! / 5.21e-10).toBeCloseTo(1, 2);
  });

  it('B-55: two power supplies inside a node: it is down when both are', async () => {
    const one = { at: 0, element: 'core/first-1/psu-1' };
    const both = [one, { at: 60, element: 'core/first-1/psu-2' }];
    const down = (script: readonly { readonly at: number; readonly element: string }[]): boolean =>
      trace('causes-and-multi-fault', undefined, script).steps.some(({ step }) => step === 'member-failed');
    expect([down([one]), down(both)]).toEqual([false, true]);
  });

  it('B-56: a loss of 60 % is partial, or total where half of the service is the least', async () => {
    const { services } = await shortRun('causes-and-multi-fault', undefined, 5);
    const [tolerant, strict] = [services['tolerant']!, services['strict']!];
    expect(strict.dpm.total.value).toBeGreaterThan(3 * tolerant.dpm.total.value);
    expect(tolerant.dpm.partial.value).toBeGreaterThan(strict.dpm.partial.value);
  });
});

describe('acceptance: fabric', () => {
  it('B-91: every leaf on every spine, every node on both leaves of its pair', () => {
    const { elements } = compile(readExample('leaf-spine').scenario).names;
    const count = (pattern: RegExp): number => elements.filter((name) => pattern.test(name)).length;
    expect([count(/^core\/spine-\d+$/), count(/^core\/leaf-\d+$/)]).toEqual([4, 16]);
    expect(count(/^core\/compute-\d+--leaf-\d+$/)).toBe(160 * 2);
    expect(count(/^core\/leaf-\d+--spine-\d+/) + count(/^core\/spine-\d+--leaf-\d+/)).toBe(4 * 16);
  });
});

describe('acceptance: targets', () => {
  it('B-50: share of faults within 50, 60 and 100 ms; 40 % of 128 providers are 51.2 (NC-31)', () => {
    const { scenario } = readExample('leaf-spine', 'ten-ms');
    const { passShare } = failoverMatrix(scenario, 'guests', ['core/spine-1', 'core/leaf-1', 'core/compute-1']);
    expect(passShare).toEqual([...passShare].sort((a, b) => a - b));
    expect(passShare[0]).toBeGreaterThan(0);
    expect(0.4 * 128).toBeCloseTo(51.2, 12);
  });

  it('B-52: every report ends with the six targets: downtime, failover time, and four of 100 %', async () => {
    const text = render(await simulate(readExample('imperfect-protection'), { histories: 5 }), { format: 'table' });
    const sheet = text.slice(text.lastIndexOf('Engineering targets'));
    for (const line of ['31.5', '50 ms', 'localis', 'contain', 'coverage', 'success']) expect(sheet).toContain(line);
  });
});
