import { compile } from '../../../src/compile/compile.ts';
import type { CompiledModel } from '../../../src/compile/model.ts';
import { BATCHES } from '../../../src/measures/cycles/cycle-totals.ts';
import { cycleInterval } from '../../../src/measures/cycles/interval.ts';
import { CYCLE } from '../../../src/measures/cycles/measures.ts';
import { varianceInflation } from '../../../src/measures/statistics/student.ts';
import type { Estimate } from '../../../src/model/estimate.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { runCycles } from '../../../src/simulate/cycles/run-cycles.ts';
import type { CycleOptions, ServiceCycles } from '../../../src/simulate/cycles/service-cycles.ts';

const CONFIDENCE = 0.95;
/** Half-width of an interval of this confidence, standard errors. */
const REACH = 1.959964;

export interface CyclesAsked extends Partial<CycleOptions> {
  readonly service?: number;
}

/** Cycles of one service to ±5 %, whatever it takes, unless asked otherwise. */
export async function cyclesOf(
  of: Scenario | CompiledModel,
  { service = 0, ...asked }: CyclesAsked = {},
): Promise<ServiceCycles> {
  const model = 'laws' in of ? of : compile(of);
  const options = { seed: 'cycles', confidence: CONFIDENCE, precision: 0.05, isOver: async () => false, ...asked };
  return (await runCycles(model, service, options))!;
}

/** A number, its standard error, and both as they are told where a test fails. */
export interface Estimated {
  readonly value: number;
  readonly error: number;
  readonly told: string;
}

/** The estimate of a 95 % interval whose samples are independent, with its standard error. */
export function estimated({ value, lo, hi }: Estimate, reach = REACH): Estimated {
  const error = (hi - lo) / 2 / reach;
  return { value, error, told: `${value} ± ${error}` };
}

/** Long-run amount per µs of a measure (dimensionless share of time for the downtime). */
export function measured({ totals }: ServiceCycles, measure: number = CYCLE.downtime): Estimated {
  const byBatches = Math.sqrt(varianceInflation(CONFIDENCE, BATCHES - 1));
  return estimated(cycleInterval(totals, measure, CONFIDENCE), totals.dependent ? byBatches * REACH : REACH);
}

/** How far the share of time down is above the exact one, standard errors. */
export function deviation(cycles: ServiceCycles, exact: number): number {
  const { value, error } = measured(cycles);
  return (value - exact) / error;
}
