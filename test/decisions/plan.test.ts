import { describe, expect, test } from 'vitest';
import { type Plan, parseVariation, type Tornado } from '../../src/index.ts';
import { planJsonSchema, planSchema, tornadoJsonSchema, tornadoSchema } from '../../src/scenario/schema/plan.ts';
import { invoke } from '../cli/support.ts';

const PAIR = 'scenarios/pair-chain.yaml';
const sets = (...values: readonly string[]): readonly string[] => values.flatMap((value) => ['--set', value]);

async function planned(...args: readonly string[]): Promise<{ readonly code: number; readonly plan: Plan }> {
  const { code, out, err } = await invoke(['plan', ...args, '--format', 'json']);
  expect(err).toBe('');
  const plan = JSON.parse(out) as Plan;
  expect(planSchema.safeParse(plan).error?.issues ?? []).toEqual([]);
  return { code, plan };
}

describe('reference: NC-42, minimum coverage so that uncovered faults alone fit, from a scenario', () => {
  // A pair of which nothing is left but faults that nobody sees for an hour.
  const uncoveredAlone = (perYear: number): readonly string[] =>
    sets(
      `groups.pair.failures.fault.mtbf=${8760 / perYear} h`,
      'groups.pair.standby.rateFactor=0',
      'groups.pair.times.failover=0 s',
      'groups.pair.times.replace={exponential: 1 s}',
      'groups.pair.probabilities.switch=100 %',
      'groups.pair.detection.uncovered.detect={exponential: 1 h}',
      'catalogue.detectors.quick.latency=0 s',
      'control.functions.mano.failures.outage.mtbf=1e9 h',
    );

  test.each([
    [4, 31.536, 0.99781],
    [4, 157.68, 0.98905],
    [1, 31.536, 0.99124],
  ])('%d faults a year in %d s/year: %d', async (rate, budget, coverage) => {
    const vary = ['--vary', 'groups.pair.detection.coverage=90%..100%'];
    const { code, plan } = await planned(
      PAIR,
      ...uncoveredAlone(rate),
      ...vary,
      '--target',
      `pair dpm ${budget} s/year`,
    );
    expect(code).toBe(0);
    expect(plan.error).toBe(0);
    const answer = Number.parseFloat(String(Object.values(plan.answer!.values)[0])) / 100;
    expect(Math.abs(answer - coverage)).toBeLessThan(5e-6);
    expect(plan.answer!.estimate!.value).toBeLessThanOrEqual(budget);
  });

  test('simulated, what is certain lies on either side of it', async () => {
    const { plan } = await planned(
      'scenarios/imperfect-protection.yaml',
      ...sets(
        'groups.sbc.times.activation=0s',
        'groups.sbc.times.addressTakeover=0s',
        'groups.sbc.times.fence=0s',
        'catalogue.detectors.watch.latency=0s',
        'groups.sbc.standby.rateFactor=0',
      ),
      ...['--vary', 'groups.sbc.detection.coverage=99%..100%', '--target', 'voice dpm 31.536 s/year'],
      ...['--histories', '100'],
    );
    const share = (text: string | number | boolean): number => Number.parseFloat(String(text));
    expect(share(plan.limit!.missedAt!)).toBeLessThan(99.781);
    expect(share(Object.values(plan.answer!.values)[0]!)).toBeGreaterThan(99.781);
    expect(plan.error).toBe(0.05);
  });
});

