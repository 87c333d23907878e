import type { CompiledModel } from '../../compile/model.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import { CycleEstimate } from './cycle-estimate.ts';
import { failureClasses } from './failure-classes.ts';
import { ownModel, tellInWhole } from './own-slice.ts';
import { rehearse } from './rehearsal.ts';
import type { CycleOptions, ModelTest, ServiceCycles } from './service-cycles.ts';
import { stressTest } from './stress-test.ts';
import { unmetWhileAgeing } from './unmet-ages.ts';

/**
 * Downtime of one service by rare-event cycles (methods §2). What a pilot learns changes only the cost.
 *
 * @returns undefined when the run was over before anything could be said
 * @throws InputError `unsupported` where failures strike at fixed ages and `span` is missing, or an incident need not end
 * @throws TooManyEvents if there are more to be expected than `options.mostEvents`
 */
export async function runCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const { estimates, seed, confidence, precision, mostBatches, roots } = options;
  const asked = [seed, confidence, precision, mostBatches].join(' ');
  const form = roots === undefined ? estimates?.form(model, service, asked) : undefined;
  const shared = form === undefined ? undefined : estimates!.find(form, model, service);
  if (shared !== undefined) return shared;
  rehearse(model, service);
  const estimate = new CycleEstimate(model, service, options);
  const found = await estimate.run();
  if (found === undefined || roots !== undefined) return found;
  const cycles = await tested(model, service, found, options, estimate.metRare);
  if (form !== undefined) estimates!.keep(form, model.names.services[service]!, cycles);
  tellInWhole(model, service, cycles.totals);
  return cycles;
}

/**
 * The same after the tests on other models: under stress, and, where failures age and incidents have ended in rare states, without
 * ages. They come last: another model makes the compiler take back what it has made of this one. Clocks that age have no steady
 * state that a short history would find.
 */
async function tested(
  model: CompiledModel,
  service: number,
  cycles: ServiceCycles,
  options: CycleOptions,
  metRare: boolean,
): Promise<ServiceCycles> {
  const own = ownModel(model, service);
  if (cycles.totals.rate(CYCLE.downtime) === 0) return cycles;
  if (!failureClasses(own.model).ageing)
    return withTest(cycles, stressTest(own.model, own.place, options.seed, cycles.totals));
  return metRare ? withTest(cycles, await unmetWhileAgeing(own.model, own.place, options)) : cycles;
}

function withTest(cycles: ServiceCycles, test: ModelTest | undefined): ServiceCycles {
  if (test === undefined) return cycles;
  const { gate, events } = test;
  return {
    ...cycles,
    gates: [...cycles.gates, gate],
    stop: gate.verdict === 'red' ? 'not converged' : cycles.stop,
    events: cycles.events + events,
  };
}
