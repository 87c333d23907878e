import {
  COMPARED_AXES,
  COMPARED_METRICS,
  type ComparedAxis,
  type ComparedMetric,
  type Contribution,
  type ServiceComparison,
} from '../../model/comparison.ts';
import { differenceOf, type EventBounds, type Pairs, pairedEstimate, varianceReduction } from './paired-amounts.ts';
import type { ComparisonSide } from './side.ts';

/** One service of two variants. */
export interface ComparedService {
  readonly a: ComparisonSide;
  readonly b: ComparisonSide;
  /** Its index in either. */
  readonly serviceA: number;
  readonly serviceB: number;
  /** The longest outage either plausibly produces, s. */
  readonly longestOutage: number;
}

/** Downtime, outages and losses of b against a on the same histories, and what made the difference. */
export function compareService(compared: ComparedService, confidence: number): ServiceComparison {
  const metrics = COMPARED_METRICS.map(
    (metric) => [metric, pairedEstimate(pairsOf(compared, metric), confidence, boundsOf(metric, compared))] as const,
  );
  return {
    metrics: Object.fromEntries(metrics) as ServiceComparison['metrics'],
    because: Object.fromEntries(
      COMPARED_AXES.map((axis) => [axis, contributions(compared, axis, confidence)]),
    ) as unknown as ServiceComparison['because'],
    varianceReduction: varianceReduction(pairsOf(compared, 'dpm')),
  };
}

/** The amounts of one metric history by history. */
export function pairsOf({ a, b, serviceA, serviceB }: ComparedService, metric: ComparedMetric): Pairs {
  return { a: a.amounts(serviceA, metric), b: b.amounts(serviceB, metric), exposures: a.years() };
}

function boundsOf(metric: ComparedMetric, { longestOutage }: ComparedService): EventBounds {
  if (metric === 'ofm' || metric === 'reportable') return { largest: 1, smallest: 1 };
  return metric.startsWith('dpm') ? { largest: longestOutage } : {};
}

/** Largest change first; equal ones by name. */
function contributions(compared: ComparedService, axis: ComparedAxis, confidence: number): readonly Contribution[] {
  const { a, b, serviceA, serviceB } = compared;
  const exposures = a.years();
  const years = exposures.reduce((sum, one) => sum + one, 0);
  const perYear = (amounts: Float64Array): number => amounts.reduce((sum, one) => sum + one, 0) / years;
  return [...new Set([...a.namesOf(serviceA, axis), ...b.namesOf(serviceB, axis)])]
    .map((name): Contribution => {
      const pairs = { a: a.part(serviceA, axis, name), b: b.part(serviceB, axis, name), exposures };
      return { name, a: perYear(pairs.a), b: perYear(pairs.b), difference: differenceOf(pairs, confidence) };
    })
    .sort((x, y) => Math.abs(y.difference.value) - Math.abs(x.difference.value) || (x.name < y.name ? -1 : 1));
}
