import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  baseline,
  type CheckOptions,
  type CheckReport,
  type CheckSubject,
  check,
  checkJunit,
  checkOpenMetrics,
  loadScenario,
} from '../../src/index.ts';
import { readXml } from '../../src/interchange/xml/document.ts';
import { baselineJsonSchema, baselineSchema, checkJsonSchema, checkSchema } from '../../src/scenario/schema/check.ts';
import { invoke, SCENARIO } from '../cli/support.ts';
import { scenario } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const subject = async (name: string, set: readonly string[] = []): Promise<CheckSubject> => ({
  ...(await scenario(name, set)),
  label: name,
  file: `scenarios/${name}.yaml`,
});

async function checked(name: string, set: readonly string[], options: CheckOptions = {}): Promise<CheckReport> {
  return check([await subject(name, set)], options);
}

describe('law: regressions against a baseline (the 100 seeds are those of src/tools/gates)', () => {
  const seeds = Array.from({ length: 4 }, (_, i) => `gate-${i}`);
  const verdicts = async (now: CheckSubject): Promise<readonly string[]> => {
    const before = await subject('pair-chain');
    const found: string[] = [];
    for (const seed of seeds) {
      const taken = await baseline([before], { seed, years: 10, histories: 600 });
      const { scenarios } = await check([now], { baseline: taken, exact: false, histories: 600 });
      found.push(scenarios[0]!.regressions[0]!.verdict);
    }
    return found;
  };

  test('5 % more downtime by longer repairs is found with every seed', async () => {
    // Exact: 907.42 s/year become 952.79.
    const found = await verdicts(
      await subject('pair-chain', ['groups.pair.times.manualRestore={exponential: 1.0632 h}']),
    );
    expect(found).toEqual(seeds.map(() => 'fail'));
  });

  test('other names, and so histories that have nothing in common, fail with none', async () => {
    const text = readFileSync('scenarios/pair-chain.yaml', 'utf8')
      .replace('  pair:\n    failures', '  twin:\n    failures')
      .replace('uses: [pair]', 'uses: [twin]');
    const { scenario: renamed, digest } = await loadScenario(text);
    const found = await verdicts({ ...(await subject('pair-chain')), scenario: renamed, digest });
    expect(found).not.toContain('fail');
  });
});

describe('law: verdicts about targets are wrong as seldom as they say', () => {
  test('a limit right at the exact downtime is called met or missed in at most one run of ten, plus three SE', async () => {
    // The worst case: either certainty would be wrong, with a chance of 5 % each.
    const limit = ['targets=[{ of: pair, metric: dpm, limit: 907.420810156 s/year }]'];
    const now = await subject('pair-chain', limit);
    let certain = 0;
    const runs = 16;
    for (let seed = 0; seed < runs; seed++) {
      const { verdict } = await check([now], { seed: `verdict-${seed}`, years: 10, histories: 160, exact: false });
      if (verdict !== 'undecided') certain++;
    }
    expect(certain).toBeLessThanOrEqual(0.1 * runs + 3 * Math.sqrt(runs * 0.1 * 0.9));
  });
});

describe('targets', () => {
  test('what the exact side knows is decided without a single history', async () => {
    const { scenarios, verdict } = await checked('rbd-vs-des', []);
    expect(verdict).toBe('pass');
    expect(scenarios[0]!.run.histories).toBe(0);
    expect(scenarios[0]!.targets[0]).toMatchObject({ by: 'exact', verdict: 'pass' });
  });

  test('a clear case stops at the first look, a close one goes on, a hopeless one is left open', async () => {
    const limit = (of: string): string => `targets[0].limit=${of}`;
    const clear = await checked('active-standby', [limit('99.99 %')]);
    expect(clear.scenarios[0]!.run.histories).toBe(32);
    // 227 s/year are 99.99928 %, a tenth from this limit.
    const close = await checked('active-standby', [limit('99.9992 %')], { years: 20, histories: 2000 });
    expect(close.scenarios[0]!.run.histories).toBeGreaterThan(50);
    expect(close.scenarios[0]!.targets[0]!.verdict).toBe('pass');
    const open = await checked('active-standby', [limit('99.99928 %')], { histories: 40, years: 20 });
    expect(open.verdict).toBe('undecided');
    expect(open.scenarios[0]!.run).toMatchObject({ histories: 40, stop: 'budget' });
    const narrow = await checked('active-standby', [limit('99.99928 %')], {
      histories: 400,
      years: 20,
      precision: 0.4,
    });
    expect(narrow.scenarios[0]!.run.stop).toBe('precision');
    expect(narrow.verdict).toBe('undecided');
  });

  test('an outage that never happened is judged by what may be unseen (Poisson)', async () => {
    const never = ['targets[0].metric=dpmPartial', 'targets[0].limit=20 s/year'];
    const { scenarios } = await checked('active-standby', never);
    expect(scenarios[0]!.targets[0]).toMatchObject({ verdict: 'pass', estimate: { value: 0, method: 'poisson' } });
  });

  test('level warn decides nothing', async () => {
    const missed = ['targets[0].limit=99.99999 %', 'targets[0].level=warn'];
    const { verdict, scenarios } = await checked('active-standby', missed);
    expect(scenarios[0]!.targets[0]!.verdict).toBe('fail');
    expect(verdict).toBe('pass');
  });
});

