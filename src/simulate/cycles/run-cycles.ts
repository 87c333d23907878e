import type { CompiledModel } from '../../compile/model.ts';
import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { type Gate, gates } from '../../measures/cycles/gates.ts';
import { cycleInterval } from '../../measures/cycles/interval.ts';
import { CYCLE, CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { attributionKey, SERVICE_MEASURES } from '../../measures/history-record.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { shapeOf } from '../history-watch.ts';
import type { FailureClasses } from './failure-classes.ts';
import { type Course, IncidentSampler } from './incident.ts';
import { rootStates } from './root-states.ts';

export interface CycleOptions {
  readonly seed: string;
  readonly confidence: number;
  /** Relative half-width of the downtime to stop at. */
  readonly precision: number;
  /** True once the run has to end; asked between blocks of samples. */
  readonly isOver: () => Promise<boolean>;
}

export interface ServiceCycles {
  readonly totals: CycleTotals;
  /** Failure classes by number, as they are called in the combinations. */
  readonly classNames: readonly string[];
  readonly gates: readonly Gate[];
  /** No gate is red and the precision was reached, or the reason why not. */
  readonly stop: 'precision' | 'budget' | 'not converged';
  readonly events: number;
}

/** Samples of each of two rounds of the pilot at ±5 %; more for a finer precision, where what they teach pays longer. */
const PILOT_SAMPLES = 4_000;
const MOST_PILOT = 20_000;
const PILOT_PRECISION = 0.05;
const LEAST_PILOT = 200;
const FIRST_STAGE = 8_000;
/** Every stratum keeps at least this share of the samples. */
const LEAST_SHARE = 0.03;
const MOST_SAMPLES = 4_000_000;
/** More than the first stage promises are needed, so that a second look is rare (methods §2.8). */
const RESERVE = 1.15;
/** How much longer a first stage may be than the one before it, whose width is an estimate. */
const MOST_GROWTH = 16;
const BLOCK = 500;
/** Numbers of samples are kept apart by stage and stratum: stage · 2^44 + stratum · 2^32 + sample. */
const STAGE = 2 ** 44;
const STRATUM = 2 ** 32;

/**
 * Downtime of one service by rare-event cycles (methods §2): a pilot learns where downtime comes from, a first stage how
 * many samples are needed, and a second one, of fresh samples, is what is reported. What is learned changes only the cost.
 *
 * @returns undefined when the run was over before anything could be said
 * @throws InputError `unsupported` where a failure law is not exponential
 */
export async function runCycles(
  model: CompiledModel,
  service: number,
  options: CycleOptions,
): Promise<ServiceCycles | undefined> {
  const { seed, confidence, precision } = options;
  const sampler = new IncidentSampler(model, service, seed, rootStates(model, seed));
  const rates = sampler.classRates();
  const possible = [...rates].map((rate) => rate > 0);
  const strata = possible.filter(Boolean).length;
  const even = (total: number, least: number): number[] =>
    possible.map((can) => (can ? Math.max(least, Math.ceil(total / strata)) : 0));
  const pilotSamples = Math.min(MOST_PILOT, Math.max(PILOT_SAMPLES, (PILOT_SAMPLES * PILOT_PRECISION) / precision));
  let stage = 0;
  const collect = async (planned: readonly number[], learn: boolean): Promise<CycleTotals | undefined> => {
    const base = ++stage * STAGE;
    const collector = new Collector(model, sampler.classes, service, planned);
    for (let stratum = 0; stratum < planned.length; stratum++) {
      for (let k = 0; k < planned[stratum]!; k++) {
        if (k % BLOCK === 0 && (await options.isOver())) return undefined;
        collector.begin(stratum);
        sampler.sample(stratum, base + stratum * STRATUM + k, collector.absorb, learn ? collector.worth : undefined);
        collector.end(stratum);
      }
    }
    return collector.totals;
  };
  const allocated = (from: CycleTotals, total: number): number[] => {
    const spread = possible.map((_, i) => from.deviation(i, CYCLE.downtime));
    const sum = spread.reduce((a, b) => a + b, 0);
    const least = Math.min(LEAST_SHARE, 0.5 / strata);
    return possible.map((can, i) =>
      can
        ? Math.max(2, Math.ceil(total * (least + (1 - least * strata) * (sum > 0 ? spread[i]! / sum : 1 / strata))))
        : 0,
    );
  };
  const width = (totals: CycleTotals): number => {
    const { value, lo, hi } = cycleInterval(totals, CYCLE.downtime, confidence);
    return value > 0 ? (hi - lo) / 2 / value : Number.POSITIVE_INFINITY;
  };

  if ((await collect(even(pilotSamples, LEAST_PILOT), true)) === undefined) return undefined;
  sampler.useLearned();
  const pilot = await collect(even(pilotSamples, LEAST_PILOT), true);
  if (pilot === undefined) return undefined;
  sampler.useLearned();
  let known = pilot;
  const ended = (totals: CycleTotals, reached: boolean): ServiceCycles => {
    const verdicts = gates(totals);
    const red = verdicts.some((gate) => gate.verdict === 'red');
    const stop = red ? 'not converged' : reached && width(totals) <= precision ? 'precision' : 'budget';
    return { totals, classNames: sampler.classes.names, gates: verdicts, stop, events: sampler.events };
  };
  for (let samples = FIRST_STAGE; ; ) {
    const first = await collect(allocated(known, samples), false);
    if (first === undefined) return ended(known, false);
    known = first;
    const missing = (width(first) / (2 * precision)) ** 2;
    if (missing <= 1 || samples >= MOST_SAMPLES) break;
    samples = Math.min(MOST_SAMPLES, Math.ceil(samples * Math.min(MOST_GROWTH, RESERVE * missing)));
  }
  for (let attempt = 0; ; attempt++) {
    const wanted = Math.ceil(RESERVE * known.samples * (width(known) / precision) ** 2);
    const last = await collect(allocated(known, Math.min(MOST_SAMPLES, Math.max(FIRST_STAGE, wanted))), false);
    if (last === undefined) return ended(known, false);
    known = last;
    const result = ended(last, true);
    if (result.stop === 'precision' || attempt > 0 || last.samples >= MOST_SAMPLES) return result;
  }
}

/** Gathers the courses of a sample into its amounts and adds them to the totals. */
class Collector {
  readonly totals: CycleTotals;
  private readonly classes: FailureClasses;
  private readonly service: number;
  private readonly amounts = new Float64Array(CYCLE_MEASURES.length);
  private readonly keys: readonly [first: number, end: number];
  private length = 0;
  private stratum = 0;

  constructor(model: CompiledModel, classes: FailureClasses, service: number, planned: readonly number[]) {
    this.classes = classes;
    this.service = service;
    this.totals = new CycleTotals(planned, CYCLE_MEASURES.length);
    const shape = shapeOf(model);
    this.keys = [attributionKey(shape, service, -1, 0), attributionKey(shape, service + 1, -1, 0)];
  }

  begin(stratum: number): void {
    this.amounts.fill(0);
    this.length = 0;
    this.stratum = stratum;
  }

  readonly absorb = (rate: number, { weight, length, record, failures }: Course): void => {
    const { totals, amounts, service, stratum } = this;
    const factor = rate * weight;
    this.length += factor * length;
    const at = this.service * SERVICE_MEASURES.length;
    for (let i = 0; i < SERVICE_MEASURES.length; i++) amounts[i]! += factor * record.services[at + i]!;
    const downtime = downtimeOf(record, service);
    // What was forced in spite of a chance that underflows is worth nothing.
    if (downtime === 0 || factor === 0) return;
    amounts[CYCLE.downtime]! += factor * downtime;
    amounts[CYCLE.outages]! +=
      factor * (record.services[at + CYCLE.totalOutages]! + record.services[at + CYCLE.partialOutages]!);
    amounts[CYCLE.harmful]! += factor;
    const share = factor / totals.planned[stratum]!;
    const batch = totals.batchOf(stratum);
    totals.incidents[batch]!.add(downtime / MICROSECONDS_PER_SECOND, share);
    record.outageLength.forEach((micros, i) => {
      if (record.outageService[i] === service) totals.outages[batch]!.add(micros / MICROSECONDS_PER_SECOND, share);
    });
    const kinds = failures.map(({ mode }) => this.classes.of[mode]!).sort((a, b) => a - b);
    const combination = kinds.join(' ');
    totals.combinations.set(combination, (totals.combinations.get(combination) ?? 0) + share * downtime);
    const [first, end] = this.keys;
    for (const [key, micros] of record.attribution) {
      if (key >= first && key < end) totals.attribution.set(key, (totals.attribution.get(key) ?? 0) + share * micros);
    }
  };

  readonly worth = ({ record }: Course): number => downtimeOf(record, this.service);

  end(stratum: number): void {
    this.totals.add(stratum, this.amounts, this.length, CYCLE.downtime);
  }
}

function downtimeOf(record: Course['record'], service: number): number {
  const at = service * SERVICE_MEASURES.length;
  return record.services[at + CYCLE.totalTime]! + record.services[at + CYCLE.partialWeighted]!;
}
