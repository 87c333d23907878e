import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { nextBit, setBit, wordsOf } from '../../src/dynamics/bits.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { manyPairs } from '../../src/tools/bench/models/systems.ts';
import { drive } from './support/driver.ts';

const PAIRS = 100;

test('law: a set in a column has the rows put into it and not taken out, in their order, between any two bounds', () => {
  const model = compile(readScenario(manyPairs({ kind: 'units', pairs: PAIRS })).scenario);
  const w = drive(model, 'bits', new SilentObserver()).process.world;
  const rows = PAIRS + 1;
  const [column, at] = [w.impairedTerms, w.impairedTermsAt];
  expect(column.length).toBe(wordsOf(model.services.term.length));
  const row = fc.nat(rows - 1);
  fc.assert(
    fc.property(fc.array(fc.tuple(row, fc.boolean())), row, row, (changes, a, b) => {
      column.fill(0);
      const wanted = new Set<number>();
      for (const [one, isIn] of changes) {
        setBit(w, at, one, isIn);
        if (isIn) wanted.add(one);
        else wanted.delete(one);
      }
      const [from, end] = [Math.min(a, b), Math.max(a, b)];
      const found: number[] = [];
      for (let one = nextBit(column, from, end); one < end; one = nextBit(column, one + 1, end)) found.push(one);
      expect(found).toEqual([...wanted].filter((one) => one >= from && one < end).sort((x, y) => x - y));
    }),
    { numRuns: 2_000, seed: 3 },
  );
});
