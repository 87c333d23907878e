import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { calibrationJsonSchema, calibrationSchema } from '../../src/scenario/schema/calibration.ts';
import { importJsonSchema, importSchema } from '../../src/scenario/schema/import.ts';
import { sweepPointSchema } from '../../src/scenario/schema/sweep.ts';
import { invoke } from '../cli/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-schema-'));
afterAll(() => rmSync(folder, { recursive: true }));

const printed = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`;

test('a calibration has the shape its schema says (vitest -u rewrites scenarios/calibration.schema.json)', async () => {
  const text = printed(calibrationJsonSchema());
  await expect(text).toMatchFileSnapshot('../../scenarios/calibration.schema.json');
  expect((await invoke(['schema', 'calibration'])).out).toBe(text);
  const base = ['calibrate', 'scenarios/calibrate-and-gate.yaml', '--data', 'scenarios/calibrate-and-gate.csv'];
  for (const more of [['--over', '3years'], []]) {
    const { out } = await invoke([...base, ...more, '--histories', '2', '--years', '5', '--format', 'json', '--quiet']);
    const { error, data } = calibrationSchema.safeParse(JSON.parse(out));
    expect(error?.issues ?? []).toEqual([]);
    expect(data!.parameters.length).toBeGreaterThan(0);
  }
});

test('the report of an import has the shape its schema says (vitest -u rewrites scenarios/import.schema.json)', async () => {
  const text = printed(importJsonSchema());
  await expect(text).toMatchFileSnapshot('../../scenarios/import.schema.json');
  expect((await invoke(['schema', 'import'])).out).toBe(text);
  const files = ['web-cluster', 'web-cluster-policy'].map((name) => `scenarios/descriptors/${name}.yaml`);
  const [scenario, report] = [join(folder, 'scenario.yaml'), join(folder, 'report.json')];
  await invoke(['import', 'tosca', ...files, '-o', scenario, '--report', report, '--quiet']);
  const { error } = importSchema.safeParse(JSON.parse(readFileSync(report, 'utf8')));
  expect(error?.issues ?? []).toEqual([]);
});

test('a point of a sweep may have chosen its method by itself', () => {
  expect(sweepPointSchema.shape.run.shape.method.options).toContain('auto');
});
