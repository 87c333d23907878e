import { describe, expect, test } from 'vitest';
import {
  check,
  compare,
  type Labelled,
  loadScenario,
  plan,
  render,
  baseline as takeBaseline,
} from '../../src/index.ts';
import { baselineSchema, checkSchema } from '../../src/scenario/schema/check.ts';
import { comparisonSchema } from '../../src/scenario/schema/comparison.ts';
import { planSchema } from '../../src/scenario/schema/plan.ts';

/** A pair of elements that is down where both are: 1.1e-7 of the time, some 0.1 outages in 1 000 years. No exact number is asked for. */
const pair = (repair: string, limit = '60 s/year'): string => `
format: carriergrade/scenario/1
name: rare-pair
elements:
  a: { kind: node, failures: { f: { mtbf: 10000 h, restart: { exponential: ${repair} } } } }
  b: { kind: node, failures: { f: { mtbf: 10000 h, restart: { exponential: ${repair} } } } }
services:
  line: { structure: { any: [a, b] }, minOutageThreshold: 0 s }
targets:
  - { of: line, metric: ofm, limit: ${limit === '60 s/year' ? '1 / year' : '0.00001 / year'} }
  - { of: line, metric: dpmCounted, limit: ${limit} }
simulation: { years: 10, seed: rare }
`;

const labelled = async (label: string, text: string): Promise<Labelled> => ({ label, ...(await loadScenario(text)) });

/** The same pair with one repairer and repairs of a fixed time: no formula and no chain. */
const waiting = (repair: string): string =>
  pair(repair)
    .replaceAll(`restart: { exponential: ${repair} }`, `repair: ${repair}, policy: crew`)
    .replace('elements:', 'repair: { crew: { crews: 1, discipline: element-order, dispatch: fault } }\nelements:');

/** Both down, by the textbook: U² with U = r / (m + r); an hour is 3600 s. */
const downtime = (hours: number): number => (hours / (10_000 + hours)) ** 2 * 31_536_000;

describe('check', () => {
  test('decides by cycles what histories meet too seldom, at the first look', async () => {
    const subject = { ...(await labelled('rare', pair('2 h'))), file: 'rare.yaml' };
    const report = await check([subject]);
    expect(checkSchema.safeParse(JSON.parse(JSON.stringify(report))).error?.issues ?? []).toEqual([]);
    const [scenario] = report.scenarios;
    expect(report.verdict).toBe('pass');
    expect(scenario!.run.histories).toBe(32);
    expect(scenario!.methods).toMatchObject({ line: { method: 'cycles' } });
    const [, counted] = scenario!.targets;
    expect(counted).toMatchObject({ by: 'cycles', verdict: 'pass', histories: 32 });
    expect(counted!.estimate!.lo).toBeLessThan(downtime(2));
    expect(counted!.estimate!.hi).toBeGreaterThan(downtime(2));
    const text = String(render(report, { format: 'table' }));
    expect(text).toContain('line by cycles: 0 outages in 32 histories');
  });

  test('a limit just above the downtime takes the finer attempt; one right at it stays open', async () => {
    const asked = async (limit: number) =>
      (await check([{ ...(await labelled('rare', pair('2 h', `${limit} s/year`))), file: 'rare.yaml' }])).scenarios[0]!
        .targets[1]!;
    expect(await asked(downtime(2) * 1.1)).toMatchObject({ by: 'cycles', verdict: 'pass' });
    expect(await asked(downtime(2))).toMatchObject({ by: 'cycles', verdict: 'undecided' });
  });
});

