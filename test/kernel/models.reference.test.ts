import { describe, expect, it } from 'vitest';
import { farm, farmAvailability } from '../../src/tools/bench/farm.ts';
import { phases } from '../../src/tools/bench/phases.ts';
import { referenceFarm, referencePhases } from '../../src/tools/bench/reference.ts';

/** The two benchmark models; the values come from the closed form and from other simulators of the same models. */
describe('reference: the kernel on the benchmark models', () => {
  it('the closed form of model A gives the published availabilities', () => {
    expect([10, 1000, 100_000].map((n) => farmAvailability(n).toFixed(5))).toEqual(['0.98879', '0.98916', '0.98916']);
  });

  it.each([10, 1000])('model A with %d components agrees with its closed form', (n) => {
    const events = 1_000_000;
    // Exponential up and down times: the unavailability of E events has a relative error of √(2 / (E / 2)).
    const tolerance = 4 * (1 - farmAvailability(n)) * (Math.sqrt(4 / events) + n / events);
    for (const result of [farm(n, events)(), referenceFarm(n, events)]) {
      expect(result.events).toBe(events);
      expect(Math.abs(result.availability - farmAvailability(n))).toBeLessThan(tolerance);
    }
  });

  it('with two components the share of time below 1 of 2 is the product of the unavailabilities', () => {
    // Components of 500 and 1000 h, repaired in 5 and 10 h: floor(0.98 · 2) = 1 is needed.
    const events = 4_000_000;
    const exact = (5 / 505) * (10 / 1010);
    // About U1 · U2 · events / 2 · (overlap rate) spells of exponential length: 4 standard errors of their sum.
    const { short } = farm(2, events)();
    const hours = events / 2 / (1 / 505 + 1 / 1010);
    const spells = (hours * exact) / (1 / (1 / 5 + 1 / 10));
    expect(Math.abs(short / exact - 1)).toBeLessThan(4 * Math.sqrt(2 / spells));
  });

  it('model B has 0.0021 to 0.0023 pairs down, 60 events an hour, and cancels in 16.5 % of them', () => {
    const events = 5_000_000;
    const result = phases(events)();
    expect(result.pairsDown).toBeGreaterThan(0.0021);
    expect(result.pairsDown).toBeLessThan(0.0023);
    expect(Math.abs(result.eventsPerHour - 60)).toBeLessThan(1);
    expect(Math.abs(result.cancelsPerEvent - 0.165)).toBeLessThan(0.005);
    // About 1 500 spells with both down, of near exponential length, in each of the two.
    expect(Math.abs(result.pairsDown / referencePhases(events) - 1)).toBeLessThan(4 * Math.sqrt(2 * (2 / 1500)));
  });
});
