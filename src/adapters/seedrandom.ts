import seedrandom from 'seedrandom';

/**
 * `count` 32-bit words of seedrandom's Tyche-i generator for `seed`. Of seedrandom's fast generators only tychei and
 * xor4096 give independent sequences for related seeds; it must be given a string, as numbers seed it differently.
 */
export function tycheiWords(seed: string, count: number): Uint32Array {
  const generator = seedrandom.tychei(seed);
  return Uint32Array.from({ length: count }, () => generator.int32() >>> 0);
}
