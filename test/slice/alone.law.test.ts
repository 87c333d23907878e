import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { Influence } from '../../src/compile/slice/influence.ts';
import { sliceServices } from '../../src/compile/slice/services.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { withControl } from '../core/support/random-control.ts';
import { withFabrics } from '../core/support/random-fabric.ts';
import { withMonitoring } from '../core/support/random-monitoring.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { randomSharing } from '../core/support/random-sharing.ts';
import { expectSame, historyOf } from './support/alone.ts';

const YEARS = 6 / 365;

/** How much was left out over all scenarios, and how much happened in what was kept. */
interface Seen {
  smaller: number;
  outages: number;
}

function eachServiceAlone(scenarios: fc.Arbitrary<Scenario>, seed: number, numRuns: number): Seen {
  const seen: Seen = { smaller: 0, outages: 0 };
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const whole = compile(scenario);
      const ofWhole = historyOf(whole, YEARS);
      const influence = new Influence(whole);
      for (let service = 0; service < whole.services.visible; service++) {
        const slice = sliceServices(whole, [service], influence);
        const ofSlice = historyOf(slice.model, YEARS);
        expectSame(whole, ofWhole, slice, ofSlice);
        if (slice.model.elements.count < whole.elements.count) seen.smaller++;
        seen.outages += ofSlice.outageLength.length;
      }
    }),
    { seed, numRuns },
  );
  return seen;
}

describe('law: a service alone has the history it has in the whole cloud, byte by byte', () => {
  it.each([
    ['of every kind', randomScenario(), 300],
    ['that share their load', randomSharing(), 200],
    ['on fabrics', withFabrics(fc.oneof(randomScenario(), randomSharing())), 200],
    ['with monitors that are blind at times', withMonitoring(randomScenario()), 100],
    ['behind a busy control path', withControl(fc.oneof(randomScenario(), randomSharing())), 200],
  ] as const)('random scenarios %s', (_, scenarios, runs) => {
    const { smaller, outages } = eachServiceAlone(scenarios, 20_261_121, runs);
    expect(smaller).toBeGreaterThan(runs / 4);
    expect(outages).toBeGreaterThan(10 * runs);
  });
});

it('law: what influences several signals is what influences any of them', () => {
  let larger = 0;
  fc.assert(
    fc.property(withFabrics(fc.oneof(randomScenario(), randomSharing())), fc.nat(), (scenario, salt) => {
      const model = compile(scenario);
      const signals = Array.from(
        model.services.term,
        (_, i) => model.services.term[(i * 7 + salt) % model.services.term.length]!,
      );
      const single = signals.map((signal) => [...new Influence(model).coneOf([signal])]);
      const together = [...new Influence(model).coneOf(signals)].sort((a, b) => a - b);
      expect(together).toEqual([...new Set(single.flat())].sort((a, b) => a - b));
      if (single.every((one) => one.length < together.length)) larger++;
    }),
    { seed: 20_261_123, numRuns: 100 },
  );
  expect(larger).toBeGreaterThan(10);
});
