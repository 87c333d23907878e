import type { Chain } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import { doublingRewards } from './doubling.ts';
import { LongRunWatch } from './long-run.ts';
import { type PoissonWindow, poissonWindow } from './poisson.ts';
import { rewardAfter, rewardSum, type Settled, SettlingWatch } from './settling.ts';
import { type SteadyState, steadyState } from './steady-state.ts';
import { initialVector, Uniformised } from './uniformised.ts';

/** Expected rewards of a chain at one instant and over the time up to it; one entry per reward of the chain. */
export interface TransientPoint {
  readonly hours: number;
  /** Expected reward rate at this instant: point unavailability for a down flag. */
  readonly instant: Float64Array;
  /** Expected reward earned in [0, hours]: expected down hours for a down flag. */
  readonly accumulated: Float64Array;
}

export interface TransientResult {
  readonly points: readonly TransientPoint[];
  readonly method: 'uniformisation' | 'doubling';
  /** Uniformisation: vector–matrix products; doubling: matrix squarings. */
  readonly steps: number;
}

export interface TransientOptions {
  /** Relative accuracy at which the state probabilities count as settled; default 1e-12. */
  readonly tolerance?: number;
  /** Give up when this many multiplications did not do; default 5e10, about a minute. */
  readonly maximumWork?: number;
  /** Which method to use; by default the one with less work. */
  readonly method?: 'uniformisation' | 'doubling';
}

/** One instant under way: its Poisson window and what has been added up so far. */
interface Pending {
  readonly hours: number;
  readonly window: PoissonWindow;
  readonly instant: Float64Array;
  /** Sum of rewards weighted by P(N > k), in steps. */
  readonly sum: Float64Array;
  readonly lost: Float64Array;
}

/** Multiplications above which the long run is worked out first, to know when it is reached: some tenths of a second. */
const WORTH_LONG_RUN = 3e8;
/** Largest chain for which squaring a dense matrix is considered. */
const DENSE_STATES = 256;
const TOLERANCE = 1e-12;

/**
 * Expected rewards at the given instants and accumulated up to them, from the chain's start distribution. By
 * uniformisation with Poisson windows and detection of the moment when nothing changes any more; a small stiff chain
 * (fast phases, long horizon) is solved by repeated squaring instead. Interval availability is
 * 1 − accumulated/hours of a down flag.
 *
 * @param hours instants ≥ 0, in any order.
 * @throws InputError `too-stiff` when the work exceeds `maximumWork`; RangeError for an instant that is negative.
 */
export function transientRewards(
  chain: Chain,
  hours: readonly number[],
  options: TransientOptions = {},
): TransientResult {
  for (const h of hours)
    if (!(h >= 0 && h < Number.POSITIVE_INFINITY)) throw new RangeError(`instant ${h} h must be ≥ 0`);
  const uniformised = new Uniformised(chain);
  const longest = Math.max(0, ...hours) * uniformised.rate;
  const n = chain.states;
  const squaring = hours.length * n ** 3 * (30 + 2 * Math.log2(1 + longest));
  const cheaper = n <= DENSE_STATES && squaring < longest * uniformised.work ? 'doubling' : 'uniformisation';
  if ((options.method ?? cheaper) === 'doubling') return doublingRewards(chain, hours);
  return byUniformisation(chain, uniformised, hours, options);
}

