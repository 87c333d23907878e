import type { CompiledModel } from '../compile/model.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import { sumOf } from '../measures/statistics/sum.ts';
import { InputError } from '../model/problem.ts';
import type { BatchHelp } from './cycles/batch-supply.ts';
import { runCycles, type ServiceCycles } from './cycles/run-cycles.ts';
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
/** Events that cycles take to ±5 % of a service with their pilot, and what an event more than in histories costs there. */
const CYCLE_EVENTS = 1_000_000;
const CYCLE_EVENT_COST = 3;
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
  /** Services that the exact side solves. */
  readonly exact: () => ReadonlySet<number>;
}

/** Events of histories above which cycles are the cheaper way to a relative half-width. */
export function eventsWorthCycles(precision: number): number {
  return CYCLE_EVENT_COST * CYCLE_EVENTS * Math.max(1, (CYCLE_PRECISION / precision) ** 2);
}

/**
 * Another way to the downtime of a service that histories meet too seldom: the exact number where there is one, else
 * cycles where the model allows them and they converge, else histories after all. Depends on the totals only.
 */
export async function chooseMethod(
  model: CompiledModel,
  totals: RunTotals,
  service: number,
  options: ChoiceOptions,
): Promise<MethodChoice> {
  const { seed, confidence, exact, isOver, hiring, finished, span } = options;
  const { count } = totals.outageEvents[service]!;
  const seen = `${count} ${count === 1 ? 'outage' : 'outages'} in ${totals.histories} histories`;
  if (exact().has(service)) return { method: 'exact', because: seen };
  const histories = (why: string): MethodChoice => ({ method: 'histories', because: `${seen}; no cycles: ${why}` });
  const overlap = overlapOf(totals);
  if (overlap !== undefined) return histories(overlap);
  const precision = options.precision ?? PRECISION_UNASKED;
  try {
    const cycles = await runCycles(model, service, {
      seed,
      confidence,
      precision,
      isOver,
      hiring,
      finished,
      ...(span === undefined ? {} : { span }),
      mostBatches: MOST_BATCHES * Math.max(1, (PRECISION_UNASKED / precision) ** 2),
    });
    if (cycles === undefined) return histories('the run was over before');
    const red = cycles.gates.filter(({ verdict }) => verdict === 'red').map(({ name }) => name);
    if (cycles.stop !== 'not converged') return { method: 'cycles', because: seen, cycles };
    return { ...histories(`not converged, ${red.join(', ')}`), cycles };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return histories(error.problems[0]!.message);
  }
}

/** Why incidents overlap too much for cycles, where they do. */
export function overlapOf(totals: RunTotals): string | undefined {
  const overlap = sumOf(totals.elementDowntime) / sumOf(totals.horizons);
  return overlap > MOST_OVERLAP ? `${overlap.toPrecision(2)} elements are down at a time, faults overlap` : undefined;
}
