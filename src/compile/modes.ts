import { FAULT_LAYERS } from '../model/monitoring.ts';
import type { FailureMode, Scenario } from '../model/scenario.ts';
import { BUCKETS, CAUSES, MANIFESTATIONS, PARTIES } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { LawTable } from './laws.ts';
import type { ModeTable } from './model.ts';
import { restoreSteps, shopSteps } from './repair.ts';
import type { ProgramContext, StepList } from './steps.ts';

export function compileModes(
  scenario: Scenario,
  list: ElementList,
  laws: LawTable,
  steps: StepList,
  queues: { readonly crews: (policy: string) => number; readonly spares: ReadonlyMap<string, number> },
): ModeTable {
  const element: number[] = [];
  const all: FailureMode[] = [];
  const program: number[] = [];
  const shop: number[] = [];
  const spareQueue: number[] = [];
  const shops = new Map<FailureMode, number>();
  // Equal elements share the programs that bring them back.
  const programs = new Map<FailureMode, Map<boolean, number>>();
  list.elements.forEach((draft, index) => {
    const hosted =
      draft.repairedAlone !== true && (draft.host !== undefined || draft.seat >= 0 || draft.needs !== undefined);
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
          queue: (need) =>
            policy === undefined ? -1 : need === 'spare' ? queues.spares.get(policy)! : queues.crews(policy),
          always: [],
        };
        const rules = policy === undefined ? undefined : scenario.repair[policy];
        first = steps.add(restoreSteps(mode, rules, hosted), context);
        if (rules?.spares !== undefined && !shops.has(mode))
          shops.set(mode, steps.add(shopSteps(mode, rules), context));
        known.set(hosted, first);
      }
      shop.push(shops.get(mode) ?? -1);
      spareQueue.push(shops.has(mode) && mode.restore.by === 'repair' ? queues.spares.get(mode.restore.policy)! : -1);
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
    manifestation: Uint8Array.from(all.map((mode) => MANIFESTATIONS.indexOf(mode.manifestation ?? 'fail-stop'))),
    loss: Float64Array.from(all.map((mode) => mode.loss ?? 0)),
    predicted: Float64Array.from(all.map((mode) => mode.prediction?.coverage ?? 0)),
    leadSlot: new Int32Array(all.length).fill(-1),
    leadLaw: Int32Array.from(
      all.map(({ prediction }) => (prediction === undefined ? -1 : laws.add(prediction.leadTime))),
    ),
    shop: Int32Array.from(shop),
    spareQueue: Int32Array.from(spareQueue),
    planned: Uint8Array.from(all.map((mode) => (mode.planned === true ? 1 : 0))),
    layer: Uint8Array.from(
      all.map((mode, i) => FAULT_LAYERS.indexOf(mode.layer ?? list.elements[element[i]!]!.faultLayer ?? 'instance')),
    ),
    announced: Uint8Array.from(all.map((mode) => (mode.upgrade?.how === 'announced' ? 1 : 0))),
  };
}

function never(what: string): never {
  throw new Error(`steps that restore an element have no ${what} parameters`);
}
