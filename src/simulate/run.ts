import type { CompiledModel } from '../compile/model.ts';
import { RunTotals, sumLists } from '../measures/run-totals.ts';
import { unavailabilityInterval } from '../measures/statistics/rate.ts';
import { nextLook, type PrecisionRule, precisionReached } from '../measures/statistics/stopping.ts';
import type { RunFacts } from '../model/result.ts';
import type { Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import type { HireCrew } from './crew.ts';
import { runCycles, type ServiceCycles } from './cycles/run-cycles.ts';
import { HistorySupply } from './history-supply.ts';
import { shapeOf } from './history-watch.ts';
import { longestOutage } from './longest-outage.ts';

/** What overrides the scenario's `simulation` section, and how a run talks to its caller. */
export interface SimulateOptions {
  /** `cycles`: services' downtime by rare-event cycles, with histories for what is common. Default: histories alone. */
  readonly method?: 'histories' | 'cycles';
  readonly seed?: string;
  /** Simulated years per history. */
  readonly years?: number;
  /** Number of histories; the most when `precision` is given. */
  readonly histories?: number;
  /** Relative half-width of every service's downtime at which to stop. */
  readonly precision?: number;
  /** Seconds of `clock` after which no further history is started. */
  readonly maxTime?: number;
  /** Seconds on any monotonic clock; without it `maxTime` has no effect. */
  readonly clock?: () => number;
  readonly onProgress?: (progress: Progress) => void;
  /** A run that is aborted keeps the histories it has finished. */
  readonly signal?: { readonly aborted: boolean };
  /** Report every element, not only those that failed or caused downtime. */
  readonly allElements?: boolean;
  /**
   * Threads that may simulate at a time; default 1, this one. Small runs use fewer, and so do runs from sources, where the
   * worker is not built. The result is the same, byte by byte.
   */
  readonly workers?: number;
}

export interface Progress {
  readonly histories: number;
  /** Histories planned at most. */
  readonly of: number;
  readonly years: number;
  readonly events: number;
  /** Threads at work. */
  readonly workers: number;
}

export interface FinishedRun {
  readonly totals: RunTotals;
  readonly facts: Omit<RunFacts, 'version'>;
  /** By service, where cycles were asked for and there was time for them. */
  readonly cycles: readonly (ServiceCycles | undefined)[];
}

/** The run was cut short before its first history was over: there is nothing to report. */
export class NothingFinished extends Error {
  constructor() {
    super('the run ended before its first history was finished; simulate fewer years per history or allow more time');
    this.name = 'NothingFinished';
  }
}

/** Histories a precision may ask for when the scenario does not bound them. */
const MOST_HISTORIES = 100_000;
/** Relative half-width at which cycles stop when nothing else is asked for. */
const CYCLE_PRECISION = 0.05;
const BREATHE_EVERY_SECONDS = 0.05;

/**
 * Runs histories in index order until the planned number, the precision or the time limit is reached. The stopping rule
 * sees nothing but the in-order prefix, so a run without a time limit is a pure function of scenario and seed.
 */
export async function runHistories(
  model: CompiledModel,
  scenario: Scenario,
  options: SimulateOptions = {},
  hire?: HireCrew,
): Promise<FinishedRun> {
  const { simulation } = scenario;
  const seed = options.seed ?? simulation.seed;
  const years = options.years ?? simulation.years;
  const wanted = options.precision ?? simulation.precision;
  const byCycles = options.method === 'cycles';
  // Cycles have a precision of their own; the histories beside them run as planned.
  const precision = byCycles ? undefined : wanted;
  const planned = options.histories ?? simulation.histories;
  const most = precision === undefined ? planned : Math.max(planned, options.histories ?? MOST_HISTORIES);
  const maxTime = options.maxTime ?? simulation.maxTime;
  const rule: PrecisionRule | undefined = precision === undefined ? undefined : { relative: precision };
  const totals = new RunTotals(shapeOf(model));
  const started = options.clock?.() ?? 0;
  let look = rule === undefined ? Number.POSITIVE_INFINITY : nextLook(0, rule);
  let stop: RunFacts['stop'] = 'horizon';
  let breathed = started;
  /** Lets others run now and then; true when the run has to end here. */
  const isOver = async (): Promise<boolean> => {
    const now = options.clock?.() ?? started;
    if (now - breathed >= BREATHE_EVERY_SECONDS) {
      await new Promise((resolve) => setImmediate(resolve));
      breathed = options.clock?.() ?? started;
    }
    return options.signal?.aborted === true || (maxTime !== undefined && now - started >= maxTime);
  };
  const plan = { scenario, seed, years, warmUp: simulation.warmUp };
  const supply = new HistorySupply(model, plan, { workers: options.workers ?? 1, hire, isOver });
  try {
    while (totals.histories < most) {
      // How long a wanted precision takes is not known: as long again as it has taken so far.
      const expected = rule === undefined ? most : Math.max(look, 2 * totals.histories);
      const record = await supply.next(most, expected);
      if (record === undefined) {
        stop = 'budget';
        break;
      }
      totals.absorb(record);
      options.onProgress?.({
        histories: totals.histories,
        of: most,
        years: totals.histories * years,
        events: totals.events,
        workers: supply.workers,
      });
      if (rule !== undefined && totals.histories === look) {
        if (isPrecise(model, totals, simulation.confidence, rule)) {
          stop = 'precision';
          break;
        }
        look = nextLook(totals.histories, rule);
      }
      if (totals.histories < most && (await isOver())) {
        stop = 'budget';
        break;
      }
    }
  } finally {
    await supply.close();
  }
  if (totals.histories === 0) throw new NothingFinished();
  if (rule !== undefined && stop === 'horizon') stop = 'budget';
  const cycles: (ServiceCycles | undefined)[] = [];
  for (let service = 0; byCycles && service < model.services.count; service++) {
    const finished = await runCycles(model, service, {
      seed,
      confidence: simulation.confidence,
      precision: wanted ?? CYCLE_PRECISION,
      isOver,
    });
    cycles.push(finished);
    if (finished?.stop !== 'precision') stop = 'budget';
  }
  return {
    totals,
    cycles,
    facts: {
      seed,
      method: byCycles ? 'cycles' : 'histories',
      histories: totals.histories,
      simulatedYears: totals.histories * years,
      events: totals.events,
      confidence: simulation.confidence,
      stop,
    },
  };
}

/** Every service that has downtime at all is known well enough. */
function isPrecise(model: CompiledModel, totals: RunTotals, confidence: number, rule: PrecisionRule): boolean {
  const seconds = (amounts: readonly number[]): number[] => amounts.map((amount) => amount / MICROSECONDS_PER_SECOND);
  const horizons = seconds(totals.horizons);
  for (let service = 0; service < model.services.visible; service++) {
    const downtime = seconds(
      sumLists(totals.service(service, 'totalTime'), totals.service(service, 'partialWeighted')),
    );
    const outages = totals.outageEvents[service]!;
    const estimate = unavailabilityInterval(downtime, horizons, confidence, {
      outages,
      longestOutage: longestOutage(model, service),
    });
    if (precisionReached(estimate, outages.count, rule) === 'continue') return false;
  }
  return true;
}