describe('a baseline', () => {
  test('of the same scenario and version needs no histories; another label is missing', async () => {
    const one = { ...(await subject('pair-chain')) };
    const taken = await baseline([one], { histories: 40, years: 5 });
    expect(baselineSchema.safeParse(JSON.parse(JSON.stringify(taken))).error?.issues ?? []).toEqual([]);
    const same = await check([one], { baseline: taken });
    expect(same.scenarios[0]).toMatchObject({ baseline: 'unchanged', verdict: 'pass', run: { histories: 0 } });
    const again = await check([one], { baseline: taken, exact: false });
    const { difference, by } = again.scenarios[0]!.regressions[0]!;
    // The program that made the baseline still makes the same histories.
    expect({ by, value: difference.value }).toEqual({ by: 'histories', value: 0 });
    const other = await check([{ ...one, label: 'another' }], { baseline: taken });
    expect(other.scenarios[0]!.baseline).toBe('missing');
  });

  test('that both know exactly is compared exactly, to the tolerance', async () => {
    const taken = await baseline([await subject('pair-chain')], { histories: 4, years: 5 });
    const [half, one] = await Promise.all(
      ['97.99 %', '97.5 %'].map((p) =>
        checked('pair-chain', [`groups.pair.probabilities.switch=${p}`], { baseline: taken }),
      ),
    );
    expect(half!.scenarios[0]!.regressions[0]).toMatchObject({ by: 'exact', verdict: 'pass' });
    expect(one!.scenarios[0]!.regressions[0]).toMatchObject({ by: 'exact', verdict: 'fail' });
  });

  test('contradicts another seed', async () => {
    const taken = await baseline([await subject('pair-chain')], { histories: 4, years: 5 });
    await expect(checked('pair-chain', [], { baseline: taken, seed: 'x' })).rejects.toThrow('contradicts the baseline');
  });
});