describe('reference: NC-28, spares of 100 nodes so that one period in 1 000 runs out, from a scenario', () => {
  // The formula has the units back at the window itself.
  const atTheWindow = sets(
    'sites.farm.nodes.compute.failures.hw.repair=1 s',
    'repair.weekly.diagnosis=0 s',
    'repair.weekly.transientShare=0 %',
    'targets=[]',
  );
  test.each([
    ['weekly-2', '2'],
    ['monthly-3', '3'],
    ['quarterly-6', '6'],
  ])('%s', async (variant, spares) => {
    const { code, plan } = await planned(
      'scenarios/fm-cycle.yaml',
      ...['--variant', variant, ...atTheWindow],
      ...['--vary', `repair.weekly.spares=${Math.max(0, Number(spares) - 1)}..7`, '--target', 'weekly exhaustion 0.1%'],
    );
    expect(code).toBe(0);
    expect(plan.answer!.values).toEqual({ 'repair.weekly.spares': spares });
    expect(plan.trials.map(({ verdict }) => verdict)).toEqual(['fail', 'pass']);
  });
});

describe('a plan', () => {
  const target = ['--target', 'pair dpm 500 s/year'];

  test('of a range that is enough everywhere, or nowhere', async () => {
    const all = await planned(PAIR, '--vary', 'groups.pair.probabilities.switch=99.9%..100%', ...target);
    expect(all).toMatchObject({ code: 0, plan: { verdict: 'pass', limit: null } });
    const none = await planned(PAIR, '--vary', 'groups.pair.probabilities.switch=90%..95%', ...target);
    expect(none).toMatchObject({ code: 1, plan: { verdict: 'fail', answer: null } });
  });

  test('of a time that must be short enough: the other direction', async () => {
    const { plan } = await planned(PAIR, '--vary', 'groups.pair.times.manualRestore.exponential=1 min..2 h', ...target);
    // DPM grows almost linearly with it: 907 at an hour, of which 627 are the failed switches.
    const seconds = Number.parseFloat(String(Object.values(plan.answer!.values)[0]));
    expect(seconds).toBeGreaterThan(800);
    expect(seconds).toBeLessThan(1500);
    expect(plan.answer!.estimate!.value).toBeLessThanOrEqual(500);
    expect(plan.answer!.estimate!.value).toBeCloseTo(500, 3);
  });

  test('finds the cheapest mix', async () => {
    const mix = [
      ...[
        '--vary',
        'groups.pair.probabilities.switch=98%,99%,99.9%',
        '--cost',
        'groups.pair.probabilities.switch=0,10,40',
      ],
      ...[
        '--vary',
        'groups.pair.detection.coverage=99%,99.5%,99.9%',
        '--cost',
        'groups.pair.detection.coverage=0,15,20',
      ],
    ];
    const { code, plan } = await planned(PAIR, ...mix, ...target);
    expect(code).toBe(0);
    const costs = plan.trials.map(({ cost }) => cost!);
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    // By exact values: 99 % of switches leave 592 s, 99.9 % of coverage takes off another 140.
    expect(plan.answer!.cost).toBe(30);
    const counts = [
      '--vary',
      'groups.pair.probabilities.switch=98%,99.9%',
      '--cost',
      'groups.pair.probabilities.switch=2',
    ];
    expect((await planned(PAIR, ...counts, ...target)).plan.answer!.cost).toBeCloseTo(2 * 99.9, 9);
  });

  test('is undecided where histories cannot tell', async () => {
    const { code, plan } = await planned(
      PAIR,
      ...['--simulate', '--histories', '4', '--years', '1', '--vary', 'groups.pair.probabilities.switch=97%,98%'],
      ...['--target', 'pair dpm 900 s/year'],
    );
    expect({ code, verdict: plan.verdict }).toEqual({ code: 3, verdict: 'undecided' });
  });

  test.each([
    ['nothing to vary', [...target], 'nothing to vary'],
    ['a range and options', ['--vary', 'a.b=1 s..2 s', '--vary', 'c=1,2', ...target], 'only be searched alone'],
    ['a mix without costs', ['--vary', 'a.b=1,2', '--vary', 'c=1,2', ...target], 'needs the costs'],
    ['too few costs', ['--vary', 'a=x,y', '--cost', 'a=1', ...target], '2 options and 1 costs'],
    ['no target', ['--vary', 'a=1,2'], '--target: the scenario states none'],
    ['an unknown service', ['--vary', 'a=1,2', '--target', 'pear dpm 3 s/year'], 'pear'],
    [
      'an unknown policy',
      ['--vary', 'a=1,2', '--target', 'weekly exhaustion 1%'],
      'no repair policy "weekly" with spares',
    ],
    ['a range in two units', ['--vary', 'a=1 s..2 %', ...target], 'expected path=LO..HI'],
  ])('refuses %s', async (_what, args, message) => {
    const { code, out, err } = await invoke(['plan', PAIR, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('ranges', () => {
  test('of shares next to 100 % are searched by what is missing, of times by ratio, of others evenly', () => {
    const at = (text: string, u: number): string => {
      const range = parseVariation(text);
      return range.kind === 'range' ? range.at(u) : '';
    };
    expect(at('c=99%..99.99%', 0.5)).toBe('99.9 %');
    expect(at('c=99%..100%', 1)).toBe('100 %');
    expect(at('t=1 s..100 s', 0.5)).toBe('10 s');
    expect(at('t=30 s..2 min', 0)).toBe('30 s');
    expect(at('t=30 s..2 min', 1)).toBe('120 s');
    expect(at('x=2 / year..4 / year', 0.5)).toBe('3 / year');
    expect(parseVariation('n=1..3')).toMatchObject({ kind: 'options', values: ['1', '2', '3'] });
  });
});

describe('a tornado', () => {
  test('reference: exact where exact: the switches cost 629.647 s more at 96 %', async () => {
    const { code, out } = await invoke(['plan', PAIR, '--tornado', '--format', 'json']);
    expect(code).toBe(0);
    const tornado = JSON.parse(out) as Tornado;
    expect(tornadoSchema.safeParse(tornado).error?.issues ?? []).toEqual([]);
    const switches = tornado.bars.find(({ path }) => path === 'groups.pair.probabilities.switch')!;
    expect(switches.low).toMatchObject({ value: '96 %', difference: { method: 'exact' } });
    expect(switches.low.difference.value).toBeCloseTo(629.647, 2);
    const swings = tornado.bars.map(({ swing }) => swing);
    expect(swings).toEqual([...swings].sort((a, b) => b - a));
  });

  test('law: simulated, its intervals hold the exact values', async () => {
    const args = ['plan', PAIR, '--tornado', '--vary', 'groups.pair.probabilities.switch=96%..99%', '--format', 'json'];
    const [exact, simulated] = await Promise.all(
      [[], ['--simulate', '--histories', '20']].map(
        async (more) => JSON.parse((await invoke([...args, ...more])).out) as Tornado,
      ),
    );
    for (const end of ['low', 'high'] as const) {
      const { lo, hi, method } = simulated!.bars[0]![end].difference;
      const { value } = exact!.bars[0]![end].difference;
      expect(method).toBe('histories');
      expect(lo).toBeLessThanOrEqual(value);
      expect(hi).toBeGreaterThanOrEqual(value);
    }
  });

  test('lists what cannot be moved so far and refuses services that are not there', async () => {
    const both = ['--vary', 'groups.pair.probabilities.switch=96%..99%', '--vary', 'groups.pair.members=two,three'];
    const { out } = await invoke(['plan', PAIR, '--tornado', ...both, '--format', 'json']);
    expect((JSON.parse(out) as Tornado).refused).toEqual(['groups.pair.members']);
    expect((await invoke(['plan', PAIR, '--tornado', '--service', 'x'])).err).toContain('there is no service "x"');
  });
});

test('schemas are printed and stored (vitest -u rewrites them)', async () => {
  for (const [what, schema] of [
    ['plan', planJsonSchema()],
    ['tornado', tornadoJsonSchema()],
  ] as const) {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../scenarios/${what}.schema.json`);
    expect((await invoke(['schema', what])).out).toBe(text);
  }
});
