import type { CompiledModel } from '../compile/model.ts';
import { RunTotals } from '../measures/run-totals.ts';
import { nextLook, type PrecisionRule } from '../measures/statistics/stopping.ts';
import type { Estimate } from '../model/estimate.ts';
import type { FinishedWork } from '../model/part.ts';
import { InputError, type Problem } from '../model/problem.ts';
import type { RunFacts } from '../model/result.ts';
import type { Method, Scenario } from '../model/scenario.ts';
import type { HireCrew, HistoryPlan } from './crew.ts';
import { Hiring } from './hiring.ts';
import { HistorySupply } from './history-supply.ts';
import { shapeOf } from './history-watch.ts';
import { KnownSoFar } from './known-so-far.ts';
import {
  checkedCycles,
  chooseMethod,
  type ExactServices,
  eventsWorthAPilot,
  FEW_OUTAGES,
  type MethodChoice,
  NONE_SOLVED,
} from './method.ts';
import { overseer } from './overseer.ts';

/** What overrides the scenario's `simulation` section, and how a run talks to its caller. */
export interface SimulateOptions {
  /**
   * How services' downtime is found: by `histories` alone; by rare-event `cycles` or the `exact` side, for all services,
   * with histories for everything else; `auto`: by histories where they see enough outages, else exactly where that is
   * possible, else by cycles where they converge. Default: the scenario's, else histories.
   */
  readonly method?: Method;
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

/** How far a run has come: histories, and simulated years and events in them. */
export interface Progress {
  readonly histories: number;
  /** Histories planned at most. */
  readonly of: number;
  readonly years: number;
  readonly events: number;
  /** Threads at work; absent: this one. */
  readonly workers?: number;
  /** The service whose interval is widest for its value so far, with its downtime (s/year); work, so only on demand. */
  readonly worst?: () => WidestInterval | undefined;
}

export interface WidestInterval {
  readonly service: string;
  readonly downtime: Estimate;
}

export interface FinishedRun {
  readonly totals: RunTotals;
  readonly facts: Omit<RunFacts, 'version'>;
  /** By service, where its downtime does not come from histories as a matter of course. */
  readonly choices: readonly (MethodChoice | undefined)[];
  readonly asked: Method;
}

/** What a run needs of others. */
export interface RunHelp {
  readonly hire?: HireCrew;
  /** Events still to come that are worth a crew; see `Hiring`. */
  readonly worthACrew?: number;
  /** What was finished before, and where to keep what is finished now. */
  readonly finished?: FinishedWork;
  /** What the exact side says; without it nothing. */
  readonly exact?: () => ExactServices;
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
export const CYCLE_PRECISION = 0.05;

/**
 * Runs histories in index order until the planned number, the precision or the time limit is reached. The stopping rule
 * sees nothing but the in-order prefix, so a run without a time limit is a pure function of scenario and seed.
 */
export async function runHistories(
  model: CompiledModel,
  scenario: Scenario,
  options: SimulateOptions = {},
  help: RunHelp = {},
): Promise<FinishedRun> {
  const { simulation } = scenario;
  const { confidence } = simulation;
  const { plan, method, wanted, precision, planned, most } = runPlan(scenario, options);
  const { seed, years } = plan;
  const exact = help.exact ?? (() => NONE_SOLVED);
  if (method === 'exact') requireExact(model, exact());
  const rule: PrecisionRule | undefined = precision === undefined ? undefined : { relative: precision };
  const totals = new RunTotals(shapeOf(model));
  let look = rule === undefined ? Number.POSITIVE_INFINITY : nextLook(0, rule);
  let stop: RunFacts['stop'] = 'horizon';
  const isOver = overseer(options, options.maxTime ?? simulation.maxTime);
  const choices: (MethodChoice | undefined)[] = Array.from({ length: model.services.visible });
  const { finished } = help;
  const hiring = new Hiring(plan, options.workers ?? 1, help.hire, help.worthACrew);
  const choice = { seed, confidence, precision: wanted, isOver, exact, hiring, finished };
  const known = new KnownSoFar(model, totals, confidence);
  /** Services whose precision is still to be reached by histories. */
  const open = (): number[] => (rule === undefined ? [] : known.imprecise(rule, (service) => choices[service]));
  const supply = new HistorySupply(model, plan, { hiring, finished, isOver });
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
        workers: hiring.size,
        worst: () => known.worst(),
      });
      if (rule !== undefined && totals.histories === look) {
        for (const service of method === 'auto' && look >= planned ? open() : []) {
          const short = known.eventsTo(service, rule.relative) - totals.events;
          if (short < eventsWorthAPilot(rule.relative)) continue;
          choices[service] ??= await chooseMethod(model, totals, service, choice, short);
        }
        if (open().length === 0) {
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
    for (let service = 0; service < model.services.visible; service++) {
      const because = 'asked for';
      if (method === 'exact') choices[service] = { method, because };
      else if (method === 'cycles') {
        const cycles = await checkedCycles(model, totals, service, {
          ...choice,
          precision: wanted ?? CYCLE_PRECISION,
        });
        const converged = cycles !== undefined && cycles.stop !== 'not converged';
        choices[service] = {
          method: converged ? 'cycles' : 'histories',
          because,
          ...(cycles === undefined ? {} : { cycles }),
        };
        if (cycles?.stop !== 'precision') stop = 'budget';
      } else if (method === 'auto' && choices[service] === undefined) {
        if (totals.outageEvents[service]!.count >= FEW_OUTAGES) continue;
        choices[service] = await chooseMethod(model, totals, service, choice);
      }
    }
  } finally {
    await hiring.close();
  }
  const byHistories = choices.every((chosen) => chosen === undefined || chosen.method === 'histories');
  return {
    totals,
    choices,
    asked: method,
    facts: {
      seed,
      method: method === 'auto' && byHistories ? 'histories' : method,
      histories: totals.histories,
      simulatedYears: totals.histories * years,
      events: totals.events,
      confidence,
      stop,
    },
  };
}

/** What a run will do, as far as that is known beforehand. */
export interface RunPlan {
  readonly plan: HistoryPlan;
  readonly method: Method;
  /** The precision asked for, and the one that histories stop at: exact numbers need none, cycles have one of their own. */
  readonly wanted: number | undefined;
  readonly precision: number | undefined;
  /** Histories there are without a precision, and at most. */
  readonly planned: number;
  readonly most: number;
}

/** Options over the scenario's `simulation` section over the defaults. */
export function runPlan(scenario: Scenario, options: SimulateOptions): RunPlan {
  const { simulation } = scenario;
  const wanted = options.precision ?? simulation.precision;
  const method = options.method ?? simulation.method ?? 'histories';
  const precision = method === 'cycles' || method === 'exact' ? undefined : wanted;
  const planned = options.histories ?? simulation.histories;
  return {
    plan: {
      scenario,
      seed: options.seed ?? simulation.seed,
      years: options.years ?? simulation.years,
      warmUp: simulation.warmUp,
    },
    method,
    wanted,
    precision,
    planned,
    most: precision === undefined ? planned : Math.max(planned, options.histories ?? MOST_HISTORIES),
  };
}

/** Throws InputError when a service has no exact number. */
function requireExact({ services, names }: CompiledModel, { solved, refused }: ExactServices): void {
  const problems: Problem[] = [];
  for (let service = 0; service < services.visible; service++) {
    if (solved.has(service)) continue;
    problems.push({
      level: 'unsupported',
      code: 'not-exact',
      message: `${names.services[service]}: ${refused.get(service) ?? 'the exact side does not solve it'}`,
      hint: 'use --method auto, cycles or histories',
    });
  }
  if (problems.length > 0) throw new InputError(problems);
}
