import { QuantileSketch } from '../statistics/sketch.ts';

/** Batches the samples are dealt over, for figures that are no ratio of sums (methods §2.7). */
export const BATCHES = 30;
/** Sums per stratum and measure: x, x², x³, xb, x²b, xb² (b: length of the incident). */
const POWERS = 6;

/** Events of one sample: how long (s), and with what weight (a rate, 1/µs). */
export interface WeightedLengths {
  readonly seconds: number[];
  readonly weights: number[];
}

/**
 * Samples of incidents by stratum, as sums: what the ratio estimator of a renewal reward needs (methods §2.7). Amounts
 * carry the rate of their incidents as a factor: they are per µs of idle time. The number of samples per stratum is
 * known beforehand.
 */
export class CycleTotals {
  readonly width: number;
  /** Samples of a batch share the natural history that their roots come from: only batches are independent. */
  dependent = false;
  /** Samples planned by stratum; 0: the stratum cannot occur. */
  readonly planned: readonly number[];
  /** Outages longer than the threshold, s, by batch. */
  readonly outages: QuantileSketch[];
  /** Weighted downtime of whole incidents that have any, s, by batch. */
  readonly incidents: QuantileSketch[];
  /** Weighted downtime (µs per µs idle) by attribution key. */
  readonly attribution = new Map<number, number>();
  /** Downtime (µs per µs idle) by combination of failure classes, `class class …` in ascending order. */
  readonly combinations = new Map<string, number>();
  /** Every sample's amount of the measure that is optimised, by stratum: for the diagnostics. */
  readonly contributions: Float64Array[];
  /** Lengths noted down for `pack`: batch (those of incidents after those of outages), s, weight. */
  private readonly noted: number[] = [];
  private readonly counts: Float64Array;
  private readonly powers: Float64Array;
  /** By stratum: Σb, Σb², Σb³. */
  private readonly lengths: Float64Array;
  /** Σx by batch, stratum and measure, and last Σb; number of samples by batch and stratum. */
  private readonly batchSums: Float64Array;
  private readonly batchCounts: Float64Array;

  /**
   * @param keepsLengths false: lengths of outages and incidents are only noted down for `pack`, as sixty sketches are too much
   *   for the few of a batch
   */
  constructor(planned: readonly number[], width: number, keepsLengths = true) {
    const strata = planned.length;
    this.planned = planned;
    this.width = width;
    this.counts = new Float64Array(strata);
    this.powers = new Float64Array(POWERS * strata * width);
    this.lengths = new Float64Array(3 * strata);
    this.batchSums = new Float64Array(BATCHES * strata * (width + 1));
    this.batchCounts = new Float64Array(BATCHES * strata);
    const sketches = keepsLengths ? BATCHES : 0;
    this.outages = Array.from({ length: sketches }, () => new QuantileSketch());
    this.incidents = Array.from({ length: sketches }, () => new QuantileSketch());
    this.contributions = planned.map((count) => new Float64Array(count));
  }

