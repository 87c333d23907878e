import { describe, expect, test } from 'vitest';
import { analyse, type Comparison, compare, render } from '../../src/index.ts';
import { sumOf } from '../../src/measures/statistics/sum.ts';
import { COMPARED_AXES } from '../../src/model/comparison.ts';
import { comparisonJsonSchema, comparisonSchema } from '../../src/scenario/schema/comparison.ts';
import { invoke } from '../cli/support.ts';
import { scenario } from './support.ts';

const SWITCH = 'groups.pair.probabilities.switch=97%';

describe('law: what pairs of histories say', () => {
  test('95 % intervals of the difference and of the ratio hold the exact value with 95 % of 25 seeds, less three SE', async () => {
    const [a, b] = await Promise.all([scenario('pair-chain'), scenario('pair-chain', [SWITCH])]);
    const exactOf = (which: typeof a): number => analyse(which).services['pair']!.conditional.dpm!;
    const [exactA, exactB] = [exactOf(a), exactOf(b)];
    let [difference, ratio, reduction] = [0, 0, 0];
    const seeds = 25;
    for (let seed = 0; seed < seeds; seed++) {
      const { against } = await compare(a, [b], { seed: `coverage-${seed}`, histories: 30, years: 20 });
      const { metrics, varianceReduction } = against[0]!.services['pair']!;
      const { dpm } = metrics;
      if (dpm.difference.lo <= exactB - exactA && exactB - exactA <= dpm.difference.hi) difference++;
      if (dpm.ratio!.lo <= exactB / exactA && exactB / exactA <= dpm.ratio!.hi) ratio++;
      reduction += varianceReduction! / seeds;
    }
    const least = 0.95 * seeds - 3 * Math.sqrt(seeds * 0.95 * 0.05);
    expect(difference).toBeGreaterThanOrEqual(least);
    expect(ratio).toBeGreaterThanOrEqual(least);
    // Independent runs of the two need several times as many histories.
    expect(reduction).toBeGreaterThan(2);
  });

  test('a change of every outage alike needs next to no histories', async () => {
    const base = await scenario('active-standby');
    const { against } = await compare(base, [await scenario('active-standby', [], 'traditional')], { histories: 20 });
    const { metrics, varianceReduction, because } = against[0]!.services['voice']!;
    expect(metrics.dpm.verdict).toBe('less');
    expect(varianceReduction).toBeGreaterThan(1000);
    // FL-01 takes 0.5 s where FL-03 takes 1.5 s: the failover made the difference and nothing else did.
    expect(because.phase[0]!.name).toBe('remediation');
    expect(because.phase[0]!.difference.value).toBeCloseTo(metrics.dpm.difference.value, 6);
  });

  test('every axis sums to the difference', async () => {
    const { against } = await compare(await scenario('pair-chain'), [await scenario('pair-chain', [SWITCH])], {
      histories: 12,
    });
    const { metrics, because } = against[0]!.services['pair']!;
    for (const axis of COMPARED_AXES) {
      expect(sumOf(because[axis].map((each) => each.difference.value))).toBeCloseTo(metrics.dpm.difference.value, 5);
    }
  });
});

describe('reference: the exact side beside the pairs', () => {
  test('907.42 s/year of NC pair-chain against 1 % more failed switches', async () => {
    const { against } = await compare(await scenario('pair-chain'), [await scenario('pair-chain', [SWITCH])], {
      histories: 30,
    });
    const { metrics, exact } = against[0]!.services['pair']!;
    expect(exact!.a.value).toBeCloseTo(907.420810156, 6);
    expect(metrics.dpm.difference.lo).toBeLessThan(exact!.difference.value);
    expect(metrics.dpm.difference.hi).toBeGreaterThan(exact!.difference.value);
  });
});

describe('a comparison', () => {
  test('of a scenario with itself says that nothing differs', async () => {
    const one = await scenario('pair-chain');
    const { against } = await compare(one, [one], { histories: 3 });
    const { dpm } = against[0]!.services['pair']!.metrics;
    expect(dpm).toMatchObject({ verdict: 'same', difference: { value: 0, lo: 0, hi: 0 } });
  });

  test('stops at the precision asked for, and gives the same bytes again', async () => {
    const pair = [await scenario('pair-chain'), await scenario('pair-chain', [SWITCH])] as const;
    const once = await compare(pair[0], [pair[1]], { precision: 0.1, histories: 2000, years: 50 });
    expect(once.run.stop).toBe('precision');
    const { difference, a } = once.against[0]!.services['pair']!.metrics.dpm;
    expect((difference.hi - difference.lo) / 2).toBeLessThanOrEqual(0.1 * a.value);
    const again = await compare(pair[0], [pair[1]], { precision: 0.1, histories: 2000, years: 50 });
    expect(render(again, { format: 'json' })).toBe(render(once, { format: 'json' }));
  });

  test('of scenarios without a common service is refused', async () => {
    await expect(compare(await scenario('pair-chain'), [await scenario('active-standby')])).rejects.toThrow(
      'no service in common: pair against voice',
    );
  });

  test('has the shape its schema says (vitest -u rewrites scenarios/comparison.schema.json)', async () => {
    const text = `${JSON.stringify(comparisonJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../scenarios/comparison.schema.json');
    expect((await invoke(['schema', 'comparison'])).out).toBe(text);
    const args = ['compare', 'scenarios/active-standby.yaml', '--variants', 'nfv-sync,traditional,none'];
    const { out, code } = await invoke([...args, '--histories', '3', '--years', '5', '--format', 'json']);
    expect(code).toBe(0);
    expect(comparisonSchema.safeParse(JSON.parse(out)).error?.issues ?? []).toEqual([]);
    expect((JSON.parse(out) as Comparison).against.map(({ b }) => b.label)).toEqual(['traditional', 'none']);
  });
});

describe('the command', () => {
  test.each([
    ['nothing to compare with', ['scenarios/pair-chain.yaml'], 'there is nothing to compare with'],
    [
      'two ways at once',
      ['scenarios/pair-chain.yaml', '--variants', 'a,b', '--change', 'x=1'],
      'only one way at a time',
    ],
    ['one variant', ['scenarios/active-standby.yaml', '--variants', 'none'], 'expected two or more, got "none"'],
    [
      'a change that cannot be read',
      ['scenarios/active-standby.yaml', '--change', 'simulation.years=5 parsec'],
      '(--change simulation.years=5 parsec)',
    ],
    ['an unknown variant', ['scenarios/active-standby.yaml', '--variants', 'none,nome'], 'no variant "nome"'],
  ])('refuses %s', async (_what, args, message) => {
    const { code, out, err } = await invoke(['compare', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('interrupted reports the pairs it has and ends with 130', async () => {
    let send: (signal: 'SIGINT') => void = () => {};
    let now = 0;
    const clock = (): number => {
      now += 0.01;
      if (now > 0.5) send('SIGINT');
      return now;
    };
    const args = [
      'compare',
      'scenarios/pair-chain.yaml',
      '--change',
      SWITCH,
      '--histories',
      '100000',
      '--format',
      'json',
    ];
    const { code, out, listening } = await invoke(args, { clock }, (interrupt) => {
      send = interrupt;
    });
    expect({ code, listening }).toEqual({ code: 130, listening: 0 });
    expect((JSON.parse(out) as Comparison).run.histories).toBeLessThan(100_000);
  });
});
