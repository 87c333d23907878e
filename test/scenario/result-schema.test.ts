import { describe, expect, test } from 'vitest';
import { loadScenario, readTextFile, render, simulate } from '../../src/index.ts';
import { resultJsonSchema, resultSchema } from '../../src/scenario/schema/result.ts';
import { invoke } from '../cli/support.ts';

test('non-regression: scenarios/result.schema.json is the shape of results (vitest -u rewrites it)', async () => {
  const text = `${JSON.stringify(resultJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../scenarios/result.schema.json');
  expect((await invoke(['schema', 'result'])).out).toBe(text);
});

test('the schema of scenarios is still what is printed without a word', async () => {
  const { out } = await invoke(['schema']);
  expect((await invoke(['schema', 'scenario'])).out).toBe(out);
  expect((await invoke(['schema', 'trace'])).code).toBe(2);
});

describe('results have this shape', () => {
  test.each([
    ['rbd-vs-des', undefined],
    ['active-standby', undefined],
    ['active-standby', 'mano-detected'],
    ['mano-outage', undefined],
    ['fm-timeline', undefined],
    ['multi-cloud-chain', 'shared-control'],
  ])('%s, variant %s', async (name, variant) => {
    const read = await loadScenario(
      { file: `scenarios/${name}.yaml` },
      { readFile: readTextFile, ...(variant === undefined ? {} : { variant }) },
    );
    // Short runs: many intervals are unbounded.
    const result = await simulate(read, { years: 2, histories: 3, allElements: true });
    const { error } = resultSchema.safeParse(JSON.parse(render(result, { format: 'json' })));
    expect(error?.issues ?? []).toEqual([]);
  });

  test('and nothing else has', async () => {
    const read = await loadScenario({ file: 'scenarios/rbd-vs-des.yaml' }, { readFile: readTextFile });
    const result = JSON.parse(render(await simulate(read, { years: 2, histories: 3 }), { format: 'json' }));
    expect(resultSchema.safeParse({ ...result, more: 1 }).success).toBe(false);
    expect(resultSchema.safeParse({ ...result, run: { ...result.run, seed: 3 } }).success).toBe(false);
    const { targets: _targets, ...less } = result;
    expect(resultSchema.safeParse(less).success).toBe(false);
  });
});