describe('check against a baseline', () => {
  const subject = async (text: string) => ({ ...(await labelled('rare', text)), file: 'rare.yaml' });
  const regression = async (text: string, seed: string, from = waiting('0.5 h')) => {
    const baseline = await takeBaseline([await labelled('rare', from)], { seed, histories: 40 });
    expect(baselineSchema.safeParse(JSON.parse(JSON.stringify(baseline))).error?.issues ?? []).toEqual([]);
    const report = await check([await subject(text)], { baseline });
    expect(checkSchema.safeParse(JSON.parse(JSON.stringify(report))).error?.issues ?? []).toEqual([]);
    return report.scenarios[0]!;
  };

  test('5 % more of a downtime that histories never see is found, and no change is none', async () => {
    // Downtime goes with the square of the repair time.
    const more = await regression(waiting(`${0.5 * Math.sqrt(1.05)} h`), '1');
    expect(more.methods).toMatchObject({ line: { method: 'cycles' } });
    expect(more.regressions[0]).toMatchObject({ by: 'cycles', verdict: 'fail' });
    expect(more.regressions[0]!.ratio!.lo).toBeLessThan(1.05);
    expect(more.regressions[0]!.ratio!.hi).toBeGreaterThan(1.05);
    // Slower repairs and rarer faults: other incidents, the same downtime but for 2e-6 of it.
    const same = waiting('0.51 h').replaceAll('mtbf: 10000 h', 'mtbf: 10200 h');
    expect((await regression(same, '1')).regressions[0]).toMatchObject({ by: 'cycles', verdict: 'pass' });
  });

  test('incidents that do not begin alike are compared as independent ones', async () => {
    // The two elements differ by a hair: two classes of failures instead of one.
    const split = waiting('0.5 h')
      .replace('mtbf: 10000 h', 'mtbf: 10001 h')
      .replaceAll('0.5 h, policy', '0.6 h, policy');
    const found = await regression(split, '1');
    expect(found.methods!['line']!.because).toContain('incidents of its own');
    expect(found.regressions[0]).toMatchObject({ by: 'cycles', verdict: 'fail' });
    expect(found.regressions[0]!.ratio!.lo).toBeLessThan(1.44);
    expect(found.regressions[0]!.ratio!.hi).toBeGreaterThan(1.44);
  });

  test('an exact downtime of before is held against cycles of now', async () => {
    // One repair at a time instead of two at once: both are down as long as the later repair takes.
    const found = await regression(waiting('1 h'), '1', pair('0.5 h'));
    expect(found.regressions[0]).toMatchObject({ a: { method: 'exact' }, b: { method: 'cycles' }, verdict: 'fail' });
  });

  test('a baseline without cycles leaves it to histories, and says so', async () => {
    const baseline = await takeBaseline([await labelled('rare', waiting('0.5 h'))], { histories: 40 });
    const entry = baseline.scenarios['rare']!;
    const { cycles: _, ...line } = entry.services['line']!;
    const old = { ...baseline, scenarios: { rare: { ...entry, services: { line } } } };
    const report = await check([await subject(waiting('0.6 h'))], { baseline: old, histories: 40 });
    expect(report.scenarios[0]!.methods!['line']!.because).toContain('the baseline has no cycles of it');
    expect(report.verdict).toBe('undecided');
  });
});

describe('compare', () => {
  test('by cycles where neither was ever down and nothing is exact', async () => {
    const result = await compare(await labelled('2 h', waiting('2 h')), [await labelled('3 h', waiting('3 h'))], {
      histories: 4,
    });
    expect(comparisonSchema.safeParse(JSON.parse(JSON.stringify(result))).error?.issues ?? []).toEqual([]);
    const { choice, exact } = result.against[0]!.services['line']!;
    expect(exact).toBeUndefined();
    expect(choice).toMatchObject({ method: 'cycles', pairs: true, dpm: { verdict: 'more' } });
    // Both down at a rate of 2λ²r, until the repair in hand is over: r/2 on average, and λ·r small (a fault during the repair
    // comes at any instant of it alike). Downtime goes with r².
    const expected = 2 * 1e-8 * 2 * (2 / 2) * 3600 * 8760;
    const { a, ratio } = choice!.dpm;
    expect(a.lo).toBeLessThan(expected);
    expect(a.hi).toBeGreaterThan(expected * 0.999);
    expect(ratio!.lo).toBeLessThan(9 / 4);
    expect(ratio!.hi).toBeGreaterThan(9 / 4);
    expect(String(render(result, { format: 'table' }))).toContain('downtime, cycles');
    expect(String(render(result, { format: 'csv' }))).toContain(',cycles,dpm,');
  });

  test('by the exact numbers where neither was ever down and both have one', async () => {
    const result = await compare(await labelled('2 h', pair('2 h')), [await labelled('3 h', pair('3 h'))], {
      histories: 4,
    });
    expect(comparisonSchema.safeParse(JSON.parse(JSON.stringify(result))).error?.issues ?? []).toEqual([]);
    const { choice, exact } = result.against[0]!.services['line']!;
    // The structure is solved exactly, and so are both.
    expect(choice).toMatchObject({ method: 'exact', dpm: { verdict: 'more' } });
    expect(exact!.difference.value).toBeCloseTo(downtime(3) - downtime(2), 6);
  });
});

