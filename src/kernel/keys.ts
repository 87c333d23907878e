import { tycheiWords } from '../adapters/seedrandom.ts';
import { mix, nextWord } from './sfc32.ts';

/** The four words that all randomness of a run grows from. Throws RangeError on an empty seed. */
export function rootKey(seed: string): Uint32Array {
  if (typeof seed !== 'string' || seed === '') throw new RangeError('a seed is a string of at least one character');
  return tycheiWords(seed, 4);
}

/**
 * Two words that stand for the stream of `name` and `purpose`: a hash of their UTF-16 code units, so that adding,
 * removing or reordering other elements changes no stream. The separator is no code unit: ('ab','c') is not ('a','bc').
 */
export function streamKey(name: string, purpose: string): Uint32Array {
  const separator = 0x10000;
  const state = Int32Array.of(name.length, purpose.length, 0x9e3779b9, 0);
  const absorb = (unit: number): void => {
    state[0]! ^= unit;
    mix(state, 0);
  };
  for (let i = 0; i < name.length; i++) absorb(name.charCodeAt(i));
  absorb(separator);
  for (let i = 0; i < purpose.length; i++) absorb(purpose.charCodeAt(i));
  return Uint32Array.of(nextWord(state), nextWord(state));
}
