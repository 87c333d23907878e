import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/model/scenario.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';
import { readExample } from '../core/support/files.ts';
import { simulate } from '../core/support/histories.ts';

/**
 * Dynamic fault trees of the Quantitative Verification Benchmark Set (benchmarks/ma/cabinets, ftpp): lives of two stages of
 * rate λ, an inspection of two stages of rate 4 that renews everything. At an instant the last inspection was t ago with
 * density 2 e^{−4t} (1 + 4t), so that U = ∫ of that times the chance to be down at age t.
 */
const CABINETS = 6.86124974674875e-8;
/** DFTRES, ±0.02 %; by its leading order, two of three network elements, 1.7618e-20. */
const FTPP = 1.7613e-20;

/** 99.9 % of standard normal values are within. */
const Z = 3.29;

/** Chance that a unit of two stages has failed by t. */
const failed = (rate: number, t: number): number => {
  const x = rate * t;
  // 1 − e^{−x}(1 + x) without cancellation.
  return x < 0.01 ? (x * x) / 2 - x ** 3 / 3 + x ** 4 / 8 - x ** 5 / 30 : 1 - Math.exp(-x) * (1 + x);
};

/** Simpson's rule over the age since the last inspection. */
function overAges(down: (t: number) => number, steps = 2000, until = 12): number {
  const h = until / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const t = i * h;
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * 2 * Math.exp(-4 * t) * (1 + 4 * t) * down(t);
  }
  return (sum * h) / 3;
}

function cabinets(factor: number): number {
  const twoOfThree = (p: number): number => 3 * p * p - 2 * p ** 3;
  const any = (p: number): number => -Math.expm1(3 * Math.log1p(-p));
  return overAges((t) => {
    const [rk, hs] = [failed(0.01 * factor, t), failed(0.0253 * factor, t)];
    const ways = [twoOfThree(rk), hs * hs, any(rk) * any(hs)];
    return -Math.expm1(ways.reduce((sum, p) => sum + Math.log1p(-p), 0));
  });
}

/**
 * One triad: how many of its places have nothing that serves them, by age. Processors that are in their first and second stage
 * and have failed; the spare rests (0), is used in its first or second stage (1, 2) or is of no use any more (3).
 */
class Triad {
  readonly p: Float64Array;
  private readonly rate: number;

  constructor(rate: number, p?: Float64Array) {
    this.rate = rate;
    this.p = p ?? new Float64Array(64);
    if (p === undefined) this.p[at(3, 0, 0)] = 1;
  }

  /** The network element of the spares fails. */
  withoutSpare(): Triad {
    const p = new Float64Array(64);
    each((fresh, worn, spare) => {
      p[at(fresh, worn, 3)]! += this.p[at(fresh, worn, spare)]!;
    });
    return new Triad(this.rate, p);
  }

  /** Runge and Kutta's rule. */
  step(h: number): Triad {
    const k1 = this.flow(this.p);
    const k2 = this.flow(plus(this.p, k1, h / 2));
    const k3 = this.flow(plus(this.p, k2, h / 2));
    const k4 = this.flow(plus(this.p, k3, h));
    return new Triad(
      this.rate,
      this.p.map((x, i) => x + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!)),
    );
  }

  private flow(p: Float64Array): Float64Array {
    const d = new Float64Array(64);
    each((fresh, worn, spare) => {
      const mass = p[at(fresh, worn, spare)]!;
      const move = (rate: number, to: number): void => {
        d[at(fresh, worn, spare)]! -= rate * this.rate * mass;
        d[to]! += rate * this.rate * mass;
      };
      if (fresh > 0) move(fresh, at(fresh - 1, worn + 1, spare));
      if (worn > 0) move(worn, at(fresh, worn - 1, spare === 0 ? 1 : spare));
      if (spare === 1 || spare === 2) move(1, at(fresh, worn, spare + 1));
    });
    return d;
  }

  /** Chance that at most one place is not served, `cut` (0 or 1) of them for lack of its network element. */
  serves(cut: number): number {
    let sum = 0;
    each((fresh, worn, spare) => {
      const unserved = 3 - fresh - worn - (spare === 1 || spare === 2 ? 1 : 0);
      const chance = unserved === 0 ? 1 : unserved > 1 ? 0 : cut === 0 ? 1 : 1 / 3;
      sum += chance * this.p[at(fresh, worn, spare)]!;
    });
    return sum;
  }
}

const at = (fresh: number, worn: number, spare: number): number => 16 * fresh + 4 * worn + spare;
const plus = (p: Float64Array, d: Float64Array, h: number): Float64Array => p.map((x, i) => x + h * d[i]!);

function each(visit: (fresh: number, worn: number, spare: number) => void): void {
  for (let fresh = 0; fresh <= 3; fresh++)
    for (let worn = 0; fresh + worn <= 3; worn++) for (let spare = 0; spare <= 3; spare++) visit(fresh, worn, spare);
}

