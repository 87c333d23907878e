import { compile } from '../compile/compile.ts';
import { RunTotals, sumLists } from '../measures/run-totals.ts';
import type { Baseline, BaselineScenario, BaselineService } from '../model/check.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import { shapeOf } from '../simulate/history-watch.ts';
import { historiesInOrder } from '../simulate/in-order.ts';
import { overlapOf } from '../simulate/method.ts';
import { NothingFinished } from '../simulate/run.ts';
import { exactUnavailability } from './exact.ts';
import type { Conduct, Labelled } from './loaded.ts';
import { takeCycles } from './paired-cycles.ts';
import { isRare } from './rare.ts';

/** How a baseline is taken; what is absent is as the scenario says. */
export interface BaselineOptions extends Conduct {
  readonly seed?: string;
  readonly years?: number;
  /** Histories kept of each scenario. */
  readonly histories?: number;
  /** Seconds of `clock` for each scenario. */
  readonly maxTime?: number;
}

/** Histories of a baseline: enough that a change of 5 % is found where the pairs have little in common as well. */
const HISTORIES = 1_000;

/**
 * What the scenarios are like now, history by history, to hold later ones against. Entries of `before` under other labels
 * are kept.
 */
export async function takeBaseline(
  subjects: readonly Labelled[],
  version: string,
  options: BaselineOptions = {},
  before?: Baseline,
): Promise<Baseline> {
  const scenarios: Record<string, BaselineScenario> = { ...before?.scenarios };
  for (const subject of subjects) scenarios[subject.label] = await entryOf(subject, options);
  const sorted = Object.entries(scenarios).sort(([x], [y]) => (x < y ? -1 : 1));
  return { format: 'carriergrade/baseline/1', version, scenarios: Object.fromEntries(sorted) };
}

async function entryOf({ scenario, digest }: Labelled, options: BaselineOptions): Promise<BaselineScenario> {
  const { simulation } = scenario;
  const started = options.clock?.() ?? 0;
  const model = compile(scenario);
  const totals = new RunTotals(shapeOf(model));
  const plan = {
    seed: options.seed ?? simulation.seed,
    years: options.years ?? simulation.years,
    warmUp: simulation.warmUp,
    most: options.histories ?? HISTORIES,
    ...(options.maxTime === undefined ? {} : { maxTime: options.maxTime }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const stop = await historiesInOrder([model], plan, ([record], index) => {
    totals.absorb(record!);
    const years = (index + 1) * plan.years;
    options.onProgress?.({ histories: index + 1, of: plan.most, years, events: totals.events });
    return 'more';
  });
  // Half a baseline would be compared with as if it were a whole one.
  if (stop === 'aborted' || totals.histories === 0) throw new NothingFinished();
  const solved = exactUnavailability(scenario);
  const services: Record<string, BaselineService> = {};
  const rare = { ...plan, started };
  for (const [service, id] of Object.keys(scenario.services).entries()) {
    const micros = sumLists(totals.service(service, 'totalTime'), totals.service(service, 'partialWeighted'));
    const unavailability = solved.get(id);
    const needsCycles = unavailability === undefined && isRare(model, totals, service, totals.histories);
    const cycles =
      needsCycles && overlapOf(totals) === undefined
        ? await takeCycles(model, service, rare, simulation.confidence)
        : undefined;
    if (options.signal?.aborted === true) throw new NothingFinished();
    services[id] = {
      downtimeMicros: micros.map(String).join(' '),
      ...(unavailability === undefined ? {} : { exactUnavailability: unavailability }),
      ...(cycles === undefined || 'refused' in cycles ? {} : { cycles }),
    };
  }
  const { seed, years, warmUp } = plan;
  return { digest, seed, years, warmUp, histories: totals.histories, services };
}

/** Downtime of each history of a baseline, s. */
export function downtimeOf({ downtimeMicros }: BaselineService): number[] {
  return downtimeMicros === '' ? [] : downtimeMicros.split(' ').map((one) => Number(one) / MICROSECONDS_PER_SECOND);
}
