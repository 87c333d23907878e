import type { Streams } from './streams.ts';

/**
 * Standard variates, free of location and scale: changing the mean of a law reuses the same variate, which is what
 * makes common random numbers work. Only exp, log and sqrt are used, which V8 computes alike on all machines.
 *
 * Ziggurat (G. Marsaglia, W. W. Tsang, J. Stat. Softw. 5(8), 2000) with 256 layers. One 53-bit draw gives the layer
 * (its leading bits) and the place in it (the remaining 44 or 45 bits), so that the two are independent.
 */
const LAYERS = 256;

/** Layer widths x[0 … 256] (x[0] stands for base and tail, x[256] = 0) and the density there. */
interface Layers {
  readonly x: Float64Array;
  readonly f: Float64Array;
}

/**
 * `edge` is where the tail begins, `area` that of every layer; `density` falls from 1 at 0, `inverse` undoes it.
 */
function layers(edge: number, area: number, density: (x: number) => number, inverse: (y: number) => number): Layers {
  const x = new Float64Array(LAYERS + 1);
  x[0] = area / density(edge);
  x[1] = edge;
  for (let i = 2; i < LAYERS; i++) x[i] = inverse(density(x[i - 1]!) + area / x[i - 1]!);
  return { x, f: x.map(density) };
}

const EXPONENTIAL_EDGE = 7.69711747013105;
const { x: EXPONENTIAL_X, f: EXPONENTIAL_F } = layers(
  EXPONENTIAL_EDGE,
  (EXPONENTIAL_EDGE + 1) * Math.exp(-EXPONENTIAL_EDGE),
  (x) => Math.exp(-x),
  (y) => -Math.log(y),
);

const NORMAL_EDGE = 3.6541528853610088;
const { x: NORMAL_X, f: NORMAL_F } = layers(
  NORMAL_EDGE,
  4.92867323399e-3,
  (x) => Math.exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * Math.log(y)),
);

/** Exponential with mean 1. */
export function exponential(streams: Streams, stream: number): number {
  streams.advance(stream);
  const { high, low } = streams;
  const layer = high & 255;
  const x = ((high >>> 8) + (low >>> 0) * 2 ** -32) * 2 ** -24 * EXPONENTIAL_X[layer]!;
  return x < EXPONENTIAL_X[layer + 1]! ? x : exponentialEdge(streams, stream, layer, x);
}

/** The 1.1 % of draws that fall outside their layer's inner rectangle. */
function exponentialEdge(streams: Streams, stream: number, layer: number, x: number): number {
  if (layer === 0) return EXPONENTIAL_EDGE + exponential(streams, stream);
  const low = EXPONENTIAL_F[layer]!;
  const y = low + streams.next53(stream) * (EXPONENTIAL_F[layer + 1]! - low);
  return y < Math.exp(-x) ? x : exponential(streams, stream);
}

/** Normal with mean 0 and standard deviation 1. */
export function normal(streams: Streams, stream: number): number {
  streams.advance(stream);
  const { high, low } = streams;
  const layer = high & 255;
  const sign = 1 - 2 * (low & 1);
  const x = ((high >>> 8) + (low >>> 1) * 2 ** -31) * 2 ** -24 * NORMAL_X[layer]!;
  return sign * (x < NORMAL_X[layer + 1]! ? x : normalEdge(streams, stream, layer, x));
}

/** Absolute value of the 1.5 % of normal draws that fall outside their layer's inner rectangle. */
function normalEdge(streams: Streams, stream: number, layer: number, x: number): number {
  if (layer === 0) return normalTail(streams, stream);
  const low = NORMAL_F[layer]!;
  const y = low + streams.next53(stream) * (NORMAL_F[layer + 1]! - low);
  return y < Math.exp(-0.5 * x * x) ? x : Math.abs(normal(streams, stream));
}

/** Beyond the edge: G. Marsaglia, Technometrics 6 (1964), 101. */
function normalTail(streams: Streams, stream: number): number {
  for (;;) {
    const x = exponential(streams, stream) / NORMAL_EDGE;
    if (2 * exponential(streams, stream) > x * x) return NORMAL_EDGE + x;
  }
}

/** Gamma with scale 1 and `shape` ≥ 1: G. Marsaglia, W. W. Tsang, ACM TOMS 26(3), 2000, 363. */
export function gamma(streams: Streams, stream: number, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = normal(streams, stream);
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    // ln U = −E spares a logarithm of a uniform.
    if (-exponential(streams, stream) < 0.5 * z * z + d * (1 - v + Math.log(v))) return d * v;
  }
}
