import type { CompiledModel } from '../../compile/model.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import { CycleEstimate } from './cycle-estimate.ts';
import { failureClasses } from './failure-classes.ts';
import { ownModel, tellInWhole } from './own-slice.ts';
import { rehearse } from './rehearsal.ts';
import type { CycleOptions, ModelTest, ServiceCycles } from './service-cycles.ts';
import type { Stage } from './stage-collector.ts';
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
  const cycles = await estimated(model, service, options);
  if (cycles === undefined || roots !== undefined) return cycles;
  if (form !== undefined) estimates!.keep(form, model.names.services[service]!, cycles);
  tellInWhole(model, service, cycles.totals);
  return cycles;
}

/**
 * The estimate with the tests on other models. Where failures age there is no steady state that a short history under stress would
 * find, but where incidents of the pilot have ended in rare states, the same without ages tells whether these matter; if they do,
 * there is nothing more to be found.
 */
async function estimated(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const estimate = await CycleEstimate.of(model, service, options);
  const learnt = await estimate?.begin();
  if (estimate === undefined || learnt === undefined) return undefined;
  if (options.roots !== undefined) return estimate.finish(learnt);
  const own = ownModel(model, service);
  if (failureClasses(own.model).ageing) {
    const unmet = estimate.metRare ? await unmetWhileAgeing(own.model, own.place, options) : undefined;
    const isInVain = unmet?.gate.verdict === 'red' && hasDowntime(learnt);
    const cycles = isInVain ? estimate.ended(learnt, false) : await estimate.finish(learnt);
    return hasDowntime(cycles) ? withTest(cycles, unmet) : cycles;
  }
  const cycles = await estimate.finish(learnt);
  if (!hasDowntime(cycles) || cycles.stop === 'not converged') return cycles;
  // It comes last: another model makes the compiler take back what it has made of this one.
  return withTest(cycles, stressTest(own.model, own.place, options.seed, cycles.totals));
}

/** Whether any of its incidents took the service down. */
export const hasDowntime = ({ totals }: Pick<Stage, 'totals'>): boolean => totals.rate(CYCLE.downtime) > 0;

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
