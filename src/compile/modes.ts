import type { FailureMode, Scenario } from '../model/scenario.ts';
import { BUCKETS, CAUSES, PARTIES } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { LawTable } from './laws.ts';
import type { ModeTable } from './model.ts';
import { restoreSteps } from './repair.ts';
import type { ProgramContext, StepList } from './steps.ts';

export function compileModes(
  scenario: Scenario,
  list: ElementList,
  laws: LawTable,
  steps: StepList,
  queueOf: (policy: string) => number,
): ModeTable {
  const element: number[] = [];
  const all: FailureMode[] = [];
  const program: number[] = [];
  // Equal elements share the programs that bring them back.
  const programs = new Map<FailureMode, Map<boolean, number>>();
  list.elements.forEach((draft, index) => {
    const hosted = draft.host !== undefined || draft.seat >= 0 || draft.needs !== undefined;
    for (const mode of draft.failures) {
      let known = programs.get(mode);
      if (known === undefined) {
        known = new Map();
        programs.set(mode, known);
      }
      let first = known.get(hosted);
      if (first === undefined) {
        const policy = mode.restore.by === 'repair' ? mode.restore.policy : undefined;
        const context: ProgramContext = {
          flow: 'restore',
          time: () => never('time'),
          probability: () => never('probability'),
          control: () => undefined,
          queue: () => (policy === undefined ? -1 : queueOf(policy)),
          always: [],
        };
        first = steps.add(
          restoreSteps(mode, policy === undefined ? undefined : scenario.repair[policy], hosted),
          context,
        );
        known.set(hosted, first);
      }
      element.push(index);
      all.push(mode);
      program.push(first);
    }
  });
  return {
    count: all.length,
    element: Int32Array.from(element),
    law: Int32Array.from(all.map((mode) => laws.add(mode.timeToFailure))),
    program: Int32Array.from(program),
    cause: Uint8Array.from(all.map((mode) => CAUSES.indexOf(mode.cause))),
    bucket: Uint8Array.from(all.map((mode) => BUCKETS.indexOf(mode.bucket))),
    party: Uint8Array.from(all.map((mode) => PARTIES.indexOf(mode.party))),
    planned: Uint8Array.from(all.map((mode) => (mode.planned === true ? 1 : 0))),
  };
}

function never(what: string): never {
  throw new Error(`steps that restore an element have no ${what} parameters`);
}