function byUniformisation(
  chain: Chain,
  uniformised: Uniformised,
  hours: readonly number[],
  options: TransientOptions,
): TransientResult {
  const { rewards } = chain;
  const count = rewards.length;
  const pending: Pending[] = hours.map((h) => ({
    hours: h,
    window: poissonWindow(uniformised.rate * h),
    instant: new Float64Array(count),
    sum: new Float64Array(count),
    lost: new Float64Array(count),
  }));
  const last = pending.reduce((most, p) => Math.max(most, p.window.left + p.window.weight.length - 1), 0);
  const maximumSteps = (options.maximumWork ?? 5e10) / uniformised.work;

  let v: Float64Array = initialVector(chain);
  let next: Float64Array = new Float64Array(chain.states);
  const tolerance = options.tolerance ?? TOLERANCE;
  const watch = new SettlingWatch(uniformised, v, tolerance);
  const longRun = last * uniformised.work > WORTH_LONG_RUN ? longRunWatch(chain, tolerance) : undefined;
  const earning = rewards.map(rewardReader);
  const earned = new Float64Array(count);
  let k = 0;
  for (; k <= last; k++) {
    if (k > maximumSteps) throw tooStiff(chain, uniformised.rate, last, k);
    const settled = longRun?.observe(k, v) ?? watch.observe(k, v, rewards);
    if (settled !== undefined) {
      for (const p of pending) finishSettled(p, k, settled, count);
      break;
    }
    for (let m = 0; m < count; m++) earned[m] = earning[m]!(v);
    for (const p of pending) accumulate(p, k, earned);
    if (k < last) {
      uniformised.step(v, next);
      [v, next] = [next, v];
    }
  }

  const points = pending.map((p): TransientPoint => {
    const accumulated = p.sum.map((sum, m) => (sum + p.lost[m]!) / uniformised.rate);
    return {
      hours: p.hours,
      instant: p.instant,
      accumulated: uniformised.rate === 0 ? p.instant.map((r) => r * p.hours) : accumulated,
    };
  });
  return { points, method: 'uniformisation', steps: Math.min(k, last) };
}

/** Undefined where the long run is no steady flow that all digits are known of. */
function longRunWatch(chain: Chain, tolerance: number): LongRunWatch | undefined {
  for (let i = 0; i < chain.states; i++) if (chain.offset[i] === chain.offset[i + 1]) return undefined;
  let solved: SteadyState;
  try {
    solved = steadyState(chain, { tolerance: tolerance / 10 });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
  return solved.relativeError > tolerance ? undefined : new LongRunWatch(solved.probability, chain.rewards, tolerance);
}

/** Σ v[i]·reward[i] over the states that earn anything; all terms have one sign, so a plain sum keeps the digits. */
function rewardReader(reward: Float64Array): (v: Float64Array) => number {
  const index = Int32Array.from(reward.keys()).filter((i) => reward[i] !== 0);
  const value = Float64Array.from(index, (i) => reward[i]!);
  return (v) => {
    let sum = 0;
    for (let k = 0; k < index.length; k++) sum += v[index[k]!]! * value[k]!;
    return sum;
  };
}

/** Adds step `k` with its expected rewards. */
function accumulate(p: Pending, k: number, earned: Float64Array): void {
  const { left, weight, tail } = p.window;
  const place = k - left;
  if (place >= weight.length) return;
  const still = place < 0 ? 1 : tail[place]!;
  for (let m = 0; m < earned.length; m++) {
    if (place >= 0) p.instant[m]! += weight[place]! * earned[m]!;
    addCompensated(p, m, still * earned[m]!);
  }
}

/** Adds everything from step `k` on, where the sequence has its final shape. */
function finishSettled(p: Pending, k: number, settled: Settled, count: number): void {
  const { left, weight, tail } = p.window;
  const whole = Math.max(0, left - k);
  for (let m = 0; m < count; m++) {
    if (whole > 0) addCompensated(p, m, rewardSum(settled, m, whole));
    for (let place = Math.max(0, k - left); place < weight.length; place++) {
      const reward = rewardAfter(settled, m, left + place - k);
      p.instant[m]! += weight[place]! * reward;
      addCompensated(p, m, tail[place]! * reward);
    }
  }
}

function addCompensated(p: Pending, m: number, value: number): void {
  const sum = p.sum[m]!;
  const next = sum + value;
  p.lost[m]! += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
  p.sum[m] = next;
}

function tooStiff(chain: Chain, rate: number, last: number, k: number): InputError {
  return new InputError([
    {
      level: 'unsupported',
      code: 'too-stiff',
      message: `the transient solution of this chain (${chain.states} states, fastest rate ${rate.toPrecision(3)} per hour) needs ${last} steps and has not settled after ${k}`,
      hint: 'ask for a shorter horizon or for the steady state, lump equal elements, or simulate it',
    },
  ]);
}
