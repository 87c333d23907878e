import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { CycleRunner } from '../../src/simulate/cycles/cycle-runner.ts';
import { inOneGo } from '../../src/simulate/interruptible.ts';

// No test leaves a runner behind that throws.
afterEach(() => {
  vi.restoreAllMocks();
});

const modelOf = (text: string): CompiledModel => compile(readScenario(text).scenario);
let tests = 0;
/** A rehearsal takes place once in a process: every test has a module of its own. */
async function unrehearsed(): Promise<(model: CompiledModel, service: number) => void> {
  const { href } = new URL(`../../src/simulate/cycles/rehearsal.ts?${++tests}`, import.meta.url);
  const { rehearse } = await import(href);
  return rehearse;
}
const TASK = { service: 0, stage: 1, stratum: 0, first: 0, count: 60, of: 60, lessons: [], learn: true };

test('a rehearsal changes no number', async () => {
  const rehearse = await unrehearsed();
  const model = modelOf(readFileSync('scenarios/telco-pair.yaml', 'utf8'));
  const answer = (): Float64Array => inOneGo(CycleRunner.of(model, 0, 'rehearsed')).run(TASK);
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
  const rehearse = await unrehearsed();
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
