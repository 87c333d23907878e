import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { deriveSets, deriveShares } from '../../src/dynamics/derive.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { drive } from '../core/support/driver.ts';
import { withFabrics } from '../core/support/random-fabric.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { randomSharing } from '../core/support/random-sharing.ts';

const DAY = 86_400e6;

test('law: shares of groups and gates follow from the elements and the dynamic columns, after every event', () => {
  let checked = 0;
  let partial = 0;
  fc.assert(
    fc.property(withFabrics(fc.oneof(randomScenario(), randomSharing())), (scenario) => {
      const model = compile(scenario);
      const driver = drive(model, 'derive', new SilentObserver());
      const w = driver.process.world;
      const first = model.elements.count;
      driver.history(0, DAY, () => {
        const before = w.served.slice();
        w.served.fill(Number.NaN, first);
        deriveShares(w);
        for (let signal = first; signal < before.length; signal++) {
          if (w.served[signal] !== before[signal]) {
            throw new Error(`signal ${signal} at ${w.now}: ${before[signal]}, derived ${w.served[signal]}`);
          }
          if (before[signal]! > 0 && before[signal]! < 1) partial++;
          checked++;
        }
      });
    }),
    { numRuns: 100, seed: 20_261_123 },
  );
  expect(checked).toBeGreaterThan(10_000);
  expect(partial).toBeGreaterThan(1000);
});

test('law: the sets of impaired terms and of tracks under way are those of the shares and the steps, after every event', () => {
  let members = 0;
  fc.assert(
    fc.property(withFabrics(fc.oneof(randomScenario(), randomSharing())), (scenario) => {
      const driver = drive(compile(scenario), 'sets', new SilentObserver());
      const w = driver.process.world;
      driver.history(0, DAY, () => {
        const before = [w.impairedTerms.slice(), w.tracksUnderway.slice()];
        deriveSets(w);
        expect([w.impairedTerms, w.tracksUnderway]).toEqual(before);
        members += w.trackStep.filter((step) => step !== 0).length;
        members += [...w.model.services.term].filter((signal) => w.served[signal] !== 1).length;
      });
    }),
    { numRuns: 60, seed: 20_261_124 },
  );
  expect(members).toBeGreaterThan(10_000);
});
