import type { CompiledModel } from '../../compile/model.ts';
import type { Result } from '../../model/result.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { FinishedRun } from '../run.ts';
import { causedByMode } from './caused.ts';
import { outageExamples, rootClass } from './outage-example.ts';
import { pictureOf } from './picture.ts';

/** The result with what pictures are drawn from: the cloud, block diagrams, and one typical outage of each service. */
export function withPortrait(result: Result, model: CompiledModel, scenario: Scenario, run: FinishedRun): Result {
  const { seed, simulatedYears, histories, events } = run.facts;
  const { name, digest } = result.scenario;
  const roots = Object.entries(result.services).flatMap(([id, { attribution }]) => {
    const root = dominatingRoot(attribution.element);
    return root === undefined ? [] : [[id, root] as const];
  });
  const plan = {
    scenario: { name, digest },
    seed,
    history: 0,
    years: simulatedYears / histories,
    warmUp: scenario.simulation.warmUp,
  };
  const examples = outageExamples(model, plan, events / simulatedYears, Object.fromEntries(roots));
  const services = Object.entries(result.services).map(([id, service]) => {
    const example = examples[id];
    return [id, example === undefined ? service : { ...service, example }] as const;
  });
  return {
    ...result,
    services: Object.fromEntries(services),
    picture: pictureOf(model, scenario, causedByMode(model, run)),
  };
}

/** Root with most downtime, equal elements taken together: `core/compute-*:hw`. */
function dominatingRoot(element: Readonly<Record<string, number>>): string | undefined {
  const classes = new Map<string, number>();
  for (const [name, seconds] of Object.entries(element)) {
    if (name !== 'other') classes.set(rootClass(name), (classes.get(rootClass(name)) ?? 0) + seconds);
  }
  const [most] = [...classes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0];
}
