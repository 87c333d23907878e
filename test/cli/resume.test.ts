import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { invoke, SCENARIO } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-resume-'));
afterAll(() => rmSync(folder, { recursive: true }));
const CYCLES = ['scenarios/telco-pair.yaml', '--histories', '4', '--years', '2', '--method', 'cycles'];

/** A clock that is a second further each time it is asked, so that work is kept at once; and an interrupt at some second. */
async function interruptedAt(second: number, args: readonly string[]) {
  let now = 0;
  let send: (signal: 'SIGINT') => void = () => {};
  const clock = (): number => {
    now++;
    if (now === second) send('SIGINT');
    return now;
  };
  return invoke(args, { clock }, (interrupt) => {
    send = interrupt;
  });
}

describe.each([
  ['histories', [SCENARIO, '--histories', '12', '--years', '20'], 14],
  ['cycles, in the pilot', [...CYCLES, '--precision', '20%'], 25],
  ['cycles, in the last stage', [...CYCLES, '--precision', '20%'], 60],
] as const)('a run of %s that is interrupted', (_what, asked, second) => {
  const output = join(folder, 'out.json');
  const args = ['run', ...asked, '-o', output];
  let whole = '';
  beforeAll(async () => {
    await invoke(args);
    whole = readFileSync(output, 'utf8');
    rmSync(output);
  }, 120_000);

  test('reports what is finished, and the same command goes on from there to the same bytes', async () => {
    const broken = await interruptedAt(second, args);
    expect(broken.code).toBe(130);
    expect(broken.err).toContain(`are kept in ${output}.partial: the same command goes on from there\n`);
    const kept = readFileSync(`${output}.partial`, 'utf8').split('\n').length - 1;
    expect(kept).toBeGreaterThan(2);
    const reported = readFileSync(output, 'utf8');
    expect(reported === whole).toBe(false);
    // Nobody waits for chains after an interrupt.
    const { analytic } = JSON.parse(reported) as Result;
    for (const one of Object.values(analytic.services)) expect(one.refused).toContain('interrupted');

    // A third of it again, once more cut, and a line that a crash has cut off.
    await interruptedAt(Math.ceil(second / 3), args);
    appendFileSync(`${output}.partial`, '{"key":"half a li');
    const { code, err } = await invoke(args);
    expect(err).toBe('');
    expect([0, 1, 3]).toContain(code);
    expect(readFileSync(output, 'utf8') === whole).toBe(true);
    expect(existsSync(`${output}.partial`)).toBe(false);
  }, 120_000);

  test('starts anew where seed, years or scenario are others', async () => {
    await interruptedAt(second, args);
    const other = [...args, '--seed', 'other'];
    await invoke(other);
    const resumed = readFileSync(output, 'utf8');
    rmSync(output);
    await invoke(other);
    expect(readFileSync(output, 'utf8') === resumed).toBe(true);
  }, 120_000);
});

test('a run that is interrupted goes on to more histories than it was to have', async () => {
  const output = join(folder, 'more.json');
  const args = (histories: number) => ['run', SCENARIO, '--histories', `${histories}`, '--years', '20', '-o', output];
  await interruptedAt(8, args(10));
  expect(existsSync(`${output}.partial`)).toBe(true);
  await invoke(args(12));
  const resumed = JSON.parse(readFileSync(output, 'utf8')) as Result;
  await invoke(args(12));
  expect(resumed).toEqual(JSON.parse(readFileSync(output, 'utf8')));
  expect(resumed.run.histories).toBe(12);
}, 120_000);

test('a damaged line is simulated again', async () => {
  const output = join(folder, 'damaged.json');
  const args = ['run', SCENARIO, '--histories', '8', '--years', '20', '-o', output];
  await invoke(args);
  const whole = readFileSync(output, 'utf8');
  await interruptedAt(12, args);
  const lines = readFileSync(`${output}.partial`, 'utf8').split('\n');
  lines[1] = lines[1]!.slice(0, -20);
  writeFileSync(`${output}.partial`, lines.join('\n'));
  await invoke(args);
  expect(readFileSync(output, 'utf8') === whole).toBe(true);
}, 120_000);

test('a short run that is not interrupted keeps nothing beside its file, and none without a file', async () => {
  const output = join(folder, 'short.json');
  await invoke(['run', SCENARIO, '--histories', '3', '--years', '20', '-o', output]);
  expect(existsSync(`${output}.partial`)).toBe(false);
  const { err, code } = await interruptedAt(6, ['run', SCENARIO, '--histories', '9', '--years', '20']);
  expect({ err, code }).toEqual({ err: '', code: 130 });
});

describe('a shard that is interrupted', () => {
  test('writes nothing, and the same command goes on to the same part', async () => {
    const output = join(folder, 'part.json');
    const args = ['run', SCENARIO, '--histories', '24', '--years', '20', '--shard', '2/3', '-o', output];
    await invoke(args);
    const whole = readFileSync(output, 'utf8');
    rmSync(output);
    const { code, err } = await interruptedAt(12, args);
    expect(code).toBe(130);
    expect(err).toContain(`the finished histories and cycles are kept in ${output}.partial`);
    expect(existsSync(output)).toBe(false);
    await invoke(args);
    expect(readFileSync(output, 'utf8').length).toBe(whole.length);
    expect(JSON.parse(readFileSync(output, 'utf8')).work[0].names).toEqual(JSON.parse(whole).work[0].names);
    expect(existsSync(`${output}.partial`)).toBe(false);
  }, 120_000);
});
