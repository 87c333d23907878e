/** Small seeded generator (sfc32) with the laws the statistical tests draw from. Tests own it: they must not depend on the kernel. */
export class Random {
  #a = 0x9e3779b9;
  #b = 0x243f6a88;
  #c: number;
  #d = 1;

  constructor(seed: number) {
    this.#c = seed >>> 0;
    for (let i = 0; i < 15; i++) this.#next();
  }

  /** In (0, 1), 53 bits. */
  uniform(): number {
    return ((this.#next() >>> 5) * 67_108_864 + (this.#next() >>> 6) + 0.5) / 9_007_199_254_740_992;
  }

  /** 0 … n − 1. */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  exponential(mean: number): number {
    return -mean * Math.log(this.uniform());
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Lognormal with the given mean and coefficient of variation. */
  lognormal(mean: number, cv: number): number {
    const variance = Math.log1p(cv * cv);
    return mean * Math.exp(Math.sqrt(variance) * this.normal() - variance / 2);
  }

  /** Poisson count by unit exponentials. */
  poisson(mean: number): number {
    let count = 0;
    for (let time = this.exponential(1); time <= mean; time += this.exponential(1)) count++;
    return count;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
