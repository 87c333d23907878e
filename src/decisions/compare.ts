import { compile } from '../compile/compile.ts';
import type { CompiledModel } from '../compile/model.ts';
import { differenceOf, verdictOn } from '../measures/comparison/paired-amounts.ts';
import { type ComparedService, compareService, pairsOf } from '../measures/comparison/service-comparison.ts';
import { ComparisonSide } from '../measures/comparison/side.ts';
import { cycleInterval } from '../measures/cycles/interval.ts';
import { CYCLE } from '../measures/cycles/measures.ts';
import { scale } from '../measures/service-result.ts';
import { nextLook } from '../measures/statistics/stopping.ts';
import type {
  ComparedChoice,
  ComparedVariant,
  Comparison,
  ComparisonRun,
  PairedEstimate,
  ServiceComparison,
} from '../model/comparison.ts';
import { type Estimate, exact } from '../model/estimate.ts';
import { InputError } from '../model/problem.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { shapeOf } from '../simulate/history-watch.ts';
import { type HistoryPlan, historiesInOrder } from '../simulate/in-order.ts';
import { longestOutage } from '../simulate/longest-outage.ts';
import { FEW_OUTAGES, overlapOf } from '../simulate/method.ts';
import { modeFacts } from '../simulate/result.ts';
import { NothingFinished } from '../simulate/run.ts';
import { exactUnavailability } from './exact.ts';
import type { Conduct, Labelled } from './loaded.ts';
import { pairedCycles } from './paired-cycles.ts';
import { byCycles, independentDifference, type RarePlan } from './rare.ts';

/** Budget of a comparison; what is absent is as the first scenario says. */
export interface CompareOptions extends Conduct {
  readonly seed?: string;
  /** Simulated years per history. */
  readonly years?: number;
  /** Number of histories; the most when `precision` is given. */
  readonly histories?: number;
  /** Half-width of every difference in downtime, relative to the downtime of the first, at which to stop. */
  readonly precision?: number;
  /** Seconds of `clock`. */
  readonly maxTime?: number;
  /** False: what histories see too seldom stays as they see it. */
  readonly rare?: boolean;
}

const MOST_HISTORIES = 100_000;
/** Relative half-width of either downtime where it comes from cycles and nothing else is asked for. */
const CYCLE_PRECISION = 0.05;
/** Of their difference, where the same incidents are drawn of both. */
const PAIRED_PRECISION = 0.02;
/** Histories that differ before a precision is believed. */
const ENOUGH_DIFFERENCES = 30;

/** A variant while it is simulated. */
interface Side extends Labelled {
  readonly model: CompiledModel;
  readonly side: ComparisonSide;
}

/**
 * Compares each of the others with the first one on the same histories: streams are keyed by names, so what the variants
 * share happens to both, and only what differs is left in the difference (methods §5.6). Without a time limit a pure
 * function of the scenarios and the seed.
 *
 * @throws InputError where two scenarios have no service in common
 */
