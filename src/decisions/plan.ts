import type { Verdict } from '../model/check.ts';
import type { Plan, PlanLimit, PlanTarget, PlanTrial, VariedPath } from '../model/plan.ts';
import { InputError } from '../model/problem.ts';
import type { SweepValues } from '../model/sweep.ts';
import { type AskOptions, ask } from './ask.ts';
import type { Conduct, Loaded } from './loaded.ts';
import { sweepPoints } from './sweep.ts';
import type { Options, Range, Variation } from './vary.ts';

/** What a plan may change, what it has to meet, and how hard it tries. */
export interface PlanSettings extends Conduct {
  /** The scenario with some values set; throws InputError where they are impossible. */
  readonly load: (values: SweepValues) => Promise<Loaded>;
  readonly target: PlanTarget;
  readonly vary: readonly Variation[];
  /** By path: what each option costs, or what one unit of its number does. */
  readonly costs?: Readonly<Record<string, readonly number[]>>;
  readonly seed?: string;
  readonly years?: number;
  /** Histories of one trial at most. */
  readonly histories?: number;
  /** Chance that any verdict is wrong. */
  readonly error?: number;
  /** How far a range is narrowed down, as a share of its scale, where it has to be simulated. */
  readonly precision?: number;
  /** False: simulate even what the exact side knows. */
  readonly exact?: boolean;
}

const ERROR = 0.05;
const HISTORIES = 4_000;
const PRECISION = 0.01;
/** Trials of a range; simulated ones end earlier, at the precision. */
const MOST_TRIALS = { exact: 48, histories: 24 };
/** Where a range is known exactly it is narrowed down to this. */
const EXACT_PRECISION = 1e-9;

/**
 * Looks for what meets a target. A range is narrowed down between where the target is certainly missed and where it is
 * certainly met; options are tried from the cheapest on. What has to be simulated is so on the same random numbers, each trial
 * by a sequential test; the chance of any wrong verdict is shared by the trials.
 *
 * @throws InputError for a range together with anything else, and for costs that do not fit
 */
export async function findPlan(base: Loaded, version: string, settings: PlanSettings): Promise<Plan> {
  const { vary, target } = settings;
  const ranges = vary.filter((one) => one.kind === 'range');
  if (vary.length === 0) return refuse('there is nothing to vary', 'name a parameter with --vary path=LO..HI');
  if (ranges.length > 0 && vary.length > 1) {
    return refuse('a range can only be searched alone', 'write the options out: --vary path=a,b,c');
  }
  const found =
    ranges.length > 0 ? await searchRange(ranges[0]!, settings) : await tryOptions(vary as Options[], settings);
  const { name, title, simulation } = base.scenario;
  return {
    format: 'carriergrade/plan/1',
    scenario: { name, title, digest: base.digest },
    target: { of: target.of, metric: target.metric, limit: target.limit, text: target.text },
    varied: vary.map(variedOf),
    ...found,
    error: found.trials.every(({ by }) => by === 'exact') ? 0 : (settings.error ?? ERROR),
    seed: settings.seed ?? simulation.seed,
    version,
  };
}

type Found = Pick<Plan, 'verdict' | 'answer' | 'limit' | 'trials'>;

function variedOf(one: Variation): VariedPath {
  const isRange = one.kind === 'range';
  return { path: one.path, values: isRange ? [one.from, one.to] : one.values, isRange };
}

async function trial(
  values: SweepValues,
  cost: number | null,
  share: number,
  settings: PlanSettings,
): Promise<PlanTrial> {
  const { load, target, histories = HISTORIES, error = ERROR, ...rest } = settings;
  const { scenario } = await load(values);
  const options: AskOptions = { ...rest, histories, error: error * share };
  return { values, cost, ...(await ask(scenario, target, options)) };
}

/** One place of a range with what was found there. */
interface Place {
  readonly u: number;
  readonly trial: PlanTrial;
}

