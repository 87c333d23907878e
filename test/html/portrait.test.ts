import { describe, expect, test } from 'vitest';
import { simulate } from '../../src/index.ts';
import type { Diagram } from '../../src/model/picture.ts';
import { resultSchema } from '../../src/scenario/schema/result.ts';
import { collapse } from '../../src/simulate/portrait/collapse.ts';
import { REPORTS, resultOf } from './support/reports.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe.each(REPORTS)('$name', (scenario) => {
  test('law: what begins in the boxes and lines is the downtime of all services', async () => {
    const { picture, services } = await resultOf(scenario);
    const drawn = sum([...picture!.boxes, ...picture!.lines].map(({ causedDpm }) => causedDpm));
    const down = sum(Object.values(services).map(({ dpm }) => dpm.all.value));
    expect(Math.abs(drawn - down)).toBeLessThan(1e-9 * down);
  });

  test('law: bins hold every counted outage and its time', async () => {
    const { services } = await resultOf(scenario);
    for (const { outageSeconds, ofm } of Object.values(services)) {
      if (outageSeconds === null) continue;
      const { bins = [], mean } = outageSeconds;
      expect(sum(bins.map(({ perYear }) => perYear))).toBeCloseTo(ofm.all.value, 9);
      // The sketch behind the bins is right to 1 %.
      const seconds = sum(bins.map(({ secondsPerYear }) => secondsPerYear));
      expect(Math.abs(seconds / (mean.value * ofm.all.value) - 1)).toBeLessThan(0.011);
      for (const [i, { from, to }] of bins.entries()) {
        expect(to).toBeGreaterThan(from);
        if (i > 0) expect(from).toBeGreaterThanOrEqual(bins[i - 1]!.to * (1 - 1e-4));
      }
    }
  });

  test('law: an example is an outage: it has a fault, an end and steps in order', async () => {
    const { services } = await resultOf(scenario);
    const examples = Object.values(services).flatMap(({ example }) => (example === undefined ? [] : [example]));
    expect(examples.length).toBeGreaterThan(0);
    for (const { began, ended, lost, steps, seen } of examples) {
      expect(began).toBeGreaterThanOrEqual(0);
      expect(ended).toBeGreaterThan(began);
      expect(lost).toBeGreaterThan(0);
      expect(seen).toBeGreaterThan(0);
      expect(steps[0]).toMatchObject({ t: 0, event: 'fail' });
      expect(steps.map(({ t }) => t)).toEqual(steps.map(({ t }) => t).sort((a, b) => a - b));
    }
  });

  test('is small enough to be drawn, and what the schema of results says', async () => {
    const result = await resultOf(scenario);
    expect(result.picture!.boxes.length).toBeLessThanOrEqual(50);
    const widest = (diagram: Diagram): number =>
      diagram.kind === 'block' ? 1 : Math.max(diagram.inputs.length, ...diagram.inputs.map(widest));
    expect(Math.max(...Object.values(result.picture!.diagrams).map(widest))).toBeLessThanOrEqual(12);
    const json = JSON.parse(JSON.stringify(result)) as unknown;
    expect(resultSchema.safeParse(json).error?.issues ?? []).toEqual([]);
  });
});

test('only who asks for a portrait gets one', async () => {
  const { loadScenario, readTextFile } = await import('../../src/index.ts');
  const loaded = await loadScenario({ file: 'scenarios/active-standby.yaml' }, { readFile: readTextFile });
  const options = { histories: 3, years: 20 };
  const plain = await simulate(loaded, options);
  expect(plain.picture).toBeUndefined();
  const { picture: _picture, ...rest } = await simulate(loaded, { ...options, portrait: true });
  for (const service of Object.values(rest.services)) delete (service as { example?: unknown }).example;
  expect(rest).toEqual(plain);
});

describe('what is drawn as one', () => {
  const parts = (name: string, count: number, caused: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `${name}-${i + 1}`, kind: 'node', place: 'core', caused }));

  test('many equal parts, and few where nothing begins', () => {
    const boxes = (...all: ReturnType<typeof parts>[]): number => new Set(collapse(all.flat())).size;
    expect(boxes(parts('compute', 4, 1))).toBe(4);
    expect(boxes(parts('compute', 5, 1))).toBe(1);
    expect(boxes(parts('control', 3, 0))).toBe(1);
    expect(boxes(parts('a', 160, 1), parts('b', 2, 1))).toBe(3);
  });

  test('any cloud becomes a picture, however little its names have in common', () => {
    const named = Array.from({ length: 900 }, (_, i) => ({
      name: `cloud-${i % 300}/unit${i}x`,
      kind: i % 2 === 0 ? 'node' : 'unit',
      place: `cloud-${i % 300}`,
      caused: i,
    }));
    expect(new Set(collapse(named)).size).toBeLessThanOrEqual(40);
  });
});
