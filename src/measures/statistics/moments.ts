/**
 * Running weighted moments to order three, in one pass and without cancellation. Without weights the figures are those of
 * a plain sample. Merge in index order where bytes must repeat.
 *
 * @see Pébay, SAND2008-6212 (2008), eqs. 1.1–2.9, for the update and merge formulas.
 */
export class Moments {
  /** Values added. */
  count = 0;
  /** Σ weights. */
  weight = 0;
  /** 0 while empty. */
  mean = 0;
  #squaredWeight = 0;
  #second = 0;
  #third = 0;

  /** Adds a finite value with a weight > 0. */
  add(value: number, weight = 1): void {
    const before = this.weight;
    const after = before + weight;
    const delta = value - this.mean;
    const step = (delta * weight) / after;
    this.#third += step * (delta * delta * before * ((before - weight) / after) - 3 * this.#second);
    this.#second += delta * before * step;
    this.mean += step;
    this.weight = after;
    this.#squaredWeight += weight * weight;
    this.count++;
  }

  merge(other: Moments): void {
    if (other.count === 0) return;
    const [a, b] = [this.weight, other.weight];
    const total = a + b;
    const delta = other.mean - this.mean;
    this.#third +=
      other.#third +
      (delta * delta * delta * a * b * (a - b)) / (total * total) +
      (3 * delta * (a * other.#second - b * this.#second)) / total;
    this.#second += other.#second + (delta * delta * a * b) / total;
    this.mean += (delta * b) / total;
    this.weight = total;
    this.#squaredWeight += other.#squaredWeight;
    this.count += other.count;
  }

  /** Σ weight · value. */
  get sum(): number {
    return this.weight * this.mean;
  }

  /** Unbiased sample variance (weights as reliabilities); 0 for fewer than two values. */
  get variance(): number {
    if (this.count < 2) return 0;
    return Math.max(0, this.#second / (this.weight - this.#squaredWeight / this.weight));
  }

  /** Third central moment, Σ w (x − mean)³ / Σ w; 0 while empty. */
  get thirdCentralMoment(): number {
    return this.weight === 0 ? 0 : this.#third / this.weight;
  }

  toJSON(): number[] {
    return [this.count, this.weight, this.#squaredWeight, this.mean, this.#second, this.#third];
  }

  static fromJSON(state: readonly number[]): Moments {
    const moments = new Moments();
    moments.count = state[0]!;
    moments.weight = state[1]!;
    moments.#squaredWeight = state[2]!;
    moments.mean = state[3]!;
    moments.#second = state[4]!;
    moments.#third = state[5]!;
    return moments;
  }

  static of(values: ArrayLike<number>): Moments {
    const moments = new Moments();
    for (let i = 0; i < values.length; i++) moments.add(values[i]!);
    return moments;
  }
}
