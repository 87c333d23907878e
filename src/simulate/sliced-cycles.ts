import type { CompiledModel } from '../compile/model.ts';
import { Influence } from '../compile/slice/influence.ts';
import { sliceServices } from '../compile/slice/services.ts';
import { attributionKey, attributionParts } from '../measures/history-record.ts';
import { type CycleOptions, runCycles, type ServiceCycles } from './cycles/run-cycles.ts';
import { shapeOf } from './history-watch.ts';

const known = new WeakMap<CompiledModel, Influence>();

/** What can influence what in the model; worked out once. */
function influenceOf(model: CompiledModel): Influence {
  let influence = known.get(model);
  if (influence === undefined) {
    influence = new Influence(model);
    known.set(model, influence);
  }
  return influence;
}

/**
 * Downtime of one service by rare-event cycles over nothing but what can influence it: an incident costs what it costs
 * in a cloud of that service alone. What is found is told in the failure modes and services of the whole model.
 *
 * @returns undefined when the run was over before anything could be said
 * @throws InputError `unsupported` where a failure law that matters to the service is not exponential
 */
export async function serviceCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const slice = sliceServices(model, [service], influenceOf(model));
  // The same draws as ever where there is nothing to leave out.
  if (slice.model.elements.count === model.elements.count) return await runCycles(model, service, options);
  const cycles = await runCycles(slice.model, slice.places.service[service]!, options);
  if (cycles === undefined) return undefined;
  const [whole, own] = [shapeOf(model), shapeOf(slice.model)];
  const { attribution } = cycles.totals;
  const told = [...attribution].map(([key, time]): [number, number] => {
    const { mode, phase } = attributionParts(own, key);
    return [attributionKey(whole, service, mode < 0 ? mode : slice.rows.mode[mode]!, phase), time];
  });
  attribution.clear();
  for (const [key, time] of told) attribution.set(key, time);
  return cycles;
}
