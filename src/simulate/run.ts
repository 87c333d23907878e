import type { CompiledModel } from '../compile/model.ts';
import { RunTotals, sumLists } from '../measures/run-totals.ts';
import { unavailabilityInterval } from '../measures/statistics/rate.ts';
import { nextLook, type PrecisionRule, precisionReached } from '../measures/statistics/stopping.ts';
import type { RunFacts } from '../model/result.ts';
import type { Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import { HistoryRunner } from './histories.ts';
import { shapeOf } from './history-watch.ts';
import { longestOutage } from './longest-outage.ts';

/** What overrides the scenario's `simulation` section, and how a run talks to its caller. */
export interface SimulateOptions {
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
}

export interface Progress {
  readonly histories: number;
  /** Histories planned at most. */
  readonly of: number;
  readonly years: number;
  readonly events: number;
}

export interface FinishedRun {
  readonly totals: RunTotals;
  readonly facts: Omit<RunFacts, 'version'>;
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
const BREATHE_EVERY_SECONDS = 0.05;
/** Events between two looks at the clock and the signal: some 20 ms. */
const EVENTS_BETWEEN_LOOKS = 20_000;

/**
 * Runs histories in index order until the planned number, the precision or the time limit is reached. The stopping rule
 * sees nothing but the in-order prefix, so a run without a time limit is a pure function of scenario and seed.
 */
export async function runHistories(
  model: CompiledModel,
  scenario: Scenario,
  options: SimulateOptions = {},
): Promise<FinishedRun> {
  const { simulation } = scenario;
  const seed = options.seed ?? simulation.seed;
  const years = options.years ?? simulation.years;
  const precision = options.precision ?? simulation.precision;
  const planned = options.histories ?? simulation.histories;
  const most = precision === undefined ? planned : Math.max(planned, options.histories ?? MOST_HISTORIES);
  const maxTime = options.maxTime ?? simulation.maxTime;
  const rule: PrecisionRule | undefined = precision === undefined ? undefined : { relative: precision };
  const runner = new HistoryRunner(model, seed);
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
  histories: while (totals.histories < most) {
    runner.begin(totals.histories, years, simulation.warmUp);
    while (!runner.advance(EVENTS_BETWEEN_LOOKS)) {
      if (await isOver()) {
        stop = 'budget';
        break histories;
      }
    }
    totals.absorb(runner.finish());
    options.onProgress?.({
      histories: totals.histories,
      of: most,
      years: totals.histories * years,
      events: totals.events,
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
  if (totals.histories === 0) throw new NothingFinished();
  if (rule !== undefined && stop === 'horizon') stop = 'budget';
  return {
    totals,
    facts: {
      seed,
      method: 'histories',
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