export async function compareScenarios(
  first: Labelled,
  others: readonly Labelled[],
  version: string,
  options: CompareOptions = {},
): Promise<Comparison> {
  const sides = [first, ...others].map(sideOf);
  const [a, ...rest] = sides as [Side, ...Side[]];
  for (const b of rest) requireCommonService(a, b);
  const { simulation } = first.scenario;
  const { confidence } = simulation;
  const precision = options.precision ?? simulation.precision;
  const planned = options.histories ?? simulation.histories;
  const most = precision === undefined ? planned : Math.max(planned, options.histories ?? MOST_HISTORIES);
  const maxTime = options.maxTime ?? simulation.maxTime;
  const plan: HistoryPlan = {
    seed: options.seed ?? simulation.seed,
    years: options.years ?? simulation.years,
    // What is compared must have seen the same time.
    warmUp: Math.max(...sides.map(({ scenario }) => scenario.simulation.warmUp)),
    most,
    ...(maxTime === undefined ? {} : { maxTime }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const started = options.clock?.() ?? 0;
  const rule = precision === undefined ? undefined : { relative: precision };
  let look = rule === undefined ? Number.POSITIVE_INFINITY : nextLook(0, rule);
  const stop = await historiesInOrder(
    sides.map(({ model }) => model),
    plan,
    (records, index) => {
      records.forEach((record, i) => {
        sides[i]!.side.absorb(record);
      });
      const histories = index + 1;
      const events = sides.reduce((sum, { side }) => sum + side.totals.events, 0);
      options.onProgress?.({ histories, of: most, years: sides.length * histories * plan.years, events });
      if (rule === undefined || histories !== look) return 'more';
      look = nextLook(histories, rule);
      return rest.every((b) => isPrecise(a, b, confidence, rule.relative)) ? 'enough' : 'more';
    },
  );
  const { histories } = a.side.totals;
  if (histories === 0) throw new NothingFinished();
  const run: ComparisonRun = {
    seed: plan.seed,
    histories,
    simulatedYears: histories * plan.years,
    confidence,
    stop: stop === 'enough' ? 'precision' : stop === 'all' && rule === undefined ? 'horizon' : 'budget',
    version,
  };
  const exactA = exactUnavailability(first.scenario);
  const rare: RarePlan = { ...plan, ...(precision === undefined ? {} : { precision }), started };
  const against: ComparedVariant[] = [];
  for (const b of rest) {
    const compared = comparedVariant(a, b, exactA, confidence);
    const services =
      options.rare === false ? compared.services : await withChoices(compared.services, a, b, rare, confidence);
    against.push({ ...compared, services });
  }
  return { format: 'carriergrade/comparison/1', a: factsOf(first), run, against };
}

function sideOf(labelled: Labelled): Side {
  const model = compile(labelled.scenario);
  return { ...labelled, model, side: new ComparisonSide(shapeOf(model), (mode) => modeFacts(model, mode)) };
}

const factsOf = ({ label, scenario: { name, title }, digest }: Labelled): Comparison['a'] => ({
  label,
  name,
  title,
  digest,
});

/** Services users see; stages of chains are part of them. */
const serviceIds = ({ scenario }: Side): readonly string[] => Object.keys(scenario.services);

function requireCommonService(a: Side, b: Side): void {
  if (serviceIds(a).some((id) => serviceIds(b).includes(id))) return;
  const message = `${a.label} and ${b.label} have no service in common: ${serviceIds(a).join(', ')} against ${serviceIds(b).join(', ')}`;
  throw new InputError([
    { level: 'error', code: 'nothing-to-compare', message, hint: 'services are compared by their id' },
  ]);
}

function comparedServices(a: Side, b: Side): readonly (readonly [string, ComparedService])[] {
  return serviceIds(a).flatMap((id, serviceA) => {
    const serviceB = serviceIds(b).indexOf(id);
    if (serviceB < 0) return [];
    const longest = Math.max(longestOutage(a.model, serviceA), longestOutage(b.model, serviceB));
    return [[id, { a: a.side, b: b.side, serviceA, serviceB, longestOutage: longest }] as const];
  });
}

function comparedVariant(a: Side, b: Side, exactA: ReadonlyMap<string, number>, confidence: number): ComparedVariant {
  const exactB = exactUnavailability(b.scenario);
  const services = comparedServices(a, b).map(([id, compared]) => {
    const [ofA, ofB] = [exactA.get(id), exactB.get(id)];
    const measured = compareService(compared, confidence);
    const result = a.digest === b.digest ? unchanged(measured) : measured;
    const solved = ofA === undefined || ofB === undefined ? {} : { exact: exactPair(ofA, ofB) };
    return [id, { ...result, ...solved }] as const;
  });
  return {
    b: factsOf(b),
    services: Object.fromEntries(services),
    onlyA: serviceIds(a).filter((id) => !serviceIds(b).includes(id)),
    onlyB: serviceIds(b).filter((id) => !serviceIds(a).includes(id)),
  };
}

/** The services with what is known of them by another way, where histories saw too few outages (methods §5.3). */
async function withChoices(
  services: ComparedVariant['services'],
  a: Side,
  b: Side,
  plan: RarePlan,
  confidence: number,
): Promise<ComparedVariant['services']> {
  const found: Record<string, ServiceComparison> = {};
  for (const [id, service] of Object.entries(services)) {
    const choice = a.digest === b.digest ? undefined : await choiceOf(service, id, a, b, plan, confidence);
    found[id] = choice === undefined ? service : { ...service, choice };
  }
  return found;
}

async function choiceOf(
  { metrics, exact: solved }: ServiceComparison,
  id: string,
  a: Side,
  b: Side,
  plan: RarePlan,
  confidence: number,
): Promise<ComparedChoice | undefined> {
  const seen = [a, b].map((side) => side.side.totals.outageEvents[serviceIds(side).indexOf(id)]!.count);
  if (seen.every((count) => count >= FEW_OUTAGES)) return undefined;
  const outages = `${seen.join(' and ')} outages in ${a.side.totals.histories} histories`;
  if (solved !== undefined) return { method: 'exact', because: outages, dpm: solved };
  const overlap = overlapOf(a.side.totals) ?? overlapOf(b.side.totals);
  if (overlap === undefined && seen.every((count) => count < FEW_OUTAGES)) {
    const services = [serviceIds(a).indexOf(id), serviceIds(b).indexOf(id)] as const;
    const precision = plan.precision ?? PAIRED_PRECISION;
    const paired = await pairedCycles([a.model, b.model], services, plan, confidence, precision);
    if (!('refused' in paired)) {
      const { figures, arePairs } = paired;
      const dpm = { ...figures, verdict: verdictOn(figures.difference) };
      return { method: 'cycles', because: outages, pairs: arePairs, dpm };
    }
  }
  const downtimes: Estimate[] = [];
  for (const [i, side] of [a, b].entries()) {
    const service = serviceIds(side).indexOf(id);
    if (seen[i]! >= FEW_OUTAGES) {
      downtimes.push(i === 0 ? metrics.dpm.a : metrics.dpm.b);
      continue;
    }
    // Streams of their own: the two are to be independent.
    const own = { ...plan, seed: i === 0 ? plan.seed : `${plan.seed}/b` };
    const known = await byCycles(
      side.model,
      side.side.totals,
      service,
      own,
      confidence,
      plan.precision ?? CYCLE_PRECISION,
    );
    if (known.method !== 'cycles') return { method: 'histories', because: known.because, dpm: metrics.dpm };
    const downtime = cycleInterval(known.cycles!.totals, CYCLE.downtime, confidence);
    downtimes.push(scale(downtime, SECONDS_PER_YEAR));
  }
  const [ofA, ofB] = downtimes as [Estimate, Estimate];
  const { difference, ratio } = independentDifference(ofA, ofB);
  return {
    method: 'cycles',
    because: outages,
    pairs: false,
    dpm: { a: ofA, b: ofB, difference, ratio, verdict: verdictOn(difference) },
  };
}

/** Two scenarios that mean the same differ in nothing, whatever the histories could leave open. */
function unchanged(service: ServiceComparison): ServiceComparison {
  const metrics = Object.entries(service.metrics).map(([metric, paired]) => [
    metric,
    { ...paired, difference: exact(0), ratio: paired.ratio === null ? null : exact(1), verdict: 'same' as const },
  ]);
  return { ...service, metrics: Object.fromEntries(metrics) as ServiceComparison['metrics'] };
}

function exactPair(unavailabilityA: number, unavailabilityB: number): PairedEstimate {
  const [a, b] = [unavailabilityA * SECONDS_PER_YEAR, unavailabilityB * SECONDS_PER_YEAR];
  const difference = exact(b - a);
  return { a: exact(a), b: exact(b), difference, ratio: a === 0 ? null : exact(b / a), verdict: verdictOn(difference) };
}

/** Every difference in downtime is known to the precision asked for, against the downtime of a. */
function isPrecise(a: Side, b: Side, confidence: number, relative: number): boolean {
  return comparedServices(a, b).every(([, compared]) => {
    const pairs = pairsOf(compared, 'dpm');
    const differing = pairs.exposures.length - Array.from(pairs.a).filter((one, i) => one === pairs.b[i]).length;
    const { value, lo, hi } = differenceOf(pairs, confidence, compared.longestOutage);
    const years = Array.from(pairs.exposures).reduce((sum, one) => sum + one, 0);
    const downtime = Array.from(pairs.a).reduce((sum, one) => sum + one, 0) / years;
    const isSeen = differing === 0 || differing >= ENOUGH_DIFFERENCES;
    return isSeen && downtime > 0 && Math.max(hi - value, value - lo) <= relative * downtime;
  });
}
