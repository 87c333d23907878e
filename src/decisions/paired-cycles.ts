import type { CompiledModel } from '../compile/model.ts';
import {
  type CycleBatches,
  differenceOfKnown,
  figuresOfKnown,
  type Known,
  knownByBatches,
  knownExactly,
  pooled,
} from '../measures/comparison/cycle-batches.ts';
import { type RegressionRule, verdictOnExcess } from '../measures/comparison/regression.ts';
import { spendingTails } from '../measures/comparison/spending.ts';
import { scale } from '../measures/service-result.ts';
import type { BaselineCycles, BaselineService, Verdict } from '../model/check.ts';
import type { PairedEstimate } from '../model/comparison.ts';
import { InputError } from '../model/problem.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { CycleLevels, MOST_LEVELS } from '../simulate/cycles/cycle-levels.ts';
import { historySpan } from '../simulate/history-span.ts';
import { overAt, type RarePlan } from './rare.ts';

/** Relative half-width of the downtime itself at which a baseline has samples enough. */
const BASELINE_PRECISION = 0.02;
/** Relative half-width of either downtime where only their difference is asked for. */
const OWN_PRECISION = 0.1;

type Figures = Pick<PairedEstimate, 'a' | 'b' | 'difference' | 'ratio'>;

/** Figures of two services known by cycles. */
export interface CycleComparison {
  readonly figures: Figures;
  /** The same incidents were drawn of both. */
  readonly arePairs: boolean;
}

export interface CycleRegression extends CycleComparison {
  readonly verdict: Verdict;
  readonly confidence: number;
}

/** Cycles are no way, and why. */
export interface Refused {
  readonly refused: string;
}

const RUN_OVER: Refused = { refused: 'the run was over before' };

/** Incidents of a service level by level, to be paired with those of a later version of it. */
export function takeCycles(
  model: CompiledModel,
  service: number,
  plan: RarePlan,
  confidence: number,
): Promise<BaselineCycles | Refused> {
  return unlessUnsupported(async () => {
    let refused: Refused = RUN_OVER;
    for (const seed of seedsFrom(plan.seed)) {
      const levels = await CycleLevels.of(model, service, seed, overAt(plan), historySpan(plan));
      const strata = await levels?.strata();
      if (levels === undefined || strata === undefined) return RUN_OVER;
      const found: CycleBatches[] = [];
      for (let level = 0; level < MOST_LEVELS; level++) {
        const batches = await levels.level(level, strata);
        if (batches === undefined) return RUN_OVER;
        found.push(batches);
        if (relativeWidth(knownByBatches(pooled(found)), confidence) <= BASELINE_PRECISION) break;
      }
      const { doubt } = pooled(found);
      if (doubt === undefined) return { seed, strata, levels: found.map(packed) };
      refused = { refused: doubt };
    }
    return refused;
  });
}

/**
 * Whether a service is down more than it was, level by level until it is certain: on pairs of incidents where the samples of
 * the baseline fit this model, else on samples of its own, as independent of the baseline's.
 *
 * @param solved unavailability now, where the exact side knows it
 * @param alpha chance of an error on either side, for all looks
 */
export function regressionByCycles(
  model: CompiledModel,
  service: number,
  before: BaselineService,
  solved: number | undefined,
  plan: RarePlan,
  rule: RegressionRule,
  alpha: number,
): Promise<CycleRegression | Refused> {
  const judged = (a: Known, b: Known, tail: number, arePairs: boolean): CycleRegression => {
    const confidence = 1 - 2 * tail;
    const excess = (factor: number) => differenceOfKnown(a, b, confidence, { factor, arePairs });
    const verdict = verdictOnExcess(excess, rule);
    return { figures: perYear(figuresOfKnown(a, b, confidence, arePairs)), arePairs, verdict, confidence };
  };
  return unlessUnsupported(async () => {
    const stored = before.cycles?.levels.map(unpacked);
    const all = stored === undefined ? undefined : knownByBatches(pooled(stored));
    if (solved !== undefined && all !== undefined) return judged(all, knownExactly(solved), alpha, false);
    const whole = before.exactUnavailability === undefined ? all : knownExactly(before.exactUnavailability);
    if (whole === undefined) return { refused: 'the baseline has no cycles of it; take it again' };
    const attempt = async (seed: string, mayPair: boolean): Promise<CycleRegression | Refused> => {
      const levels = await CycleLevels.of(model, service, seed, overAt(plan), historySpan(plan));
      const own = await levels?.strata();
      if (levels === undefined || own === undefined) return RUN_OVER;
      const arePairs = mayPair && levels.fits(before.cycles!.strata);
      if (mayPair && !arePairs) return { refused: 'incidents do not begin as they did' };
      const most = arePairs ? stored!.length : MOST_LEVELS;
      const looks = Array.from({ length: most }, (_, level) => CycleLevels.samplesTo(level));
      const tails = spendingTails(looks, alpha);
      const found: CycleBatches[] = [];
      let last: CycleRegression | undefined;
      let doubt: string | undefined;
      for (let level = 0; level < most; level++) {
        const batches = await levels.level(level, arePairs ? before.cycles!.strata : own);
        // What was found roughly stands where the finer attempt had no time.
        if (batches === undefined) return last ?? RUN_OVER;
        found.push(batches);
        doubt = batches.doubt ?? (arePairs ? stored![level]!.doubt : undefined);
        if (doubt !== undefined) continue;
        const a = arePairs ? knownByBatches(pooled(stored!.slice(0, level + 1))) : whole;
        last = judged(a, knownByBatches(pooled(found)), tails[level]!, arePairs);
        if (last.verdict !== 'undecided') break;
      }
      return last ?? { refused: doubt! };
    };
    let found: CycleRegression | Refused = RUN_OVER;
    if (whole === all) found = await attempt(before.cycles!.seed, true);
    // Streams of their own: the two are to be independent. What was refused has decided nothing and spent nothing.
    for (const seed of seedsFrom(`${plan.seed}/b`)) {
      if (!('refused' in found)) break;
      found = await attempt(seed, false);
      if (found === RUN_OVER) break;
    }
    return found;
  });
}

