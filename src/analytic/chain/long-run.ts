import type { Settled } from './settling.ts';

/** Steps before the first comparison; later ones follow at steps growing by a twentieth. */
const FIRST_CHECK = 64;

/**
 * Watches v₀Pᵏ come down to a known long run π. While the two agree to a relative ε in a set of states and both have
 * little mass o outside it, every later expected reward obeys |v·Pⁿ·r − π·r| ≤ ε·π·|r| + o·max |r|, since π = π·P: the
 * comparison of one step bounds the error of all that follow. So only states that matter to a reward are waited for,
 * and nothing is guessed from how fast the vector changed.
 */
export class LongRunWatch {
  private readonly longRun: Float64Array;
  private readonly tolerance: number;
  /** Mass outside that still leaves every reward its digits. */
  private readonly allowed: number;
  private readonly settled: Settled;
  private nextCheck = FIRST_CHECK;

  constructor(longRun: Float64Array, rewards: readonly Float64Array[], tolerance: number) {
    this.longRun = longRun;
    this.tolerance = tolerance;
    let least = Number.POSITIVE_INFINITY;
    for (const reward of rewards) {
      const largest = reward.reduce((most, r) => Math.max(most, Math.abs(r)), 0);
      const mean = longRun.reduce((sum, p, i) => sum + p * Math.abs(reward[i]!), 0);
      if (largest > 0) least = Math.min(least, mean / largest);
    }
    this.allowed = tolerance * least;
    const none = new Float64Array(rewards.length);
    const live = Float64Array.from(rewards, (reward) => longRun.reduce((sum, p, i) => sum + p * reward[i]!, 0));
    this.settled = { leak: 0, live, absorbed: none, gain: none };
  }

  /** Looks at the vector of step `k`; returns the long run when nothing that follows differs from it. */
  observe(k: number, v: Float64Array): Settled | undefined {
    if (k < this.nextCheck) return undefined;
    this.nextCheck = Math.ceil(k * 1.05);
    const { longRun, tolerance, allowed } = this;
    let outside = 0;
    for (let i = 0; i < v.length; i++) {
      const p = longRun[i]!;
      const difference = v[i]! - p;
      if (difference > tolerance * p || difference < -tolerance * p) outside += p + v[i]!;
    }
    return outside <= allowed ? this.settled : undefined;
  }
}
