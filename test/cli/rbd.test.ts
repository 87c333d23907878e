import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChainReport, StructureReport, StructuresReport } from '../../src/model/calculation.ts';
import { agreesTo } from '../analytic/digits.ts';
import { invoke } from './support.ts';

const CHAIN = 'scenarios/chains/active-standby.yaml';
const TREE = 'scenarios/fault-trees/two-regions.xml';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carriergrade-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}

async function solved<T>(...args: readonly string[]): Promise<T> {
  const { code, out, err } = await invoke(['rbd', ...args, '--format', 'json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as T;
}

describe('block diagrams', () => {
  const seed = (name: string): string => `scenarios/seed-tables/${name}.yaml`;

  test.each([
    ['first-diagram', '946.070539', '4.5229'],
    ['second-diagram', '94.607905', '5.5229'],
    ['ten-stages', '315.3586', '5.000002'],
    ['three-clouds', '946.07', '4.5229'],
    ['leaf-spine', '0.1288', '8.389'],
    ['quorum', '94.54', '5.523'],
  ])('reference: %s of the source documents, %s s/year (NC-03, 06, 15, 39, 40, 50)', async (name, dpm, nines) => {
    const { top } = await solved<StructureReport>(seed(name));
    agreesTo(top.dpm, dpm);
    agreesTo(top.nines, nines);
  });

  test('what adding up says stands beside the exact downtime (NC-04)', async () => {
    const { out } = await invoke(['rbd', seed('first-diagram'), '--cut-sets']);
    expect(out).toContain('946.070539232 s/year');
    expect(out).toContain('Added up: 946.08 s/year, 0.001 % more than the exact downtime.');
  });

  test('the course over time needs failure frequencies', async () => {
    const { mission } = await solved<StructureReport>(seed('leaf-spine'), '--mission', '1 h', '--mission', '1000000 h');
    expect(mission![0]!.unavailability).toBeLessThan(mission![1]!.unavailability);
    expect(mission![1]!.unavailability / 4.08461023945e-9).toBeCloseTo(1, 9);
    const { code, err } = await invoke(['rbd', seed('quorum'), '--mission', '1h']);
    expect(code).toBe(2);
    expect(err).toContain('no-rates');
  });

  test('uncertainty needs error factors', async () => {
    const { code, err } = await invoke(['rbd', seed('quorum'), '--uncertainty']);
    expect(code).toBe(2);
    expect(err).toBe(
      'unsupported no-uncertainty: no block has an error factor, so there is no uncertainty to propagate\n',
    );
  });

  test('problems are located in the file', async () => {
    const file = await written('broken.yaml', 'format: carriergrade/diagram/1\ndiagram:\n  serie: [a]\n');
    const { code, out, err } = await invoke(['rbd', file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/broken\.yaml:[23]:\d+ error /);
  });

  test('9 990 of 10 000 units, exact (rational arithmetic)', async () => {
    const text = 'diagram: {atLeast: 9990, of: [{repeat: 10000, availability: 99.9 %, mttr: 1 h}]}';
    const file = await written('ten-thousand.yaml', `format: carriergrade/diagram/1\n${text}\n`);
    const { top, method, importance } = await solved<StructureReport>(file, '--importance');
    expect(method).toBe('exact');
    expect(top.unavailability / 0.4169602393707426).toBeCloseTo(1, 12);
    expect(top.frequencyPerYear! / (8760 * 10_000 * 1e-3 * 0.12517263665023892)).toBeCloseTo(1, 11);
    expect(importance).toHaveLength(10_000);
  });

  test('a chain is a block like any other', async () => {
    const text = [
      'format: carriergrade/diagram/1',
      'diagram:',
      '  parallel:',
      '    - {name: site, mtbf: 999 h, mttr: 1 h}',
      '    - name: pair',
      '      chain: {states: [up, down], transitions: [{from: up, to: down, mean: 99 h}, {from: down, to: up, mean: 1 h}], down: down}',
    ].join('\n');
    const { top } = await solved<StructureReport>(await written('with-chain.yaml', text));
    expect(top.unavailability).toBeCloseTo(1e-5, 17);
    expect(top.mdtHours).toBeCloseTo(0.5, 12);
  });

  test('what is rarer than any printable share is printed', async () => {
    const file = await written(
      'rare.yaml',
      'format: carriergrade/diagram/1\ndiagram: {failureRate: 1e-320 / h, mttr: 1 h}\n',
    );
    const { code, out } = await invoke(['rbd', file, '--mission', '1 year']);
    expect(code).toBe(0);
    expect(out).toContain('100 %');
  });
});

describe('chains', () => {
  test('the pair of the formula: 4.704 + 144.0 + 35.64 s/year and the second failure (NC-36)', async () => {
    const { format, rewards } = await solved<ChainReport>(CHAIN);
    expect(format).toBe('carriergrade/chain-solution/1');
    // First-order terms over-count by the share of time without a standby, (λ + λ)·180 s = 4.6e-5.
    expect(rewards[0]!.dpm).toBeCloseTo(184.344 + 0.033, 1);
    expect(rewards[0]!.dpm).toBeLessThan(184.344 + 0.033);
    expect(rewards[1]!.name).toBe('by hand');
  });

  test('instants of the file, then those asked for', async () => {
    const { rewards } = await solved<ChainReport>(CHAIN, '--mission', '1 h', '--mission', '1year');
    expect(rewards[0]!.at.map(({ hours }) => hours)).toEqual([24, 1, 8_760]);
  });

  test('compound units load the unit library', async () => {
    const file = await written(
      'compound.yaml',
      'format: carriergrade/chain/1\nstates: [up, down]\ntransitions:\n' +
        '  - { from: up, to: down, rate: 2 / (3 week) }\n  - { from: down, to: up, mean: 40 GB / (10 Gbit/s) }\n' +
        'rewards: { down: [down] }\n',
    );
    const { rewards } = await solved<ChainReport>(file);
    expect(rewards[0]!.mdtHours! * 3_600).toBeCloseTo(32, 9);
  });
});

describe('fault trees', () => {
  test('shared causes, importance and cut sets', async () => {
    const report = await solved<StructureReport>(TREE, '--importance', '--cut-sets', '2');
    expect(report).toMatchObject({ format: 'carriergrade/structure/1', name: 'service-down', method: 'exact' });
    const [first] = report.cutSets!.top;
    expect(first!.probability).toBe(5e-6);
    expect(report.cutSets!.byOrder).toEqual([0, 2, 4]);
    expect(report.cutSets!.truncatedAt).toBe(2);
    expect(report.importance.find(({ block }) => block === 'certificate-expired')!.birnbaum).toBeCloseTo(1, 4);
  });

  test('nothing is computed that nobody asked for', async () => {
    const report = await solved<StructureReport>(TREE);
    expect(report.importance).toEqual([]);
    expect(report).not.toHaveProperty('cutSets');
    expect(report).not.toHaveProperty('uncertainty');
  });

  test('without common causes the two regions are independent', async () => {
    const { top } = await solved<StructureReport>(TREE, '--no-common-causes');
    const region = 1 - (1 - 2e-5) * (1 - 1e-4) * (1 - (3e-6 - 2e-9));
    expect(top.unavailability).toBeCloseTo(1 - (1 - region ** 2) * (1 - 1e-7), 13);
  });

  test('uncertainty: the same seed gives the same law, another seed another', async () => {
    const law = async (...args: readonly string[]) =>
      (await solved<StructureReport>(TREE, '--uncertainty', '50', ...args)).uncertainty!;
    const first = await law();
    expect(first.draws).toBe(50);
    expect(await law()).toEqual(first);
    expect((await law('--seed', 'other')).mean).not.toBe(first.mean);
    expect(first.tornado.map(({ parameter }) => parameter)).toEqual(['controller']);
  });

  const TWO_TOPS =
    '<opsa-mef><define-fault-tree name="t"><define-gate name="a"><or><basic-event name="x"/><basic-event name="y"/></or>' +
    '</define-gate><define-gate name="b"><and><basic-event name="x"/><basic-event name="y"/></and></define-gate>' +
    '</define-fault-tree></opsa-mef>';
  const EVENTS =
    '<opsa-mef><model-data><define-basic-event name="x"><float value="0.1"/></define-basic-event>' +
    '<define-basic-event name="y"><exponential><float value="1e-4"/><system-mission-time/></exponential>' +
    '</define-basic-event></model-data></opsa-mef>';

  test('several files make one model, several tops are all solved or one is chosen', async () => {
    const files = [await written('tree.xml', TWO_TOPS), await written('events.xml', `\ufeff  ${EVENTS}`)];
    const both = await solved<StructuresReport>(...files, '--mission', '1000h');
    const y = -Math.expm1(-0.1);
    expect(both.structures.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(both.structures[1]!.top.unavailability).toBeCloseTo(0.1 * y, 14);
    const one = await solved<StructureReport>(...files, '--mission', '1000h', '--top', 'a');
    expect(one.top.unavailability).toBeCloseTo(0.1 + 0.9 * y, 14);
    const { code, err } = await invoke(['rbd', ...files, '--top', 'c']);
    expect(code).toBe(2);
    expect(err).toContain('--top: there is no top "c"\n  hint: tops are a, b');
    expect((await invoke(['rbd', ...files, '--mission', '1h', '--mission', '2h'])).err).toContain('one mission time');
  });

  test('problems are located in the file', async () => {
    const file = await written('broken.xml', '<opsa-mef>\n  <define-fault-tree name="t">\n</opsa-mef>\n');
    const { code, out, err } = await invoke(['rbd', file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/broken\.xml:\d+:\d+ error /);
  });
});

describe('several models', () => {
  test('--each solves every file by itself', async () => {
    const files = ['scenarios/seed-tables/quorum.yaml', TREE, 'scenarios/seed-tables/quorum.yaml'];
    const { structures } = await solved<StructuresReport>('--each', ...files);
    const alone = await Promise.all(files.map((file) => invoke(['rbd', file, '--format', 'json'])));
    const expected = alone.flatMap(({ out }) => {
      const report = JSON.parse(out) as StructureReport | StructuresReport;
      return report.format === 'carriergrade/structures/1' ? report.structures : [report];
    });
    expect(structures.map(({ top }) => top)).toEqual(expected.map(({ top }) => top));
    expect(structures[0]).toMatchObject({ name: files[0], title: 'Two of three instances of 99.9 %' });
    const { out } = await invoke(['rbd', '--each', ...files, '--format', 'csv']);
    expect(out).toContain('scenarios/seed-tables/quorum.yaml,top,,method,exact\n');
  });

  test('a chain among them is refused', async () => {
    const { code, err } = await invoke(['rbd', '--each', TREE, CHAIN]);
    expect(code).toBe(2);
    expect(err).toContain(`${CHAIN}:1:1 error several-models: a Markov chain is reported alone`);
  });
});

test.each([
  ['no file', [], "missing required argument 'files'"],
  ['a file that is not there', ['none.xml'], 'none.xml:1:1 error missing-file'],
  ['a scenario', ['scenarios/active-standby.yaml'], 'hint: carriergrade analyse scenarios/active-standby.yaml'],
  ['a file of something else', ['package.json'], 'package.json:1:1 error missing-format: this is no block diagram'],
  [
    'a top of a diagram',
    ['scenarios/seed-tables/quorum.yaml', '--top', 'x'],
    '--top: does not go with a block diagram',
  ],
  ['two chains', [CHAIN, CHAIN], 'only the files of one Open-PSA model are read together'],
  ['a chain and a tree', [TREE, CHAIN], `${CHAIN}:1:1 error several-models`],
  ['importance of a chain', [CHAIN, '--importance'], '--importance: does not go with a Markov chain'],
  ['cut sets of a chain', [CHAIN, '--cut-sets'], '--cut-sets: does not go with a Markov chain'],
  ['no cut sets at all', [TREE, '--cut-sets', '0'], 'expected a whole number, at least 1'],
  ['a mission of nothing', [CHAIN, '--mission', '0 h'], '--mission: expected a time above 0'],
  ['more draws than anybody waits for', [TREE, '--uncertainty', '1000000000'], 'at least 2, at most 1000000'],
])('%s ends in exit code 2 and says so', async (_what, args, message) => {
  const { code, out, err } = await invoke(['rbd', ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(err).not.toMatch(/internal error|\n\s+at /);
});