describe('plan', () => {
  test('searches a repair time by cycles', async () => {
    const base = await labelled('rare', pair('2 h'));
    const found = await plan(base, {
      load: async (values) => labelled('rare', pair(String(values['repair']))),
      target: { of: 'line', metric: 'dpmCounted', limit: 2, text: '2 s/year' },
      vary: [{ kind: 'options', path: 'repair', values: ['4 h', '2 h'] }],
    });
    expect(planSchema.safeParse(JSON.parse(JSON.stringify(found))).error?.issues ?? []).toEqual([]);
    expect(found.trials.map(({ by, verdict }) => [by, verdict])).toEqual([
      ['cycles', 'fail'],
      ['cycles', 'pass'],
    ]);
  });
});

describe('failures at fixed ages', () => {
  const worn = (repair: string): string =>
    waiting(repair).replace(
      'a: { kind: node, failures: { f: { mtbf: 10000 h',
      'a: { kind: node, failures: { f: { law: 10000 h',
    );
  // Within ten years a fails eight times; the other then fails before it is back, or the other way round: r² for both orders.
  const expected = (hours: number): number => (8 / 87_600) * 1e-4 * hours ** 2 * 31_536_000;

  test('are decided by cycles over the span that histories have', async () => {
    const report = await check([
      { ...(await labelled('rare', worn('0.5 h').replace('60 s/year', '0.1 s/year'))), file: 'rare.yaml' },
    ]);
    const [, counted] = report.scenarios[0]!.targets;
    expect(counted).toMatchObject({ by: 'cycles', verdict: 'pass' });
    expect(counted!.estimate!.lo).toBeLessThan(expected(0.5));
    expect(counted!.estimate!.hi).toBeGreaterThan(expected(0.5) * 0.999);
  });

  test('against a baseline, and compared', async () => {
    const baseline = await takeBaseline([await labelled('rare', worn('0.5 h'))], { histories: 40 });
    const verdict = async (repair: string) =>
      (await check([{ ...(await labelled('rare', worn(repair))), file: 'rare.yaml' }], { baseline })).scenarios[0]!
        .regressions[0]!;
    expect(await verdict('0.5 h')).toMatchObject({ verdict: 'pass' });
    const more = await verdict('0.6 h');
    expect(more).toMatchObject({ by: 'cycles', verdict: 'fail' });
    expect(more.ratio!.lo).toBeLessThan(1.44);
    expect(more.ratio!.hi).toBeGreaterThan(1.44);
    const compared = await compare(await labelled('0.5 h', worn('0.5 h')), [await labelled('0.6 h', worn('0.6 h'))], {
      histories: 4,
      precision: 0.05,
    });
    const { choice } = compared.against[0]!.services['line']!;
    expect(choice).toMatchObject({ method: 'cycles', dpm: { verdict: 'more' } });
    expect(choice!.dpm.ratio!.lo).toBeLessThan(1.44);
    expect(choice!.dpm.ratio!.hi).toBeGreaterThan(1.44);
  });
});
