/**
 * The generator: sfc32 (C. Doty-Humphrey, PractRand), three mixed words and a counter, period at least 2^32. A state is
 * four words of an Int32Array.
 */

/** Rounds that make the words of a state depend on each other; PractRand seeds 64 bits with 12. */
const MIXING_ROUNDS = 12;

/** Advances the state at `words[at … at + 3]` until its words depend on each other. */
export function mix(words: Int32Array, at: number): void {
  let a = words[at]!;
  let b = words[at + 1]!;
  let c = words[at + 2]!;
  let d = words[at + 3]!;
  for (let round = 0; round < MIXING_ROUNDS; round++) {
    const out = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
  }
  words[at] = a;
  words[at + 1] = b;
  words[at + 2] = c;
  words[at + 3] = d;
}

/** The next output of the state in `words[0 … 3]`. */
export function nextWord(words: Int32Array): number {
  const out = (words[0]! + words[1]! + words[3]!) | 0;
  words[3]!++;
  words[0] = words[1]! ^ (words[1]! >>> 9);
  words[1] = words[2]! + (words[2]! << 3);
  words[2] = ((words[2]! << 21) | (words[2]! >>> 11)) + out;
  return out;
}
