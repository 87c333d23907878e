import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/commands.ts';
import type { LoggedEvent } from '../../src/model/events.ts';
import type { Result, Trace } from '../../src/model/result.ts';
import { commandsOf, DOCUMENTS, readDocument } from '../documents.ts';
import { invoke, SCENARIO, words } from './support.ts';

/** Those that no document shows: what documents show runs as it stands. */
const SHOWN = new Set(DOCUMENTS.flatMap((file) => commandsOf(readDocument(file))));
const EXAMPLES = COMMANDS.flatMap(({ examples }) => examples.filter((example) => !SHOWN.has(example)));

/** What examples call `result.json`, `part-1.json` and `part-2.json`: any stored result, and the parts of one run. */
const STORED = ['result.json', 'part-1.json', 'part-2.json'];
const stored = mkdtempSync(join(tmpdir(), 'carriergrade-stored-'));
beforeAll(async () => {
  await invoke(['run', SCENARIO, '--histories', '2', '--years', '20', '-o', join(stored, 'result.json')]);
  for (const k of [1, 2]) {
    const part = join(stored, `part-${k}.json`);
    await invoke(['run', SCENARIO, '--histories', '4', '--years', '20', '--shard', `${k}/2`, '-o', part]);
  }
});
afterAll(() => rmSync(stored, { recursive: true }));

test.each(EXAMPLES)('the example of the help runs: %s', async (example) => {
  const named = words(example).map((word) => (STORED.includes(word) ? join(stored, word) : word));
  const { code, out, err } = await invoke(named);
  expect(err).toBe('');
  expect([0, 1, 3]).toContain(code);
  expect(out.length).toBeGreaterThan(20);
});

async function traced(...args: readonly string[]): Promise<Trace> {
  const { code, out } = await invoke(['inject', SCENARIO, ...args, '--format', 'json']);
  expect(code).toBe(0);
  return JSON.parse(out) as Trace;
}

describe('reference: times of the scripted failovers, exact to the microsecond (S-03)', () => {
  test.each([
    ['synchronised state', [], 1.5],
    ['traditional', ['--variant', 'traditional'], 0.5],
    [
      'the control path down from a minute before to two minutes after',
      ['--also', 'nfvo@-60s..120s', '--also', 'vnfm@-60s..120s', '--also', 'vim@-60s..120s'],
      121.5,
    ],
  ])('%s', async (_what, options, seconds) => {
    const trace = await traced('--element', 'sbc/active', ...options);
    expect(trace.marks.restored).toBe(seconds);
    expect(trace.services['voice']?.outageSeconds).toBe(seconds);
  });

  test('a script of the scenario does the same as the options', async () => {
    const script = await traced('--script', 'mano-down');
    expect(script.services['voice']?.outageSeconds).toBe(121.5);
  });
});

describe('run', () => {
  const args = ['run', SCENARIO, '--histories', '4', '--years', '20', '--precision', '50%', '--format', 'json'];

  test('the same seed gives the same bytes, another seed others', async () => {
    const first = await invoke(args);
    expect((await invoke(args)).out).toBe(first.out);
    const other = JSON.parse((await invoke([...args, '--seed', 'other'])).out) as Result;
    expect(other.run.seed).toBe('other');
    expect(other.services['voice']?.dpm.all.value).not.toBe(
      (JSON.parse(first.out) as Result).services['voice']?.dpm.all.value,
    );
  });

  test('--events writes the first history down, event by event, in a file that is whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'carriergrade-'));
    const file = join(folder, 'events.jsonl');
    try {
      const result = await invoke([
        'run',
        'scenarios/fm-cycle.yaml',
        '--histories',
        '2',
        '--years',
        '5',
        '--events',
        file,
      ]);
      expect(result.err).not.toContain('error');
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      expect(JSON.parse(lines[0]!)).toMatchObject({ format: 'carriergrade/events/1', history: 0, start: 0 });
      expect(lines.slice(1).map((line) => (JSON.parse(line) as LoggedEvent).id)).toEqual(
        lines.slice(1).map((_, i) => i + 1),
      );
      expect(readdirSync(folder)).toEqual(['events.jsonl']);
      expect((await invoke(['run', 'scenarios/fm-cycle.yaml', '--events', folder])).code).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('the exit code is that of the targets', async () => {
    const asking = (limit: string) => [
      'run',
      'scenarios/rbd-vs-des.yaml',
      '--histories',
      '4',
      '--set',
      `targets[0].limit=${limit}`,
    ];
    expect((await invoke(asking('1e-9 s/year'))).code).toBe(1);
    expect((await invoke(asking('1e6 s/year'))).code).toBe(0);
  });
});

test('validate finds all files and all problems, and fails if one is not valid', async () => {
  const { code, out, err } = await invoke([
    'validate',
    SCENARIO,
    'none.yaml',
    'test/fixtures/broken/unclosed-bracket.yaml',
  ]);
  expect(code).toBe(2);
  expect(out).toMatch(/✓ +scenarios\/active-standby.yaml/);
  expect(out).toMatch(/✗ +none.yaml +not valid +1 error/);
  expect(err).toMatch(/test\/fixtures\/broken\/unclosed-bracket.yaml:\d+:\d+ error /);
  expect((await invoke(['validate', SCENARIO])).code).toBe(0);
});

test('explain marks what nobody stated and shows the compiled tables when asked', async () => {
  const plain = await invoke(['explain', SCENARIO]);
  expect(plain.out).toMatch(/\n {2}\* {2}simulation\.confidence +95 %/);
  expect(plain.out).not.toContain('Compiled:');
  const { out } = await invoke(['explain', SCENARIO, '--compiled', '--set', 'groups.sbc.retry=2 s']);
  expect(out).toContain('Compiled: elements');
  expect(out).toMatch(/groups\.sbc\.retry +2 s +--set/);
});

test('schema prints the JSON Schema of scenarios', async () => {
  const { out } = await invoke(['schema']);
  expect(JSON.parse(out)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' });
});
