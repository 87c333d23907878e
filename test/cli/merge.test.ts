import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Part } from '../../src/model/part.ts';
import { partJsonSchema, partSchema } from '../../src/scenario/schema/part.ts';
import { invoke, SCENARIO } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-merge-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs all shards of `run …args`; their files. */
async function partsOf(name: string, of: number, args: readonly string[]): Promise<string[]> {
  const files = Array.from({ length: of }, (_, i) => join(folder, `${name}-${i + 1}.json`));
  for (const [i, file] of files.entries()) {
    const { code, err } = await invoke(['run', ...args, '--shard', `${i + 1}/${of}`, '-o', file]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  }
  return files;
}

describe('merge', () => {
  test.each([
    ['histories', 3, [SCENARIO, '--histories', '11', '--years', '20', '--method', 'histories']],
    ['more shards than histories', 5, [SCENARIO, '--histories', '3', '--years', '20']],
    ['a precision', 2, [SCENARIO, '--histories', '60', '--years', '20', '--precision', '40%', '--seed', '7']],
    [
      'the method by itself: exact numbers and cycles are found when merged',
      2,
      ['scenarios/mano-outage.yaml', '--histories', '20', '--years', '100', '--method', 'auto'],
    ],
    [
      'cycles, done by the shards',
      3,
      ['scenarios/fm-timeline.yaml', '--histories', '4', '--years', '2', '--method', 'cycles', '--precision', '30%'],
    ],
    [
      'a variant and a set value',
      2,
      [SCENARIO, '--histories', '4', '--years', '20', '--variant', 'fenced', '--set', 'groups.sbc.retry=3 s'],
    ],
  ] as const)(
    '%s: the same bytes as the run in one piece',
    async (name, of, args) => {
      const files = await partsOf(name.replaceAll(' ', '-'), of, args);
      for (const options of [['--format', 'json'], ['--elements']]) {
        const whole = await invoke(['run', ...args, ...options]);
        const merged = await invoke(['merge', ...files.toReversed(), ...options]);
        expect(merged.err).toBe(whole.err);
        expect(merged.out === whole.out).toBe(true);
        expect(merged.code).toBe(whole.code);
        expect(merged.out.length).toBeGreaterThan(500);
      }
    },
    120_000,
  );

  test('cycles of the shards are not done again', async () => {
    const args = [
      'scenarios/telco-pair.yaml',
      '--histories',
      '2',
      '--years',
      '2',
      '--method',
      'cycles',
      '--precision',
      '30%',
    ];
    const [first] = await partsOf('found', 1, args);
    const { work } = JSON.parse(readFileSync(first!, 'utf8')) as Part;
    const names = work.flatMap((packed) => packed.names);
    expect(names.slice(0, 3)).toEqual(['history/0', 'history/1', 'cycles/voice/0.3/1/0/0']);
    expect(names.length).toBeGreaterThan(20);
  }, 60_000);
});

test('the stored JSON Schema is the one of the format, and a part fits it', async () => {
  const schema = `${JSON.stringify(partJsonSchema(), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../scenarios/part.schema.json');
  const [part] = await partsOf('schema', 1, [SCENARIO, '--histories', '2', '--years', '20']);
  expect(partSchema.safeParse(JSON.parse(readFileSync(part!, 'utf8'))).success).toBe(true);
});

describe('merge refuses', () => {
  const COMMON = [SCENARIO, '--histories', '6', '--years', '20'];
  let parts: readonly string[] = [];
  beforeAll(async () => {
    parts = await partsOf('refused', 3, COMMON);
  }, 120_000);
  const refused = async (files: readonly string[]): Promise<string> => {
    const { code, out, err } = await invoke(['merge', ...files]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err.split('\n')[0]!.replaceAll(`${folder}/`, '');
  };
  const other = async (args: readonly string[], shard = '2/3'): Promise<string> => {
    const file = join(folder, 'other.json');
    await invoke(['run', ...args, '--shard', shard, '-o', file]);
    return file;
  };
  const changed = async (change: (part: Record<string, unknown>) => unknown): Promise<string> => {
    const file = join(folder, 'changed.json');
    writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(parts[1]!, 'utf8')))));
    return file;
  };

  test('parts that are missing', async () => {
    const [one, two] = parts;
    expect(await refused([one!, two!])).toBe('error bad-part: refused-1.json, refused-2.json: shard 3 of 3 is missing');
    expect(await refused([two!])).toBe('error bad-part: refused-2.json: shards 1, 3 of 3 are missing');
  });

  test('parts that are there twice', async () => {
    const [one, , three] = parts;
    const again = await other(COMMON, '1/3');
    expect(await refused([one!, again, three!])).toBe(
      'error bad-part: other.json: shard 1/3 is there twice, also in refused-1.json',
    );
  });

  test.each([
    ['seed', [...COMMON, '--seed', '9'], "has the seed 9, but refused-1.json has the scenario's"],
    ['length', [SCENARIO, '--histories', '6', '--years', '30'], 'has the years 30, but refused-1.json has 20'],
    ['number', [SCENARIO, '--histories', '7', '--years', '20'], 'has the histories 7, but refused-1.json has 6'],
    ['method', [...COMMON, '--method', 'cycles'], 'has the method cycles, but refused-1.json has auto'],
  ])('parts of another %s', async (_what, args, message) => {
    const [one, , three] = parts;
    expect(await refused([one!, await other(args), three!])).toBe(`error bad-part: other.json: ${message}`);
  });

  test('parts of another scenario, and of another division', async () => {
    const [one, two, three] = parts;
    const scenario = await other([...COMMON, '--variant', 'fenced']);
    expect(await refused([one!, scenario, three!])).toMatch(
      /^error bad-part: other\.json: is of the scenario active-standby \(digest \w{16}\), but refused-1\.json has active-standby \(digest \w{16}\)$/,
    );
    expect(await refused([one!, two!, await other(COMMON, '3/4')])).toBe(
      'error bad-part: other.json: is one of 4 shards, but refused-1.json has one of 3',
    );
  });

  test('parts of another version, changed parts, and what is no part', async () => {
    const [one, two, three] = parts;
    const version = await changed((part) => ({ ...part, version: '0.0.1' }));
    expect(await refused([one!, version, three!])).toMatch(
      /^error bad-part: changed\.json: written by version 0\.0\.1, this is /,
    );
    const source = await changed((part) => ({ ...part, source: { ...(part['source'] as object), name: 'else' } }));
    expect(await refused([one!, source, three!])).toContain('its scenario is not the one it was made from');
    const work = await changed((part) => ({ ...part, work: [] }));
    expect(await refused([one!, work, three!])).toContain('history 2 is missing: the file was changed');
    writeFileSync(join(folder, 'text.json'), 'x');
    expect(await refused([join(folder, 'text.json'), two!])).toContain('text.json: no part of a run: not JSON');
    expect(await refused([join(folder, 'none.json'), two!])).toContain('cannot read none.json');
    const result = join(folder, 'result.json');
    await invoke(['run', ...COMMON, '-o', result]);
    expect(await refused([result, two!])).toContain('this is a carriergrade/result/1, not a carriergrade/part/1');
  });
});

describe('run --shard refuses', () => {
  test.each([
    [['--shard', '3/2'], 'expected the shard and how many there are, such as 2/5'],
    [['--shard', '0/2'], 'expected the shard and how many there are, such as 2/5'],
    [['--shard', '2'], 'expected the shard and how many there are, such as 2/5'],
    [
      ['--shard', '1/2', '--precision', '5%'],
      'a shard of a run that stops at a precision needs to know how many histories',
    ],
    [
      ['--shard', '1/2', '--histories', '9', '--max-time', '5s'],
      'a shard does all of its work: what a time limit leaves out would be missing',
    ],
    [['--shard', '1/2', '--events', '/tmp/x'], '--events: is written by the run in one piece, not by a shard'],
    [['--shard', '1/2', '--format', 'csv'], '--format: a shard is written as json'],
    [['--shard', '1/2', '--elements'], '--elements: is for merge, not for a shard'],
  ])('%s', async (options, message) => {
    const { code, out, err } = await invoke(['run', SCENARIO, ...options]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
