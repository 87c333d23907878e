import type { CompiledModel } from '../compile/model.ts';
import { outagesApart, withinBounds } from '../measures/cycles/agreement.ts';
import { type RunTotals, sumLists } from '../measures/run-totals.ts';
import { sumOf } from '../measures/statistics/sum.ts';
import { InputError } from '../model/problem.ts';
import { type BatchHelp, COST_OF_EVENT } from './cycles/batch-supply.ts';
import { hasDowntime, runCycles } from './cycles/run-cycles.ts';
import { type CycleOptions, type ServiceCycles, TooManyEvents } from './cycles/service-cycles.ts';
import type { SharedEstimates } from './cycles/shared-estimates.ts';
import type { HistorySpan } from './history-span.ts';

/** How the downtime of a service is found; everything else of it comes from histories. */
export type DowntimeMethod = 'histories' | 'cycles' | 'exact';

export interface MethodChoice {
  readonly method: DowntimeMethod;
  readonly because: string;
  readonly cycles?: ServiceCycles;
}

/** Outages below which histories do not know a service's downtime: methods §5.3. */
export const FEW_OUTAGES = 30;
/** Relative half-width cycles aim at where none is asked for: three times better than thirty outages. */
const PRECISION_UNASKED = 0.1;
/** Elements down at a time, on average, above which incidents overlap too much for cycles (methods §2.10). */
const MOST_OVERLAP = 0.3;
/** Events of a pilot of cycles to ±5 %. */
const PILOT_EVENTS = 250_000;
const CYCLE_PRECISION = 0.05;
/** Batches of some 500 samples after which cycles give up at ±10 %: some seconds. */
const MOST_BATCHES = 200;

export interface ChoiceOptions extends BatchHelp {
  readonly seed: string;
  readonly confidence: number;
  readonly precision: number | undefined;
  readonly isOver: () => Promise<boolean>;
  /** What histories tell of. */
  readonly span?: HistorySpan;
  /** Where services alike find each other's estimates. */
  readonly estimates?: SharedEstimates | undefined;
  readonly exact: () => ExactServices | Promise<ExactServices>;
}

/** What the exact side says of services by index. */
export interface ExactServices {
  /** Those with an exact number. */
  readonly solved: ReadonlySet<number>;
  /** Why others have none. */
  readonly refused: ReadonlyMap<number, string>;
  /** Bounds that hold whatever the parts of a service share. */
  readonly bounds: ReadonlyMap<number, { readonly lo: number; readonly hi: number }>;
}

/** Without an exact side. */
export const NONE_SOLVED: ExactServices = { solved: new Set(), refused: new Map(), bounds: new Map() };

/** Events that histories have to be short of for a relative half-width before a pilot of cycles is worth its while. */
export function eventsWorthAPilot(precision: number): number {
  return COST_OF_EVENT * PILOT_EVENTS * Math.max(1, CYCLE_PRECISION / precision);
}

/**
 * Downtime of a service by cycles, and whether it fits what is known without them: a gate that is red takes the trust from it.
 * Outages of histories that age are those of young clouds, cycles tell of the long run.
 */
export async function checkedCycles(
  model: CompiledModel,
  totals: RunTotals,
  service: number,
  { exact, ...options }: CycleOptions & Pick<ChoiceOptions, 'exact'>,
): Promise<ServiceCycles | undefined> {
  const cycles = await runCycles(model, service, options);
  if (cycles === undefined || !hasDowntime(cycles)) return cycles;
  const bounds = (await exact()).bounds.get(service);
  const outages = sumLists(totals.service(service, 'totalOutages'), totals.service(service, 'partialOutages'));
  const beside = [
    ...(cycles.isAgeing ? [] : [outagesApart(cycles.totals, outages, sumOf(totals.horizons))]),
    ...(bounds === undefined ? [] : [withinBounds(cycles.totals, bounds)]),
  ];
  const isRed = beside.some(({ verdict }) => verdict === 'red');
  return { ...cycles, gates: [...cycles.gates, ...beside], stop: isRed ? 'not converged' : cycles.stop };
}

/**
 * Another way to the downtime of a service that histories meet too seldom: the exact number where there is one, else
 * cycles where the model allows them and they converge, else histories after all. Depends on the totals only.
 *
 * @param historiesTake events that histories are short of: cycles that would take longer give way to them after their pilot
 */
export async function chooseMethod(
  model: CompiledModel,
  totals: RunTotals,
  service: number,
  options: ChoiceOptions,
  historiesTake?: number,
): Promise<MethodChoice> {
  const { seed, confidence, exact, isOver, hiring, finished, span, estimates } = options;
  const { count } = totals.outageEvents[service]!;
  const seen = `${count} ${count === 1 ? 'outage' : 'outages'} in ${totals.histories} histories`;
  if ((await exact()).solved.has(service)) return { method: 'exact', because: seen };
  const histories = (why: string): MethodChoice => ({ method: 'histories', because: `${seen}; no cycles: ${why}` });
  const overlap = overlapOf(totals);
  if (overlap !== undefined) return histories(overlap);
  const precision = options.precision ?? PRECISION_UNASKED;
  try {
    const cycles = await checkedCycles(model, totals, service, {
      exact,
      seed,
      confidence,
      precision,
      isOver,
      hiring,
      finished,
      estimates,
      ...(span === undefined ? {} : { span }),
      mostBatches: MOST_BATCHES * Math.max(1, (PRECISION_UNASKED / precision) ** 2),
      ...(historiesTake === undefined ? {} : { mostEvents: historiesTake / COST_OF_EVENT }),
    });
    if (cycles === undefined) return histories('the run was over before');
    if (!hasDowntime(cycles))
      return { method: 'histories', because: `${seen}, and no downtime in ${cycles.totals.samples} incidents`, cycles };
    const red = cycles.gates.filter(({ verdict }) => verdict === 'red').map(({ name }) => name);
    if (cycles.stop !== 'not converged') return { method: 'cycles', because: asAlike(seen, cycles), cycles };
    return { ...histories(`not converged, ${red.join(', ')}`), cycles };
  } catch (error) {
    if (error instanceof TooManyEvents) return histories(`they would take longer, ${printed(error.events)} events`);
    if (!(error instanceof InputError)) throw error;
    return histories(error.problems[0]!.message);
  }
}

/** The reason, and whose estimate it is where that is another service's. */
export const asAlike = (because: string, { alike }: ServiceCycles): string =>
  alike === undefined ? because : `${because}; the estimate of ${alike}, which is alike`;

/** Why incidents overlap too much for cycles, where they do. */
export function overlapOf(totals: RunTotals): string | undefined {
  const overlap = sumOf(totals.elementDowntime) / sumOf(totals.horizons);
  return overlap > MOST_OVERLAP ? `${overlap.toPrecision(2)} elements are down at a time, faults overlap` : undefined;
}

const printed = (events: number): string => Number(events.toPrecision(2)).toString();