/** Two triads that share nothing but network elements: given when that of the spares fails they are independent. */
function ftpp(factor: number): number {
  const [network, processor] = [1.7e-5 * factor, 1.1e-4 * factor];
  const steps = 160;
  const until = 8;
  const h = until / steps;
  const whole: Triad[] = [new Triad(processor)];
  for (let i = 0; i < steps; i++) whole.push(whole[i]!.step(h));
  // Chance of both triads serving at each age with 0 or 1 places cut off, by Simpson's rule over the failure of the spares' element.
  const serving = (triad: Triad): [number, number] => [triad.serves(0) ** 2, triad.serves(1) ** 2];
  const both = whole.map((triad, i): [number, number] => {
    const left = 1 - failed(network, i * h);
    const [none, one] = serving(triad);
    return [left * none, left * one];
  });
  for (let s = 0; s < steps; s++) {
    // The middle of a stretch stands for it.
    const chance = failed(network, (s + 1) * h) - failed(network, s * h);
    let triad = whole[s]!.step(h / 2)
      .withoutSpare()
      .step(h / 2);
    for (let i = s + 1; i <= steps; i++) {
      const [none, one] = serving(triad);
      both[i]![0] += chance * none;
      both[i]![1] += chance * one;
      triad = triad.step(h);
    }
  }
  return overAges(
    (t) => {
      const i = Math.round(t / h);
      const p = failed(network, t);
      return 1 - (1 - p) ** 3 * both[i]![0] - 3 * p * (1 - p) ** 2 * both[i]![1];
    },
    steps,
    until,
  );
}

const cabinetsFaster = (factor: number): Scenario =>
  readExample('rare/cabinets', undefined, [
    `catalogue.types.cabinet.failures.worn.law.gamma.scale=${100 / factor} h`,
    `catalogue.types.high-voltage.failures.worn.law.gamma.scale=${1 / 0.0253 / factor} h`,
  ]).scenario;

const ftppFaster = (factor: number): Scenario =>
  readExample('rare/ftpp', undefined, [
    `catalogue.types.network-element.failures.worn.law.gamma.scale=${1 / 1.7e-5 / factor} h`,
    `catalogue.types.processor.failures.worn.law.gamma.scale=${1 / 1.1e-4 / factor} h`,
  ]).scenario;

/** Value and distance from the truth in standard errors. */
async function byCycles(of: Scenario, truth: number, precision: number) {
  const cycles = await cyclesOf(of, { seed: 'k1', precision });
  expect(cycles.stop).toBe('precision');
  expect(cycles.gates.map(({ verdict }) => verdict)).not.toContain('red');
  return { value: measured(cycles).value, z: Math.abs(deviation(cycles, truth)) };
}

describe('reference: what the fault trees come to', () => {
  it('cabinets by quadrature', () => expect(cabinets(1) / CABINETS).toBeCloseTo(1, 10));

  it('ftpp: next to always two of the three network elements', () => {
    const leading = overAges((t) => 3 * failed(1.7e-5, t) ** 2);
    expect(leading).toBeCloseTo(1.7617e-20, 24);
    // Its half-width is that of a simulation.
    expect(Math.abs(leading / FTPP - 1)).toBeLessThan(4e-4);
  });
});

describe('reference: cabinets, inspected', () => {
  it('natural histories at thirty times the rates', () => {
    const { mean, error } = simulate(cabinetsFaster(30), {
      seed: 'cabinets',
      years: 0.25,
      histories: 40,
    }).unavailability();
    expect(error / mean).toBeLessThan(0.05);
    expect(Math.abs(mean - cabinets(30)) / error).toBeLessThan(Z);
  });

  it('cycles at ten times the rates, to ±5 %', async () => {
    expect((await byCycles(cabinetsFaster(10), cabinets(10), 0.05)).z).toBeLessThan(Z);
  });

  it('cycles, to ±3 %', async () => {
    expect((await byCycles(readExample('rare/cabinets').scenario, CABINETS, 0.03)).z).toBeLessThan(Z);
  });
});

describe('reference: ftpp, inspected, with cold spares', () => {
  const FACTOR = 15_000;

  it('natural histories at 15 000 times the rates', () => {
    const { mean, error } = simulate(ftppFaster(FACTOR), { seed: 'ftpp', years: 0.25, histories: 40 }).unavailability();
    expect(error / mean).toBeLessThan(0.02);
    expect(Math.abs(mean - ftpp(FACTOR)) / error).toBeLessThan(Z);
  });

  it('cycles at 1 000 times the rates, to ±5 %', async () => {
    expect((await byCycles(ftppFaster(1000), ftpp(1000), 0.05)).z).toBeLessThan(Z);
  });

  it('cycles, to ±3 %', async () => {
    expect((await byCycles(readExample('rare/ftpp').scenario, FTPP, 0.03)).z).toBeLessThan(Z);
  });
});