  get samples(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Adds a sample: its amounts (of length `width`; `optimised` is the one that counts) and its incident length. */
  add(stratum: number, amounts: Float64Array, length: number, optimised: number): void {
    const { powers, lengths, width, batchSums } = this;
    const sample = this.counts[stratum]!++;
    const row = (sample % BATCHES) * this.planned.length + stratum;
    this.contributions[stratum]![sample] = amounts[optimised]!;
    this.batchCounts[row]!++;
    batchSums[row * (width + 1) + width]! += length;
    lengths[3 * stratum]! += length;
    lengths[3 * stratum + 1]! += length * length;
    lengths[3 * stratum + 2]! += length * length * length;
    for (let measure = 0; measure < width; measure++) {
      const x = amounts[measure]!;
      if (x === 0) continue;
      const at = POWERS * (stratum * width + measure);
      batchSums[row * (width + 1) + measure]! += x;
      powers[at]! += x;
      powers[at + 1]! += x * x;
      powers[at + 2]! += x * x * x;
      powers[at + 3]! += x * length;
      powers[at + 4]! += x * x * length;
      powers[at + 5]! += x * length * length;
    }
  }

  /**
   * The sums of one stratum as a run of numbers: what `absorb` adds to totals of more samples. Only of totals that were made
   * for one stratum, as those of a batch are.
   */
  pack(): Float64Array {
    const sums = [this.powers, this.lengths, this.batchSums, this.batchCounts, [this.noted.length], this.noted];
    const numbers: number[] = [this.counts[0]!];
    for (const part of sums) for (const number of part) numbers.push(number);
    for (let i = 0; i < this.counts[0]!; i++) numbers.push(this.contributions[0]![i]!);
    numbers.push(this.attribution.size);
    for (const [key, amount] of this.attribution) numbers.push(key, amount);
    for (const [combination, amount] of this.combinations) {
      const kinds = combination.split(' ').map(Number);
      numbers.push(kinds.length, ...kinds, amount);
    }
    return Float64Array.from(numbers);
  }

  /**
   * Adds the packed sums of the next samples of a stratum; batches of one size, a multiple of `BATCHES`, but for the last.
   *
   * @param share factor of every amount: of means that are averaged, the strata of one after those of the other
   */
  absorb(stratum: number, packed: Float64Array, share = 1): void {
    const { width, powers, lengths, batchSums, batchCounts } = this;
    const strata = this.planned.length;
    let at = 0;
    const addTo = (sums: Float64Array, from: number, length: number, factors = [share]): void => {
      for (let i = 0; i < length; i++) sums[from + i]! += packed[at++]! * factors[i % factors.length]!;
    };
    const [square, cube] = [share * share, share * share * share];
    const count = packed[at++]!;
    addTo(powers, POWERS * width * stratum, POWERS * width, [share, square, cube, square, cube, cube]);
    addTo(lengths, 3 * stratum, 3, [share, square, cube]);
    for (let batch = 0; batch < BATCHES; batch++) addTo(batchSums, (batch * strata + stratum) * (width + 1), width + 1);
    for (let batch = 0; batch < BATCHES; batch++) addTo(batchCounts, batch * strata + stratum, 1, [1]);
    const last = at + 1 + packed[at]!;
    for (at++; at < last; at += 3) {
      const to = packed[at]!;
      const sketch = to < BATCHES ? this.outages[to]! : this.incidents[to - BATCHES]!;
      sketch.add(packed[at + 1]!, packed[at + 2]! * share);
    }
    const contributions = this.contributions[stratum]!;
    const first = this.counts[stratum]!;
    for (let i = 0; i < count; i++) contributions[first + i] = packed[at++]! * share;
    this.counts[stratum]! += count;
    const keys = packed[at++]!;
    for (let i = 0; i < keys; i++, at += 2) addUp(this.attribution, packed[at]!, packed[at + 1]! * share);
    while (at < packed.length) {
      const end = at + 1 + packed[at]!;
      addUp(this.combinations, packed.subarray(at + 1, end).join(' '), packed[end]! * share);
      at = end + 1;
    }
  }

  /** Notes the length of an outage of the next sample, s; nothing where its weight underflows. */
  noteOutage(stratum: number, seconds: number, weight: number): void {
    if (weight > 0) this.noted.push(this.batchOf(stratum), seconds, weight);
  }

  /** Notes the downtime of an incident of the next sample, s; nothing where its weight underflows. */
  noteIncident(stratum: number, seconds: number, weight: number): void {
    if (weight > 0) this.noted.push(BATCHES + this.batchOf(stratum), seconds, weight);
  }

  /** Batch the next sample of the stratum goes to. */
  batchOf(stratum: number): number {
    return this.counts[stratum]! % BATCHES;
  }

  /** Standard deviation of one sample's amount, by stratum. */
  deviation(stratum: number, measure: number): number {
    const n = this.counts[stratum]!;
    if (n < 2) return 0;
    const at = POWERS * (stratum * this.width + measure);
    const mean = this.powers[at]! / n;
    return Math.sqrt(Math.max(0, (this.powers[at + 1]! / n - mean * mean) * (n / (n - 1))));
  }

  /** Variance that the mean of the measure would have with as many samples dealt by their deviations, by the one it has. */
  bestVariance(measure: number): number {
    let variance = 0;
    let deviations = 0;
    for (let stratum = 0; stratum < this.planned.length; stratum++) {
      const deviation = this.deviation(stratum, measure);
      if (deviation === 0) continue;
      variance += deviation ** 2 / this.counts[stratum]!;
      deviations += deviation;
    }
    return variance === 0 ? 1 : deviations ** 2 / this.samples / variance;
  }

  /** 1 + Σ rate · mean incident length: time per idle time. */
  timePerIdleTime(): number {
    return 1 + this.overStrata((stratum) => this.lengths[3 * stratum]!, this.planned.length);
  }

  /** Long-run amount per µs. */
  rate(measure: number): number {
    return this.amount(measure) / this.timePerIdleTime();
  }

  /** Amount of a measure per µs of idle time, by the strata before `end`. */
  amount(measure: number, end = this.planned.length): number {
    return this.overStrata((stratum) => this.powers[POWERS * (stratum * this.width + measure)]!, end);
  }

  /** Long-run amounts per µs without batch `left`. */
  ratesWithout(left: number): Float64Array {
    const amounts = this.amountsWithout(left);
    const perIdle = 1 + amounts[this.width]!;
    return amounts.subarray(0, this.width).map((amount) => amount / perIdle);
  }

  /** Amounts per µs of idle time without batch `left`, by the strata before `end`; the last one is the length of incidents. */
  amountsWithout(left: number, end = this.planned.length): Float64Array {
    const strata = this.planned.length;
    const size = this.width + 1;
    const sums = new Float64Array(size);
    for (let stratum = 0; stratum < end; stratum++) {
      let n = 0;
      const of = new Float64Array(size);
      for (let batch = 0; batch < BATCHES; batch++) {
        if (batch === left) continue;
        const row = batch * strata + stratum;
        n += this.batchCounts[row]!;
        for (let i = 0; i < size; i++) of[i]! += this.batchSums[row * size + i]!;
      }
      if (n > 0) for (let i = 0; i < size; i++) sums[i]! += of[i]! / n;
    }
    return sums;
  }

  /** Amount of a measure, and length of incidents, per µs of idle time by the samples of one batch alone. */
  batchMean(batch: number, measure: number): { readonly amount: number; readonly length: number } {
    const strata = this.planned.length;
    const size = this.width + 1;
    let amount = 0;
    let length = 0;
    for (let stratum = 0; stratum < strata; stratum++) {
      const row = batch * strata + stratum;
      const n = this.batchCounts[row]!;
      if (n === 0) continue;
      amount += this.batchSums[row * size + measure]! / n;
      length += this.batchSums[row * size + this.width]! / n;
    }
    return { amount, length };
  }

  /** Variance and third central moment of the estimator of Σ (x − r·b), the delta method for the ratio r = Σx/(1 + Σb). */
  spread(measure: number, r: number): { readonly variance: number; readonly third: number } {
    let variance = 0;
    let third = 0;
    for (let stratum = 0; stratum < this.planned.length; stratum++) {
      const n = this.counts[stratum]!;
      if (n < 2) continue;
      const { powers, lengths } = this;
      const at = POWERS * (stratum * this.width + measure);
      const b = 3 * stratum;
      // Raw moments of z = x − r·b.
      const m1 = (powers[at]! - r * lengths[b]!) / n;
      const m2 = (powers[at + 1]! - 2 * r * powers[at + 3]! + r * r * lengths[b + 1]!) / n;
      const cross = 3 * r * (r * powers[at + 5]! - powers[at + 4]!);
      const m3 = (powers[at + 2]! + cross - r * r * r * lengths[b + 2]!) / n;
      variance += ((m2 - m1 * m1) * (n / (n - 1))) / n;
      third += (m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1) / (n * n);
    }
    // Rounding may leave less than nothing of what does not vary.
    return { variance: Math.max(0, variance), third };
  }

  private overStrata(sumOf: (stratum: number) => number, end: number): number {
    let sum = 0;
    for (let i = 0; i < end; i++) if (this.counts[i]! > 0) sum += sumOf(i) / this.counts[i]!;
    return sum;
  }
}

function addUp<Key>(map: Map<Key, number>, key: Key, amount: number): void {
  map.set(key, (map.get(key) ?? 0) + amount);
}
