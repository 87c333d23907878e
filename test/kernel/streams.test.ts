import { describe, expect, it } from 'vitest';
import { rootKey, Streams, streamKey } from '../../src/kernel/streams.ts';

function keysOf(...names: string[]): Uint32Array {
  return Uint32Array.from(names.flatMap((name) => [...streamKey(name, 'life')]));
}

/** The first `count` draws of `stream`. */
function draws(streams: Streams, stream: number, count: number): number[] {
  return Array.from({ length: count }, () => streams.next53(stream));
}

describe('keys', () => {
  it('an empty seed, or one that is no string, is rejected', () => {
    expect(() => rootKey('')).toThrow('a seed is a string of at least one character');
    expect(() => rootKey(7 as unknown as string)).toThrow('a seed is a string');
  });

  it('names and purposes are told apart', () => {
    const keys = [
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc', ''],
      ['', 'abc'],
      ['c', 'ab'],
      ['ab', 'd'],
      ['ac', 'c'],
      ['', ''],
    ].map(([name, purpose]) => streamKey(name!, purpose!).join());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('wrong numbers of words are rejected', () => {
    expect(() => new Streams(new Uint32Array(2), new Uint32Array(3))).toThrow('a root key has 4 words, not 3');
    expect(() => new Streams(new Uint32Array(3), new Uint32Array(4))).toThrow('2 words each, got 3 words');
  });
});

describe('Streams', () => {
  it('a history run third is the history run alone', () => {
    const keys = keysOf('a', 'b', 'c');
    const used = new Streams(keys, rootKey('seed'));
    for (const history of [5, 1, 0]) {
      used.begin(history);
      draws(used, 0, 3);
      draws(used, 2, 70);
    }
    used.begin(3);
    const third = [draws(used, 1, 4), draws(used, 2, 4), draws(used, 0, 4)];
    const fresh = new Streams(keys, rootKey('seed'));
    fresh.begin(3);
    expect([draws(fresh, 1, 4), draws(fresh, 2, 4), draws(fresh, 0, 4)]).toEqual(third);
  });

  it('starts with history 0, and a history begun again repeats itself', () => {
    const streams = new Streams(keysOf('a'), rootKey('seed'));
    const first = draws(streams, 0, 5);
    streams.begin(1);
    expect(draws(streams, 0, 5)).not.toEqual(first);
    streams.begin(0);
    expect(draws(streams, 0, 5)).toEqual(first);
  });

  it('draws do not depend on which other streams exist, or in which order they are drawn from', () => {
    const few = new Streams(keysOf('a', 'b'), rootKey('seed'));
    const many = new Streams(keysOf('new', 'b', 'a', 'last'), rootKey('seed'));
    few.begin(9);
    many.begin(9);
    const a = draws(few, 0, 5);
    const b = draws(few, 1, 5);
    const interleaved = Array.from({ length: 5 }, () => [many.next53(1), many.next53(0), many.next53(2)]);
    expect(interleaved.map((row) => row[0])).toEqual(b);
    expect(interleaved.map((row) => row[2])).toEqual(a);
  });

  it('histories beyond 32 bits, other seeds and other names all differ', () => {
    const streams = new Streams(keysOf('a', 'b'), rootKey('seed'));
    const first = [5, 2 ** 32 + 5, 2 ** 33 + 5, 2 ** 53 - 1].map((history) => {
      streams.begin(history);
      return streams.next53(0);
    });
    streams.begin(5);
    first.push(streams.next53(1));
    const other = new Streams(keysOf('a'), rootKey('seee'));
    other.begin(5);
    first.push(other.next53(0));
    expect(new Set(first).size).toBe(first.length);
  });

  it('a stream last drawn from before the stamps wrapped starts anew', () => {
    const streams = new Streams(keysOf('a'), rootKey('seed'));
    streams.begin(1);
    const expected = draws(streams, 0, 3);
    const wrapping = new Streams(keysOf('a'), rootKey('seed'));
    draws(wrapping, 0, 3);
    Reflect.set(wrapping, 'stamp', -1);
    wrapping.begin(1);
    expect(draws(wrapping, 0, 3)).toEqual(expected);
    wrapping.begin(1);
    expect(draws(wrapping, 0, 3)).toEqual(expected);
  });

  // Non-regression: pinned so that every machine and every version gives the same numbers.
  it('first values', () => {
    const root = rootKey('carriergrade');
    expect([...root]).toMatchInlineSnapshot(`
      [
        3021839635,
        270063817,
        3684835758,
        1662799009,
      ]
    `);
    const key = streamKey('element', 'purpose');
    expect([...key]).toMatchInlineSnapshot(`
      [
        1941811178,
        4264455201,
      ]
    `);
    const streams = new Streams(key, root);
    expect(draws(streams, 0, 3)).toMatchInlineSnapshot(`
      [
        0.3002844752777377,
        0.5165796837924101,
        0.6253338478695523,
      ]
    `);
    streams.begin(1);
    expect(draws(streams, 0, 3)).toMatchInlineSnapshot(`
      [
        0.8182503345076366,
        0.9780494088132722,
        0.30638004708309297,
      ]
    `);
    streams.begin(2 ** 40 + 1);
    expect(draws(streams, 0, 3)).toMatchInlineSnapshot(`
      [
        0.1538098031137337,
        0.5117263906317787,
        0.9268671247943713,
      ]
    `);
  });
});
