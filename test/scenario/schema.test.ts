import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTextFile } from '../../src/scenario/read/files.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { allowedKeys, type JsonSchema, scenarioJsonSchema } from '../../src/scenario/schema/json-schema.ts';

const schema = scenarioJsonSchema();

test('non-regression: scenarios/scenario.schema.json is what the reader checks (vitest -u rewrites it)', async () => {
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../scenarios/scenario.schema.json');
});

test('every key is described', () => {
  const bare: string[] = [];
  const visit = (node: JsonSchema, path: string): void => {
    for (const [key, below] of Object.entries(node.properties ?? {})) {
      const described = [below, ...(below.anyOf ?? [])].some(
        ({ description, $ref, items, anyOf }) => description ?? $ref ?? items ?? anyOf,
      );
      if (!described && !['format', 'id', 'atLeast'].includes(key)) bare.push(`${path}.${key}`);
      visit(below, `${path}.${key}`);
    }
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties, `${path}.*`);
    for (const each of [...(node.anyOf ?? []), ...(node.allOf ?? [])]) visit(each, path);
  };
  visit(schema, '');
  expect(bare).toEqual([]);
});

test('the keys allowed at a place, through ids, lists and alternatives', () => {
  expect(allowedKeys(schema, ['groups', 'sbc', 'fencing'])).toEqual([
    'required',
    'attempt',
    'onFailure',
    'needs',
    'splitBrain',
  ]);
  expect(allowedKeys(schema, ['targets', 0])).toEqual(['id', 'of', 'metric', 'limit', 'level']);
  expect(allowedKeys(schema, ['elements', 'x', 'failures', 'f', 'law', 'erlang'])).toEqual(['mean', 'k']);
  expect(allowedKeys(schema, ['sweep'])).toEqual([]);
});

test('variants are checked by the editor too: nothing required, null allowed', () => {
  const variant = schema.properties!['variants']!.additionalProperties as JsonSchema;
  expect(Object.keys(variant.properties!)).toContain('groups');
  expect(variant.properties).not.toHaveProperty('extends');
  expect(variant).not.toHaveProperty('required');
  const groups = JSON.stringify(variant.properties!['groups']);
  expect(groups).toContain('{"type":"null"}');
  expect(groups).not.toContain('"required":[');
});

describe('the scenarios of the project', () => {
  const names = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'));
  const files = names
    .map((name) => `scenarios/${name}`)
    .filter((file) => readFileSync(file, 'utf8').includes('\nformat: carriergrade/scenario/1'));

  test.each(files)('%s and its variants read without a problem', (file) => {
    expect(readFileSync(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/);
    const { warnings, variants } = readScenario({ file }, { readFile: readTextFile });
    expect(warnings).toEqual([]);
    const digests = variants.map((variant) => readScenario({ file }, { readFile: readTextFile, variant }).digest);
    expect(digests.every((digest) => /^[0-9a-f]{16}$/.test(digest))).toBe(true);
  });
});
