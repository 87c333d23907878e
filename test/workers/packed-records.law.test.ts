import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { packRecords, unpackRecords } from '../../src/measures/packed-records.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { randomSharing } from '../core/support/random-sharing.ts';

describe('law: packed records', () => {
  it('come back as they were, bit for bit and in their order', () => {
    fc.assert(
      fc.property(fc.oneof(randomScenario(), randomSharing()), fc.integer({ min: 0, max: 4 }), (random, count) => {
        const runner = new HistoryRunner(compile(random), 'packed');
        const records = Array.from({ length: count }, (_, i) => runner.run(i, 0.02, 0));
        const back = unpackRecords(packRecords(records));
        expect(back).toStrictEqual(records);
        expect(back.map(({ attribution }) => [...attribution])).toStrictEqual(
          records.map(({ attribution }) => [...attribution]),
        );
      }),
      { seed: 20_261_121, numRuns: 150 },
    );
  });

  it('that are cut short are refused', () => {
    fc.assert(
      fc.property(randomScenario(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (random, share) => {
        const packed = packRecords([new HistoryRunner(compile(random), 'packed').run(0, 0.02, 0)]);
        const cut = packed.slice(0, Math.max(1, Math.floor(share * packed.length)));
        expect(() => unpackRecords(cut)).toThrow(RangeError);
      }),
      { seed: 20_261_122, numRuns: 100 },
    );
  });
});