async function searchRange(range: Range, settings: PlanSettings): Promise<Found> {
  const places: Place[] = [];
  const tryAt = async (u: number): Promise<Place> => {
    const found = await trial({ [range.path]: range.at(u) }, null, 1 / MOST_TRIALS.histories, settings);
    const place = { u, trial: found };
    places.push(place);
    return place;
  };
  const ends = [await tryAt(0), await tryAt(1)] as const;
  const ofVerdict = (verdict: Verdict): Place[] => places.filter((place) => place.trial.verdict === verdict);
  const trials = (): PlanTrial[] => [...places].sort((a, b) => a.u - b.u).map((place) => place.trial);
  const [passing] = ends.filter((place) => place.trial.verdict === 'pass');
  if (passing === undefined) {
    const verdict = ends.every((place) => place.trial.verdict === 'fail') ? 'fail' : 'undecided';
    return { verdict, answer: null, limit: null, trials: trials() };
  }
  if (ends.every((place) => place.trial.verdict === 'pass')) {
    return { verdict: 'pass', answer: passing.trial, limit: null, trials: trials() };
  }
  const isExact = ends.every((place) => place.trial.by === 'exact');
  const precision = isExact ? EXACT_PRECISION : (settings.precision ?? PRECISION);
  const most = isExact ? MOST_TRIALS.exact : MOST_TRIALS.histories;
  const far = passing.u === 0 ? 1 : 0;
  const distance = (place: Place): number => Math.abs(place.u - far);
  const isBroken = (): boolean => settings.signal?.aborted === true;
  while (places.length < most && !isBroken()) {
    // What is certain ends here on either side; between them lies what could not be told.
    const met = ofVerdict('pass').reduce((a, b) => (distance(b) < distance(a) ? b : a));
    const missed = ofVerdict('fail').reduce<Place | undefined>(
      (a, b) => (a !== undefined && distance(a) >= distance(b) ? a : b),
      undefined,
    );
    const open = ofVerdict('undecided').sort((a, b) => distance(a) - distance(b));
    const gaps = [
      [missed, open[0] ?? met],
      [open[open.length - 1] ?? missed, met],
    ] as const;
    const widest = gaps
      .flatMap(([a, b]) =>
        a === undefined || b === undefined ? [] : [{ width: Math.abs(a.u - b.u), u: (a.u + b.u) / 2 }],
      )
      .reduce((a, b) => (b.width > a.width ? b : a));
    if (widest.width <= precision) break;
    await tryAt(widest.u);
  }
  const answer = ofVerdict('pass').reduce((a, b) => (distance(b) < distance(a) ? b : a));
  return {
    verdict: 'pass',
    answer: answer.trial,
    limit: limitOf(range, places, settings.target, far),
    trials: trials(),
  };
}

function limitOf(range: Range, places: readonly Place[], { limit }: PlanTarget, far: number): PlanLimit {
  const missed = places.filter((place) => place.trial.verdict === 'fail');
  const nearest = missed.sort((a, b) => Math.abs(b.u - far) - Math.abs(a.u - far))[0];
  const known = places.filter((place) => place.trial.estimate !== null).sort((a, b) => a.u - b.u);
  const measured = (place: Place): number => place.trial.estimate!.value;
  const crossing = known.findIndex((place, i) => i > 0 && measured(known[i - 1]!) > limit !== measured(place) > limit);
  if (crossing < 0) return { missedAt: nearest === undefined ? null : range.at(nearest.u), guess: range.at(1 - far) };
  const [a, b] = [known[crossing - 1]!, known[crossing]!];
  const [low, high] = [measured(a), measured(b)];
  const isPositive = low > 0 && high > 0 && limit > 0;
  const part = isPositive ? Math.log(limit / low) / Math.log(high / low) : (limit - low) / (high - low);
  return { missedAt: nearest === undefined ? null : range.at(nearest.u), guess: range.at(a.u + part * (b.u - a.u)) };
}

async function tryOptions(vary: readonly Options[], settings: PlanSettings): Promise<Found> {
  const { costs = {} } = settings;
  if (vary.length > 1 && vary.some(({ path }) => costs[path] === undefined)) {
    return refuse('a mix of several options needs the costs of each', 'for example --cost repair.weekly.spares=100');
  }
  const axes = Object.fromEntries(vary.map(({ path, values }) => [path, values]));
  const costOf = vary.map((one) => optionCosts(one, costs[one.path]));
  const mixes = sweepPoints(axes, 'grid').map((values) => {
    const parts = vary.map(({ path, values: all }, i) => costOf[i]?.[all.indexOf(String(values[path]))]);
    const cost = parts.some((part) => part === undefined) ? null : parts.reduce<number>((sum, part) => sum + part!, 0);
    return { values, cost };
  });
  // Without costs the order in which they were named counts.
  const ordered = [...mixes].sort((a, b) => (a.cost ?? 0) - (b.cost ?? 0));
  const trials: PlanTrial[] = [];
  for (const { values, cost } of ordered) {
    if (settings.signal?.aborted === true) break;
    const found = await trial(values, cost, 1 / ordered.length, settings);
    trials.push(found);
    if (found.verdict === 'pass') return { verdict: 'pass', answer: found, limit: null, trials };
  }
  const verdict =
    trials.length < ordered.length || trials.some((one) => one.verdict === 'undecided') ? 'undecided' : 'fail';
  return { verdict, answer: null, limit: null, trials };
}

/** One number per option: as stated, or a price per unit times the number of the option. */
function optionCosts({ path, values }: Options, costs: readonly number[] | undefined): readonly number[] | undefined {
  if (costs === undefined || costs.length === values.length) return costs;
  const amounts = values.map((value) => Number.parseFloat(value));
  if (costs.length === 1 && amounts.every(Number.isFinite)) return amounts.map((amount) => amount * costs[0]!);
  return refuse(
    `${path} has ${values.length} options and ${costs.length} costs`,
    'one cost per option, or one per unit',
  );
}

function refuse(message: string, hint: string): never {
  throw new InputError([{ level: 'error', code: 'bad-plan', message, hint }]);
}