/** One service of two models on the same incidents, until their difference is known to `precision` of the first one. */
export function pairedCycles(
  [a, b]: readonly [CompiledModel, CompiledModel],
  [serviceA, serviceB]: readonly [number, number],
  plan: RarePlan,
  confidence: number,
  precision: number,
): Promise<CycleComparison | Refused> {
  return unlessUnsupported(async () => {
    const isOver = overAt(plan);
    const ofA = await CycleLevels.of(a, serviceA, plan.seed, isOver, historySpan(plan));
    const ofB = ofA && (await CycleLevels.of(b, serviceB, plan.seed, isOver, historySpan(plan)));
    const strata = await ofA?.strata();
    if (ofA === undefined || ofB === undefined || strata === undefined) return RUN_OVER;
    if ((await ofB.strata()) === undefined) return RUN_OVER;
    if (!ofB.fits(strata)) return { refused: 'their incidents do not begin alike' };
    const found: [CycleBatches, CycleBatches][] = [];
    let last: CycleComparison | undefined;
    let doubt: string | undefined;
    for (let level = 0; level < MOST_LEVELS; level++) {
      const [batchesA, batchesB] = [await ofA.level(level, strata), await ofB.level(level, strata)];
      if (batchesA === undefined || batchesB === undefined) return last ?? RUN_OVER;
      found.push([batchesA, batchesB]);
      doubt = batchesA.doubt ?? batchesB.doubt;
      if (doubt !== undefined) continue;
      const [knownA, knownB] = [0, 1].map((i) => knownByBatches(pooled(found.map((pair) => pair[i]!)))) as [
        Known,
        Known,
      ];
      last = { figures: perYear(figuresOfKnown(knownA, knownB, confidence, true)), arePairs: true };
      const { lo, hi } = differenceOfKnown(knownA, knownB, confidence, { arePairs: true });
      const own = Math.max(relativeWidth(knownA, confidence), relativeWidth(knownB, confidence));
      if ((hi - lo) / 2 <= precision * knownA.value && own <= OWN_PRECISION) break;
    }
    return last ?? { refused: doubt! };
  });
}

/** Where what a pilot learned leaves too much to rare samples, another may do better. */
const seedsFrom = (seed: string): readonly string[] => [seed, `${seed}#2`, `${seed}#3`];

async function unlessUnsupported<T>(work: () => Promise<T | Refused>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { refused: error.problems[0]!.message };
  }
}

function relativeWidth(known: Known, confidence: number): number {
  const { lo, hi } = differenceOfKnown(knownExactly(0), known, confidence, { arePairs: false });
  return known.value > 0 ? (hi - lo) / 2 / known.value : Number.POSITIVE_INFINITY;
}

const perYear = ({ a, b, difference, ratio }: Figures): Figures => ({
  a: scale(a, SECONDS_PER_YEAR),
  b: scale(b, SECONDS_PER_YEAR),
  difference: scale(difference, SECONDS_PER_YEAR),
  ratio,
});

const packed = (batches: CycleBatches): BaselineCycles['levels'][number] => ({
  ...batches,
  downtime: batches.downtime.join(' '),
  length: batches.length.join(' '),
});

const unpacked = (level: BaselineCycles['levels'][number]): CycleBatches => ({
  ...level,
  downtime: level.downtime.split(' ').map(Number),
  length: level.length.split(' ').map(Number),
});
