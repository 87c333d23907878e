import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { SimulationError } from '../../src/kernel/run.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Injection } from '../../src/model/scenario.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import {
  detector,
  element,
  fixed,
  group,
  itself,
  mode,
  plainFlow,
  REPLACEMENT,
  scenario,
  service,
  withDetection,
  YEAR,
} from './support/build.ts';
import { play } from './support/script.ts';

/** What leaves the core when something is wrong inside or in a script. */
const YEARS = 1000 / YEAR;

/** Only the active member wears. */
const members = group([mode(fixed(300), REPLACEMENT)], { standby: { kind: 'hot', rateFactor: 0 } });

const model = compile(
  scenario({
    elements: { unit: element([mode(fixed(100), itself(fixed(10)))], { count: 2 }) },
    flows: { flow: plainFlow(fixed(1), fixed(60)) },
    groups: { pair: withDetection(members, { detectors: [detector(fixed(0.3))] }) },
    services: { s: service('unit') },
  }),
);

/** The model with the steps of one program pointing to a law that does not exist. */
function brokenAt(id: string): CompiledModel {
  const law = model.steps.law.slice();
  model.names.steps.forEach((step, i) => {
    if (step.id === id) law[i] = 999;
  });
  return { ...model, steps: { ...model.steps, law } };
}

function errorOf(broken: CompiledModel, history: number): Error {
  try {
    new HistoryRunner(broken, 'errors').run(history, YEARS, 0);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}

describe('an exception inside a history', () => {
  it('says which history, when, whose clock it was and what kind of event', () => {
    const error = errorOf(brokenAt('repair'), 3);
    expect(error.message).toMatch(/^history 3, 100 s, unit-1 \(failure fault\): Cannot read properties of undefined/);
  });

  it('keeps the original error as its cause', () => {
    const { cause } = errorOf(brokenAt('repair'), 0);
    expect(cause).toBeInstanceOf(SimulationError);
    expect((cause as SimulationError).cause).toBeInstanceOf(TypeError);
    expect((cause as SimulationError).time).toBe(100e6);
  });

  it('names a member and its detector just so', () => {
    expect(errorOf(brokenAt('switch'), 0).message).toMatch(/^history 0, 300\.3 s, pair\/1 \(detector 0\): /);
  });

  it('names a member and its flow just so', () => {
    expect(errorOf(brokenAt('rebuild'), 0).message).toMatch(/^history 0, 301\.3 s, pair\/1 \(remediation\): /);
  });
});

describe('scripts that name what is not there', () => {
  const of = scenario({
    elements: { plain: element([]), unit: element([mode(fixed(100), itself(fixed(10)))]) },
    flows: { flow: plainFlow(fixed(1), fixed(60)) },
    groups: { pair: group([mode(fixed(300), REPLACEMENT)]) },
  });
  const problemOf = (...script: Injection[]): string => {
    try {
      play(of, ...script);
    } catch (error) {
      if (error instanceof InputError) {
        const [{ code, message, hint }] = error.problems as [(typeof error.problems)[number]];
        return `${code}: ${message} (${hint})`;
      }
    }
    throw new Error('nothing was thrown');
  };

  it.each([
    [
      { at: 0, element: 'nobody' },
      'unknown-element: nothing is called "nobody" (elements are plain, unit, pair/1, pair/2; members pair/active)',
    ],
    [
      { at: 0, element: 'pair/3' },
      'unknown-element: nothing is called "pair/3" (elements are plain, unit, pair/1, pair/2; members pair/active)',
    ],
    [{ at: 0, element: 'unit', mode: 'rust' }, 'unknown-mode: unit has no failure mode "rust" (its modes are fault)'],
    [{ at: 0, element: 'plain' }, 'unknown-mode: plain has no failure mode "" (it never fails; give it failures)'],
  ])('%o', (injection, expected) => {
    expect(problemOf(injection)).toBe(expected);
  });

  it('an empty script', () => {
    expect(problemOf()).toMatch(/^empty-script: /);
  });

  it('a fault of what has failed already changes nothing', () => {
    const trace = play(of, { at: 0, element: 'unit' }, { at: 5, element: 'unit' });
    expect(trace.steps.filter(({ step }) => step === 'fail').length).toBe(1);
    expect(trace.marks.repaired).toBe(10);
  });
});
