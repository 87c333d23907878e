import { ConvergenceWatch } from './convergence.ts';
import type { Uniformised } from './uniformised.ts';

/**
 * What the rest of the sequence v₀Pᵏ looks like once its shape no longer changes: the probability of the states that
 * can be left shrinks by the same factor λ = 1 − leak at each step and feeds the absorbing states in fixed
 * proportions. Without absorbing states λ = 1 and this is the steady state.
 */
export interface Settled {
  /** Probability of leaving towards an absorbing state at one step, given that none is reached yet. */
  readonly leak: number;
  /** Per reward: expected reward now from states that can be left, from absorbing ones, and gained there per step. */
  readonly live: Float64Array;
  readonly absorbed: Float64Array;
  readonly gain: Float64Array;
}

/** States less probable than this, relative to all that can be left, are not waited for. */
const NEGLIGIBLE = 1e-40;
/** Steps before the first comparison; later ones follow at steps growing by a quarter. */
const FIRST_CHECK = 64;

/**
 * Watches v₀Pᵏ for the moment at which its shape is settled to a relative `tolerance` in every state. Compares with a
 * snapshot some steps back; the steps in between grow with k, so that a comparison spans a fair part of a relaxation
 * time and the contraction seen from one comparison to the next is meaningful.
 */
export class SettlingWatch {
  private readonly chain: Uniformised;
  private readonly tolerance: number;
  private readonly snapshot: Float64Array;
  private snapshotLive: number;
  private nextCheck = FIRST_CHECK;
  private readonly convergence = new ConvergenceWatch();
  private readonly live: Uint8Array;
  private readonly leak: Float64Array;

  constructor(chain: Uniformised, start: Float64Array, tolerance: number) {
    this.chain = chain;
    this.tolerance = tolerance;
    this.snapshot = start.slice();
    this.live = Uint8Array.from(start, (_, i) => (chain.isAbsorbing(i) ? 0 : 1));
    this.leak = chain.jumpsInto(this.live.map((live) => 1 - live));
    this.snapshotLive = this.liveMass(start);
  }

  /** Looks at the vector of step `k`; returns what follows when it is settled. */
  observe(k: number, v: Float64Array, rewards: readonly Float64Array[]): Settled | undefined {
    if (k < this.nextCheck) return undefined;
    const mass = this.liveMass(v);
    this.convergence.observe(this.change(v, mass / this.snapshotLive, NEGLIGIBLE * mass));
    if (this.convergence.stalled || this.convergence.relativeError <= this.tolerance)
      return this.settle(v, mass, rewards);
    this.snapshot.set(v);
    this.snapshotLive = mass;
    this.nextCheck = Math.ceil(k * 1.25);
    return undefined;
  }

  private liveMass(v: Float64Array): number {
    let mass = 0;
    for (let i = 0; i < v.length; i++) mass += v[i]! * this.live[i]!;
    return mass;
  }

  /** Largest relative deviation of a live state's change from the common factor. */
  private change(v: Float64Array, factor: number, smallest: number): number {
    let worst = 0;
    for (let i = 0; i < v.length; i++) {
      if (this.live[i] === 0 || v[i]! < smallest) continue;
      const expected = this.snapshot[i]! * factor;
      const deviation = Math.abs(v[i]! / expected - 1);
      if (!(deviation <= worst)) worst = deviation;
    }
    return worst;
  }

  private settle(v: Float64Array, mass: number, rewards: readonly Float64Array[]): Settled {
    let lost = 0;
    for (let i = 0; i < v.length; i++) lost += v[i]! * this.leak[i]!;
    const inflow = new Float64Array(v.length);
    this.chain.step(
      v.map((value, i) => (this.live[i] === 1 ? value : 0)),
      inflow,
    );
    const live = new Float64Array(rewards.length);
    const absorbed = new Float64Array(rewards.length);
    const gain = new Float64Array(rewards.length);
    rewards.forEach((reward, m) => {
      for (let i = 0; i < v.length; i++) {
        if (this.live[i] === 1) live[m]! += v[i]! * reward[i]!;
        else {
          absorbed[m]! += v[i]! * reward[i]!;
          gain[m]! += inflow[i]! * reward[i]!;
        }
      }
    });
    return { leak: mass === 0 ? 0 : lost / mass, live, absorbed, gain };
  }
}

/** Expected reward `steps` steps after settling. */
export function rewardAfter(settled: Settled, m: number, steps: number): number {
  const { leak } = settled;
  const logStay = Math.log1p(-leak);
  const stay = Math.exp(steps * logStay);
  const arrived = leak === 0 ? steps : -Math.expm1(steps * logStay) / leak;
  return settled.live[m]! * stay + settled.absorbed[m]! + settled.gain[m]! * arrived;
}

/** Sum of `rewardAfter` over the steps 0 … count − 1. */
export function rewardSum(settled: Settled, m: number, count: number): number {
  const { leak } = settled;
  const stays = leak === 0 ? count : -Math.expm1(count * Math.log1p(-leak)) / leak;
  // Σ of (1 − λᵏ)/leak; for small count·leak the closed form cancels and the binomial series does not.
  let arrivals: number;
  if (count * leak > 0.1) arrivals = (count - stays) / leak;
  else {
    let term = (count * (count - 1)) / 2;
    arrivals = term;
    for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(arrivals) && k < 40; k++) {
      term *= (-leak * (count - k + 1)) / k;
      arrivals += term;
    }
  }
  return settled.live[m]! * stays + settled.absorbed[m]! * count + settled.gain[m]! * arrivals;
}
