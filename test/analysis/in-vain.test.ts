import { describe, expect, it } from 'vitest';
import { analyseScenario } from '../../src/analytic/scenario/exact-side.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import { readExample } from '../core/support/files.ts';

const { scenario } = readExample('rare/telco-twenty');

/** What is said of one service of ten pairs that share switches and a controller, and whether few faults at a time were looked at. */
function solved(id: string) {
  const isFaultless = ({ modes, laws }: CompiledModel): boolean =>
    [...modes.law].every((law) => laws[law]!.kind === 'never');
  let byFaults = false;
  const { conditional } = analyseScenario(
    { ...scenario, services: { [id]: scenario.services[id]! } },
    ['conditional'],
    (model) => {
      byFaults ||= isFaultless(model);
      return serviceStateSpace(model);
    },
    { mostStates: 20_000, thorough: false },
  );
  return { answer: conditional[id]!, byFaults };
}

describe('chains of few faults at a time', () => {
  it('are solved where they give a number', () => {
    const { answer, byFaults } = solved('all-ten');
    expect(answer.memorylessTwin?.order).toBe(1);
    expect(byFaults).toBe(true);
  });

  it('are not where the controller that the pairs share would be missing between them', () => {
    const { answer, byFaults } = solved('nine');
    expect(answer.unavailability).toBeUndefined();
    expect(byFaults).toBe(false);
  });
});
