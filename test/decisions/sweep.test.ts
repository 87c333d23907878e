import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, test } from 'vitest';
import { type Sweep, sweepPoints } from '../../src/index.ts';
import { sweepJsonSchema, sweepSchema } from '../../src/scenario/schema/sweep.ts';
import { invoke } from '../cli/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILE = 'scenarios/pair-chain.yaml';
const SWITCH = 'groups.pair.probabilities.switch=97%,98%,99%';
const short = ['--histories', '3', '--years', '5'];

describe('points', () => {
  test('a grid has every combination, the last path varies fastest; a list goes along all paths', () => {
    const axes = { a: [1, 2], b: ['x', 'y'] };
    expect(sweepPoints(axes, 'grid')).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ]);
    expect(sweepPoints(axes, 'list')).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });

  test.each([
    ['nothing', {}, 'grid', 'nothing to vary'],
    ['a path without values', { a: [] }, 'grid', 'a has no values'],
    ['lists of different lengths', { a: [1], b: [1, 2] }, 'list', 'as many values'],
    ['too many', { a: Array(1000).fill(1), b: Array(1000).fill(1) }, 'grid', '1000000 points'],
  ] as const)('of %s are refused', (_what, axes, how, message) => {
    expect(() => sweepPoints(axes, how)).toThrow(message);
  });
});

describe('the command', () => {
  test('reference: the exact side stands beside each point (907.42 s/year at 98 %)', async () => {
    const { code, out } = await invoke(['sweep', FILE, '--over', SWITCH, ...short, '--format', 'json']);
    expect(code).toBe(0);
    const { points } = JSON.parse(out) as Sweep;
    expect(points.map(({ services }) => services['pair']!.exactDpm!.toFixed(3))).toEqual([
      '1222.247',
      '907.421',
      '592.588',
    ]);
    // The same random numbers: more failed switches can only add downtime.
    const downtime = points.map(({ services }) => services['pair']!.dpm.value);
    expect(downtime).toEqual([...downtime].sort((a, b) => b - a));
    expect(sweepSchema.safeParse(JSON.parse(out)).error?.issues ?? []).toEqual([]);
    const text = `${JSON.stringify(sweepJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../scenarios/sweep.schema.json');
  });

  test('the sweep of the file is used without --over; values with commas are kept whole', async () => {
    const file = join(folder, 'own.yaml');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(file, `${readFileSync(FILE, 'utf8')}\nsweep: { groups.pair.probabilities.switch: [97 %, 98 %] }\n`);
    const own = await invoke(['sweep', file, ...short, '--format', 'json']);
    expect((JSON.parse(own.out) as Sweep).parameters).toEqual(['groups.pair.probabilities.switch']);
    const affinities = 'groups.sbc.placement.antiAffinity={level: node, hard: true},{level: rack, hard: true}';
    const { out, err } = await invoke([
      'sweep',
      'scenarios/active-standby.yaml',
      '--over',
      affinities,
      ...short,
      '--format',
      'csv',
    ]);
    expect(err).toBe('');
    expect(out.split('\n')).toHaveLength(4);
  });

  test('Parquet is read back by another library, number by number', async () => {
    const [csv, parquet] = [join(folder, 's.csv'), join(folder, 's.parquet')];
    for (const output of [csv, parquet]) await invoke(['sweep', FILE, '--over', SWITCH, ...short, '-o', output]);
    const bytes = readFileSync(parquet);
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    });
    const [header, ...lines] = readFileSync(csv, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows).toHaveLength(3);
    rows.forEach((row, i) => {
      expect(Object.keys(row)).toEqual(header);
      header!.forEach((name, column) => {
        const text = lines[i]![column]!;
        const value = row[name];
        if (typeof value === 'number') expect(value).toBeCloseTo(Number(text), 9);
        else expect(value ?? '').toBe(text);
      });
    });
  });

  test('interrupted keeps the finished points and goes on from there, to the same bytes', async () => {
    const output = join(folder, 'resumed.json');
    const whole = join(folder, 'whole.json');
    const args = ['sweep', FILE, '--over', SWITCH, '--histories', '20', '--years', '20'];
    await invoke([...args, '-o', whole]);
    let send: (signal: 'SIGINT') => void = () => {};
    let reads = 0;
    const clock = (): number => {
      // The first point looks at the clock once per history and a little more.
      if (++reads === 35) send('SIGINT');
      return reads * 1e-6;
    };
    const broken = await invoke([...args, '-o', output], { clock }, (interrupt) => {
      send = interrupt;
    });
    expect(broken.code).toBe(130);
    expect(broken.err).toContain(`1 of 3 points are kept in ${output}.partial`);
    expect(existsSync(output)).toBe(false);
    const resumed = await invoke([...args, '-o', output]);
    expect(resumed.code).toBe(0);
    expect(existsSync(`${output}.partial`)).toBe(false);
    expect(readFileSync(output, 'utf8')).toBe(readFileSync(whole, 'utf8'));
  });

  test.each([
    ['nothing to vary', [], 'has no "sweep"'],
    ['a path without values', ['--over', 'groups.pair.x'], 'expected path=a,b,c'],
    ['an impossible value, before anything is simulated', ['--over', `${SWITCH},140%`], '140%'],
  ])('refuses %s', async (_what, args, message) => {
    const { code, out, err } = await invoke(['sweep', FILE, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
