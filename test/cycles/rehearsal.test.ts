import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

// A rehearsal takes place once in a process: every test has modules of its own.
beforeEach(() => {
  vi.resetModules();
});
// And leaves none behind that throw.
afterEach(() => {
  vi.restoreAllMocks();
});

const modelOf = (text: string): CompiledModel => compile(readScenario(text).scenario);
const TASK = { service: 0, stage: 1, stratum: 0, first: 0, count: 60, of: 60, lessons: [], learn: true };

test('a rehearsal changes no number', async () => {
  const { CycleRunner } = await import('../../src/simulate/cycles/cycle-runner.ts');
  const { rehearse } = await import('../../src/simulate/cycles/rehearsal.ts');
  const model = modelOf(readFileSync('scenarios/telco-pair.yaml', 'utf8'));
  const answer = (): Float64Array => new CycleRunner(model, 0, 'rehearsed').run(TASK);
  const before = answer();
  expect(before.some((number) => number > 0)).toBe(true);
  const run = vi.spyOn(CycleRunner.prototype, 'run');
  rehearse(model, 0);
  expect(run.mock.calls.length).toBeGreaterThan(0);
  expect(answer()).toEqual(before);
  run.mockClear();
  rehearse(model, 0);
  expect(run).not.toHaveBeenCalled();
});

test.each([
  ['what cannot be played is told by the run itself', true],
  ['a defect is a defect', false],
])('%s', async (_what, isInput) => {
  const { CycleRunner } = await import('../../src/simulate/cycles/cycle-runner.ts');
  const { InputError } = await import('../../src/model/problem.ts');
  const { rehearse } = await import('../../src/simulate/cycles/rehearsal.ts');
  const model = modelOf(readFileSync('scenarios/telco-pair.yaml', 'utf8'));
  const run = vi.spyOn(CycleRunner.prototype, 'run').mockImplementation(() => {
    throw isInput
      ? new InputError([{ level: 'unsupported', code: 'endless', message: 'endless' }])
      : new Error('defect');
  });
  if (isInput) expect(() => rehearse(model, 0)).not.toThrow();
  else expect(() => rehearse(model, 0)).toThrow('defect');
  expect(run).toHaveBeenCalledTimes(1);
});