describe('the command', () => {
  const file = join(folder, 'baseline.json');
  const slower = ['--set', 'groups.sbc.times.manualRestore=1200s'];

  test('writes a baseline, keeps other scenarios in it, and finds what has grown', async () => {
    const update = ['--baseline', file, '--update-baseline', '--histories', '120', '--years', '50'];
    expect((await invoke(['check', 'scenarios/pair-chain.yaml', ...update])).code).toBe(0);
    expect((await invoke(['check', SCENARIO, ...update])).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(Object.keys(JSON.parse(text).scenarios)).toEqual(['active-standby', 'pair-chain']);
    const same = await invoke(['check', SCENARIO, '--baseline', file]);
    expect(same.code).toBe(0);
    expect(same.out).toContain('unchanged');
    const grown = await invoke(['check', SCENARIO, '--baseline', file, ...slower]);
    expect(grown.code).toBe(1);
    expect(grown.out).toContain('regression');
  });

  test('speaks to GitHub: annotations on the error stream, the summary in its file', async () => {
    const summary = join(folder, 'summary.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { code, err, out } = await invoke(['check', SCENARIO, '--baseline', file, ...slower], { env });
    expect(code).toBe(1);
    expect(out).not.toContain('::error');
    expect(err).toMatch(
      /^::error file=scenarios\/active-standby.yaml,title=active-standby%3A regression of voice::downtime/,
    );
    expect(err).toContain('::notice title=carriergrade check::1 scenario: 2 met, 1 missed');
    expect(readFileSync(summary, 'utf8')).toContain('# ✗ 1 scenario: 2 met, 1 missed');
  });

  test('writes JUnit and OpenMetrics that parsers read', async () => {
    const [junit, metrics] = [join(folder, 'junit.xml'), join(folder, 'metrics.txt')];
    await invoke(['check', SCENARIO, '--baseline', file, ...slower, '--junit', junit, '--openmetrics', metrics]);
    const { root, problems } = readXml(readFileSync(junit, 'utf8'), junit);
    expect(problems).toEqual([]);
    expect(root!.tag).toBe('testsuites');
    const text = readFileSync(metrics, 'utf8');
    expect(text.endsWith('# EOF\n')).toBe(true);
    expect(text).toContain('carriergrade_regression_free{scenario="active-standby",service="voice"} 0\n');
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    for (const sample of samples) expect(sample).toMatch(/^carriergrade_\w+\{(\w+="[^"]*",?)+\} -?[\d.e+-]+$/);
  });

  test('ends with 3 where a target is open and with 2 where it cannot run', async () => {
    const open = ['check', SCENARIO, '--set', 'targets[0].limit=99.99928 %', '--histories', '40', '--years', '20'];
    expect((await invoke(open)).code).toBe(3);
    const wrong = await invoke(['check', SCENARIO, '--baseline', SCENARIO]);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toContain('bad-baseline');
    const other = join(folder, 'other.json');
    await invoke(['check', 'scenarios/pair-chain.yaml', '--baseline', other, '--update-baseline', '--histories', '2']);
    for (const [args, message] of [
      [['--update-baseline'], 'say which file with --baseline'],
      [['--tolerance', '10%'], 'cannot be tolerated'],
      [[SCENARIO], 'are both called active-standby'],
      [['--baseline', join(folder, 'none.json')], 'none.json'],
      [['--baseline', other], 'knows none of active-standby; it knows pair-chain'],
    ] as const) {
      const { code, err } = await invoke(['check', SCENARIO, ...args]);
      expect(code).toBe(2);
      expect(err).toContain(message);
    }
  });

  test('has the shape its schema says (vitest -u rewrites scenarios/check.schema.json)', async () => {
    for (const [what, schema] of [
      ['check', checkJsonSchema()],
      ['baseline', baselineJsonSchema()],
    ] as const) {
      const text = `${JSON.stringify(schema, null, 2)}\n`;
      await expect(text).toMatchFileSnapshot(`../../scenarios/${what}.schema.json`);
      expect((await invoke(['schema', what])).out).toBe(text);
    }
    for (const more of [[], ['--baseline', file, ...slower]]) {
      const { out } = await invoke(['check', SCENARIO, ...more, '--format', 'json']);
      expect(checkSchema.safeParse(JSON.parse(out)).error?.issues ?? []).toEqual([]);
    }
  });

  test('interrupted reports what is certain by then and ends with 130', async () => {
    let send: (signal: 'SIGINT') => void = () => {};
    let now = 0;
    const clock = (): number => {
      now += 0.01;
      if (now > 1) send('SIGINT');
      return now;
    };
    const args = ['check', SCENARIO, '--set', 'targets[0].limit=99.99928 %', '--format', 'json'];
    const { code, out } = await invoke(args, { clock }, (interrupt) => {
      send = interrupt;
    });
    expect(code).toBe(130);
    expect((JSON.parse(out) as CheckReport).scenarios[0]!.run.stop).toBe('interrupted');
  });
});

describe('interrupted among several scenarios', () => {
  test('keeps those that are finished and goes on from there, to the same bytes', async () => {
    const files = ['scenarios/rbd-vs-des.yaml', SCENARIO];
    const set = ['--set', 'targets[0].level=error', '--histories', '60', '--years', '20', '--simulate'];
    const [whole, output] = [join(folder, 'whole.json'), join(folder, 'resumed.json')];
    await invoke(['check', ...files, ...set, '-o', whole]);
    const { scenarios } = JSON.parse(readFileSync(whole, 'utf8')) as CheckReport;
    let send: (signal: 'SIGINT') => void = () => {};
    let reads = 0;
    const clock = (): number => {
      // Every history looks at the clock twice: the second scenario is under way.
      if (++reads === 2 * scenarios[0]!.run.histories + 20) send('SIGINT');
      return reads * 1e-6;
    };
    const broken = await invoke(['check', ...files, ...set, '-o', output], { clock }, (interrupt) => {
      send = interrupt;
    });
    expect(broken.code).toBe(130);
    expect(broken.err).toContain(
      `finished histories are kept in ${output}.partial: the same command goes on from there`,
    );
    const kept = readFileSync(`${output}.partial`, 'utf8').trim().split('\n');
    const [scenario, work] = kept.map((line) => JSON.parse(line) as { done: { label?: string; names?: string[] } });
    expect(kept).toHaveLength(2);
    expect(scenario!.done.label).toBeDefined();
    expect(work!.done.names!.slice(0, 2)).toEqual(['history/0', 'history/1']);
    await invoke(['check', ...files, ...set, '-o', output]);
    expect(existsSync(`${output}.partial`)).toBe(false);
    expect(readFileSync(output, 'utf8')).toBe(readFileSync(whole, 'utf8'));
  });
});

describe('what a parser must be able to read', () => {
  test('texts with signs of their own are escaped', async () => {
    const report = await checked('rbd-vs-des', []);
    const [one] = report.scenarios;
    const odd = { ...report, scenarios: [{ ...one!, label: 'a<b> & "c"\nd', file: 'x>y' }] };
    expect(readXml(checkJunit(odd), 'junit').problems).toEqual([]);
    expect(await checkOpenMetrics(odd)).toContain('scenario="a<b> & \\"c\\"\\nd"');
  });
});
