import { describe, expect, it } from 'vitest';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';
import { exponential } from '../../src/kernel/variates.ts';

/**
 * Independence of what lies side by side: consecutive histories, neighbouring streams, consecutive draws, related seeds.
 * Generators that pass within one sequence fail exactly here (xor128 and alea do). Bounds are 4 standard errors.
 */
const BINS = 32;
const PAIRS = 200_000;

/** z value of the chi-square test that pairs of uniforms fill a BINS × BINS square evenly. */
function squareZ(pair: (i: number) => readonly [number, number]): number {
  const counts = new Float64Array(BINS * BINS);
  for (let i = 0; i < PAIRS; i++) {
    const [x, y] = pair(i);
    counts[Math.floor(x * BINS) * BINS + Math.floor(y * BINS)]!++;
  }
  const expected = PAIRS / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
}

/** The low 32 of 53 bits as a uniform: these see what the leading bits hide. */
function lowBits(u: number): number {
  return (u * 2 ** 21) % 1;
}

const named = Uint32Array.from(Array.from({ length: 64 }, (_, i) => [...streamKey(`element ${i}`, 'life')]).flat());
/** Keys that differ in single bits, worse than any hash would give. */
const counted = Uint32Array.from({ length: 128 }, (_, i) => (i % 2 === 0 ? i / 2 : 0));

describe.each([
  ['hashed stream keys', named],
  ['stream keys 0, 1, 2, …', counted],
])('law: independence with %s', (_name, keys) => {
  const streams = new Streams(keys, rootKey('independence'));
  const first = (history: number, stream: number): number => {
    streams.begin(history);
    return streams.next53(stream);
  };

  it.each([
    ['leading bits', (u: number) => u],
    ['low bits', lowBits],
  ])('first draws of consecutive histories, %s', (_bits, part) => {
    let last = part(first(0, 3));
    const z = squareZ((i) => {
      const previous = last;
      last = part(first(i + 1, 3));
      return [previous, last];
    });
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it('histories 2^k apart', () => {
    for (const gap of [2, 256, 2 ** 31, 2 ** 32, 2 ** 45]) {
      const z = squareZ((i) => [first(i, 0), first(i + gap, 0)]);
      expect(Math.abs(z), `gap ${gap}`).toBeLessThan(4);
    }
  });

  it('neighbouring streams of one history', () => {
    const z = squareZ((i) => {
      streams.begin(i);
      return [streams.next53(i % 63), streams.next53((i % 63) + 1)];
    });
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it('first and second draw of a stream', () => {
    const z = squareZ((i) => {
      streams.begin(i);
      return [streams.next53(7), streams.next53(7)];
    });
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it('consecutive draws of one stream', () => {
    streams.begin(0);
    let last = streams.next53(5);
    const z = squareZ(() => {
      const previous = last;
      last = streams.next53(5);
      return [previous, last];
    });
    expect(Math.abs(z)).toBeLessThan(4);
  });

  it('no two streams are correlated over histories', () => {
    const histories = 4_000;
    const table = Array.from({ length: 16 }, () => new Float64Array(histories));
    for (let history = 0; history < histories; history++) {
      streams.begin(history);
      for (let stream = 0; stream < 16; stream++) table[stream]![history] = streams.next53(stream) - 0.5;
    }
    for (let i = 0; i < 16; i++) {
      for (let j = 0; j < i; j++) {
        const product = table[i]!.reduce((sum, x, history) => sum + x * table[j]![history]!, 0);
        // A product of two centred uniforms has variance 1/144; 120 pairs are looked at, hence 5 errors.
        expect(Math.abs((product * 12) / Math.sqrt(histories)), `streams ${j} and ${i}`).toBeLessThan(5);
      }
    }
  });

  it('the first exponentials of 10 000 consecutive histories have mean 1 within 3 standard errors', () => {
    for (let stream = 0; stream < 8; stream++) {
      let sum = 0;
      for (let history = 0; history < 10_000; history++) {
        streams.begin(history);
        sum += exponential(streams, stream);
      }
      // The standard error is 1 / 100.
      expect(Math.abs(sum / 10_000 - 1), `stream ${stream}`).toBeLessThan(0.03);
    }
  });

  it('first draws collide as often as chance has it', () => {
    const histories = 400_000;
    const seen = new Uint32Array(histories);
    for (let history = 0; history < histories; history++) seen[history] = first(history, 1) * 2 ** 32;
    seen.sort();
    let collisions = 0;
    for (let i = 1; i < histories; i++) collisions += Number(seen[i] === seen[i - 1]);
    const expected = histories ** 2 / 2 / 2 ** 32;
    expect(Math.abs(collisions - expected)).toBeLessThan(4 * Math.sqrt(expected));
  });
});

describe('law: independence of seeds', () => {
  it('first draws of seeds named run 0, run 1, …', () => {
    const key = streamKey('element', 'life');
    const seeds = 20_000;
    const uniforms = Array.from({ length: seeds }, (_, i) => new Streams(key, rootKey(`run ${i}`)).next53(0));
    const products = uniforms.slice(1).map((u, i) => (u - 0.5) * (uniforms[i]! - 0.5));
    const sum = products.reduce((total, product) => total + product, 0);
    expect(Math.abs((sum * 12) / Math.sqrt(seeds - 1))).toBeLessThan(4);
    const mean = uniforms.reduce((total, u) => total + u, 0) / seeds;
    expect(Math.abs(mean - 0.5) * Math.sqrt(12 * seeds)).toBeLessThan(4);
  });
});
