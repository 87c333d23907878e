import { normalQuantile } from '../../adapters/special.ts';
import type { Estimate } from '../../model/estimate.ts';
import { tail } from '../statistics/confidence.ts';

/** Sums per stratum and class: x·s, b·s, (x·s)², (x·s)·x; per stratum: number, x, x². */
const SUMS = 4;
const OF_ALL = 3;

/**
 * Downtime x and length b of incidents times the score s of each failure class and of each class of phases: the
 * derivative of the logarithm of the incident's probability by the logarithm of the class's rate, or of what its
 * durations are multiplied by. Their means are the derivatives of the two means whose ratio the unavailability is, so
 * that one run tells how it responds to each (methods §2.12).
 */
export class ScoreTotals {
  readonly strata: number;
  readonly classes: number;
  private readonly sums: Float64Array;
  private readonly ofAll: Float64Array;

  constructor(strata: number, classes: number) {
    this.strata = strata;
    this.classes = classes;
    this.sums = new Float64Array(SUMS * strata * classes);
    this.ofAll = new Float64Array(OF_ALL * strata);
  }

  /** Adds a sample: downtime times score and length times score of each class, and its downtime. */
  add(stratum: number, downtimeScores: Float64Array, lengthScores: Float64Array, downtime: number): void {
    const { sums, ofAll, classes } = this;
    ofAll[OF_ALL * stratum]!++;
    ofAll[OF_ALL * stratum + 1]! += downtime;
    ofAll[OF_ALL * stratum + 2]! += downtime * downtime;
    let at = SUMS * stratum * classes;
    for (let one = 0; one < classes; one++, at += SUMS) {
      const x = downtimeScores[one]!;
      sums[at + 1]! += lengthScores[one]!;
      if (x === 0) continue;
      sums[at]! += x;
      sums[at + 2]! += x * x;
      sums[at + 3]! += x * downtime;
    }
  }

  /** The sums of one stratum as numbers; only of totals that were made for one. */
  pack(): Float64Array {
    return Float64Array.from([...this.ofAll, ...this.sums]);
  }

  /** Adds the packed sums of further samples of a stratum, their amounts times `share`. */
  absorb(stratum: number, packed: Float64Array, share = 1): void {
    const { sums, ofAll, classes } = this;
    for (let i = 0; i < OF_ALL; i++) ofAll[OF_ALL * stratum + i]! += packed[i]! * share ** i;
    const at = SUMS * stratum * classes;
    const factors = [share, share, share * share, share * share];
    for (let i = 0; i < SUMS * classes; i++) sums[at + i]! += packed[OF_ALL + i]! * factors[i % SUMS]!;
  }

  /**
   * Elasticity of the unavailability by the rate of a class, ∂ ln U / ∂ ln λ, or by the length of its phases: 0.3
   * means that one per cent more of these failures, or of this time, is 0.3 % more downtime. The interval is that of the
   * linearised ratio; the small part that the length of incidents has in it is taken as known.
   */
  elasticity(one: number, confidence: number): Estimate {
    const { strata, classes, sums, ofAll } = this;
    let downtime = 0;
    let downtimeScore = 0;
    let lengthScore = 0;
    let n = 0;
    for (let stratum = 0; stratum < strata; stratum++) {
      const count = ofAll[OF_ALL * stratum]!;
      if (count === 0) continue;
      const at = SUMS * (stratum * classes + one);
      n += count;
      downtime += ofAll[OF_ALL * stratum + 1]! / count;
      downtimeScore += sums[at]! / count;
      lengthScore += sums[at + 1]! / count;
    }
    const direct = downtimeScore / downtime;
    let variance = 0;
    for (let stratum = 0; stratum < strata; stratum++) {
      const count = ofAll[OF_ALL * stratum]!;
      if (count < 2) continue;
      const at = SUMS * (stratum * classes + one);
      // Of z = x·s − direct·x.
      const first = (sums[at]! - direct * ofAll[OF_ALL * stratum + 1]!) / count;
      const second =
        (sums[at + 2]! - 2 * direct * sums[at + 3]! + direct * direct * ofAll[OF_ALL * stratum + 2]!) / count;
      variance += Math.max(0, second - first * first) / (count - 1);
    }
    const reach = (-normalQuantile(tail(confidence)) * Math.sqrt(variance)) / downtime;
    const value = direct - lengthScore / this.timePerIdleTime;
    return { value, lo: value - reach, hi: value + reach, method: 'cycles', n };
  }

  /** Set by whoever has the totals these belong to: 1 + Σ rate · mean incident length. */
  timePerIdleTime = 1;
}
