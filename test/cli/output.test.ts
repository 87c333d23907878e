import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { render } from '../../src/report/render.ts';
import { result } from '../report/fixtures/result.ts';
import { type Invocation, invoke, SCENARIO } from './support.ts';

const run = ['run', SCENARIO];
const given: Invocation = { api: { simulate: () => Promise.resolve({ ...result, targets: [] }) } };
const reported = { ...result, targets: [] };
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carriergrade-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('to a file', () => {
  test.each([
    ['a.json', [], 'json'],
    ['a.csv', [], 'csv'],
    ['a.md', [], 'markdown'],
    ['a.txt', [], 'table'],
    ['b.txt', ['--format', 'csv'], 'csv'],
  ] as const)('%s with %j is %s', async (name, options, format) => {
    const file = join(folder, name);
    expect(await invoke([...run, '-o', file, ...options], given)).toMatchObject({ code: 0, out: '', err: '' });
    expect(await readFile(file, 'utf8')).toBe(render(reported, { format }));
  });

  test('a link is followed, what was there is replaced, nothing else is left behind', async () => {
    const target = join(folder, 'kept.csv');
    const link = join(folder, 'link.csv');
    await writeFile(target, 'old');
    await symlink(target, link);
    await invoke([...run, '-o', link], given);
    expect(await readFile(target, 'utf8')).toBe(render(reported, { format: 'csv' }));
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('what is no file is written to, not replaced', async () => {
    expect(await invoke([...run, '-o', '/dev/null'], given)).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('a dash is standard output', async () => {
    const { out } = await invoke([...run, '-o', '-', '--format', 'csv'], given);
    expect(out).toBe(render(reported, { format: 'csv' }));
  });

  test.each([
    ['in a folder that is missing', join('missing', 'a.csv'), 'missing or read-only'],
    ['that is a folder', '.', 'it is a directory'],
  ])('a file %s is reported before anything runs', async (_what, name, message) => {
    const simulate = () => Promise.reject(new Error('must not run'));
    const { code, out, err } = await invoke([...run, '-o', join(folder, name)], { api: { simulate } });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(new RegExp(`^error: cannot write .*${message}\n$`));
  });
});

describe('to standard output', () => {
  test('80 columns without colours in a pipe', async () => {
    expect((await invoke(run, given)).out).toBe(render(reported));
  });

  test('the width of the terminal, in colours', async () => {
    const { out } = await invoke(run, { ...given, terminal: 132 });
    expect(out).toContain('\u001b[1mTargets\u001b[22m');
    const plain = await invoke([...run, '--no-color'], { ...given, terminal: 132 });
    expect(plain.out).toBe(render(reported, { width: 132 }));
  });

  test('--elements asks the simulator and the report for all of them', async () => {
    let asked: unknown;
    const simulate: NonNullable<Invocation['api']>['simulate'] = (_loaded, options) => {
      asked = options?.allElements;
      return Promise.resolve(reported);
    };
    const { out } = await invoke([...run, '--elements'], { api: { simulate } });
    expect(asked).toBe(true);
    expect(out).toBe(render(reported, { allElements: true }));
  });
});
