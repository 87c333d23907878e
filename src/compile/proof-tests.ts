import type { Law } from '../model/law.ts';
import type { FailureMode, Scenario } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import { type CompiledModel, type ModeTable, NEED, type ProofTestTable } from './model.ts';
import { lowerBound, packRows, rowOf, sortIntoRows } from './rows.ts';

/** What a proof test does when it is due, as the failure mode of its own element. */
export function testModes(scenario: Scenario): readonly (readonly [id: string, occurrence: FailureMode])[] {
  return Object.entries(scenario.proofTests ?? {}).map(([id, { interval }]) => [
    id,
    {
      id: 'test',
      timeToFailure: interval,
      cause: 'procedural',
      bucket: 'OPER',
      party: 'OPER',
      restore: { by: 'replacement' },
      planned: true,
    },
  ]);
}

export function compileProofTests(scenario: Scenario, list: ElementList, modes: ModeTable): ProofTestTable {
  const elements: number[][] = Array.from({ length: modes.count }, () => []);
  const renewsAll = new Uint8Array(modes.count);
  for (const [id, test] of Object.entries(scenario.proofTests ?? {})) {
    const mode = lowerBound(modes.element, list.indexOf.get(id)!);
    elements[mode] = test.elements.map((name) => list.indexOf.get(name)!);
    renewsAll[mode] = test.renews === 'all' ? 1 : 0;
  }
  const rows = packRows(elements);
  const tests = elements.flatMap((some, mode) => some.map(() => mode));
  const byElement = sortIntoRows(rows.items, list.elements.length, tests);
  return {
    elementStart: rows.start,
    element: rows.items,
    renewsAll,
    testStart: byElement.start,
    test: byElement.items,
  };
}

/** The mode is the occurrence of a proof test. */
export const isProofTest = ({ proofTests }: CompiledModel, mode: number): boolean =>
  proofTests.elementStart[mode]! < proofTests.elementStart[mode + 1]!;

/** Modes of all proof tests. */
export const proofTestModes = (model: CompiledModel): readonly number[] =>
  [...model.modes.law.keys()].filter((mode) => isProofTest(model, mode));

/** Intervals of the proof tests that look at an element. */
export const testIntervals = ({ proofTests, modes, laws }: CompiledModel, element: number): readonly Law[] =>
  rowOf(proofTests.testStart, proofTests.test, element).map((mode) => laws[modes.law[mode]!]!);

/** What the program that starts at `first` puts right is latent until a proof test finds it. */
export const isLatent = ({ steps }: Pick<CompiledModel, 'steps'>, first: number): boolean =>
  first >= 0 &&
  steps.needStart[first]! < steps.needStart[first + 1]! &&
  steps.need[steps.needStart[first]!] === NEED['proof-test'];
