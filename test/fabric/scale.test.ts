import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { TouchedSet } from '../../src/dynamics/touched-set.ts';
import { mean } from '../../src/model/law.ts';
import { MICROSECONDS_PER_YEAR } from '../../src/model/time.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { bigCloud } from '../../src/tools/bench/models/cloud.ts';
import { drive } from '../core/support/driver.ts';

/** What an event looks at. */
class Counter extends SilentObserver {
  groups = new Set<number>();
  elements = new Set<number>();
  looks = 0;
  override groupChanged(_now: number, group: number): void {
    this.groups.add(group);
    this.looks++;
  }
  override elementChanged(_now: number, element: number): void {
    this.elements.add(element);
  }
}

const cloud = (nodes: number, leafPairs: number): string => `format: carriergrade/scenario/1
sites:
  core:
    nodes: { n: { type: compute-node, count: ${nodes} } }
    fabric: { spines: 8, leafPairs: ${leafPairs} }
services: { cloud: { structure: { share: [core/n] } } }
`;

function strike(nodes: number, leafPairs: number, element: string): Counter {
  const model = compile(readScenario(cloud(nodes, leafPairs)).scenario);
  const counter = new Counter();
  const { process } = drive(model, 'scale', counter);
  process.reset();
  process.fire(model.elements.modeStart[model.names.elements.indexOf(element)]!, 0);
  return counter;
}

describe('an event touches what hangs on its element, whatever the size of the cloud', () => {
  test.each([
    [96, 3],
    [1024, 32],
  ])('%i nodes on %i pairs of leaves: a leaf looks at its 32 nodes', (nodes, pairs) => {
    const counter = strike(nodes, pairs, 'core/leaf-1');
    expect(counter.groups.size).toBe(32);
    expect(counter.looks).toBe(32);
    // The leaf and its access links; its uplinks hang on the spines.
    expect(counter.elements.size).toBe(1 + 32);
  });

  test('a spine looks at every leaf once, and at what hangs on these', () => {
    const counter = strike(96, 3, 'core/spine-1');
    expect(counter.groups.size).toBe(6 + 96);
    expect(counter.looks).toBeLessThanOrEqual(6 + 2 * 96);
  });

  describe('from 100 to 1 000 nodes with 20 machines each', () => {
    const sizes = [100, 300, 1000];
    const models = sizes.map((nodes) => compile(readScenario(bigCloud(nodes)).scenario));

    /** Writes per event of a history, sorted. */
    function writes(model: CompiledModel, years: number): number[] {
      const { process, history } = drive(model, 'scale', new SilentObserver());
      process.world.keepJournal();
      const perEvent: number[] = [];
      let before = -1;
      history(0, years * MICROSECONDS_PER_YEAR, () => {
        const { journalPosition } = process.world;
        // What is written at the start is not what an event writes.
        if (before >= 0) perEvent.push(journalPosition - before);
        before = journalPosition;
      });
      return perEvent.sort((a, b) => a - b);
    }

    test('half, and 99 of 100 events, write as little', () => {
      const quantiles = models.map((model, i) => {
        const sorted = writes(model, 500 / sizes[i]!);
        expect(sorted.length).toBeGreaterThan(20_000);
        return [0.5, 0.99].map((q) => sorted[Math.floor(q * sorted.length)]!);
      });
      const [small] = quantiles as [number[]];
      for (const [median, most] of quantiles) {
        expect(Math.abs(median! - small[0]!)).toBeLessThanOrEqual(2);
        expect(most! / small[1]!).toBeLessThan(1.25);
      }
      expect(small[0]).toBeLessThan(25);
    });

    test('the mean fault looks at as many elements, groups and services, leaves and spines by their rates', () => {
      const means = models.map((model) => {
        const looks = { elements: 0, groups: 0, services: 0 };
        class Looks extends SilentObserver {
          override elementChanged(): void {
            looks.elements++;
          }
          override groupChanged(): void {
            looks.groups++;
          }
          override serviceChanged(): void {
            looks.services++;
          }
        }
        const { process, clocks } = drive(model, 'scale', new Looks());
        clocks.begin(0);
        process.reset();
        process.world.keepJournal();
        const start = process.world.journalPosition;
        let rates = 0;
        const sums = { elements: 0, groups: 0, services: 0 };
        for (let mode = 0; mode < model.modes.count; mode++) {
          const rate = 1 / mean(model.laws[model.modes.law[mode]!]!);
          if (rate === 0) continue;
          Object.assign(looks, { elements: 0, groups: 0, services: 0 });
          process.fire(mode, 0);
          process.world.rewind(start);
          rates += rate;
          for (const key of ['elements', 'groups', 'services'] as const) sums[key] += rate * looks[key];
        }
        return Object.values(sums).map((sum) => sum / rates);
      });
      const [small] = means as [number[]];
      // Pairs of leaves are whole, 25 and 31 nodes each; five members on a node meet at most the five services of the
      // small cloud. Both are saturated at 300.
      for (const found of means) {
        for (const [i, count] of found.entries()) expect(count / small[i]!).toBeLessThan(1.25);
      }
      const [, middle, large] = means as [number[], number[], number[]];
      for (const [i, count] of large.entries()) expect(count / middle[i]!).toBeLessThan(1.15);
      expect(Math.max(...small)).toBeLessThan(4);
    });
  });

  test('law: what is touched is taken once each, smallest first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 80 }), fc.nat(20), (items, early) => {
        const set = new TouchedSet(41);
        const first = items.slice(0, early);
        for (const item of first) set.add(item);
        const taken: number[] = [];
        const before = set.takeSmallest();
        if (before >= 0) taken.push(before);
        for (const item of items.slice(early)) set.add(item);
        const rest: number[] = [];
        for (let item = set.takeSmallest(); item >= 0; item = set.takeSmallest()) rest.push(item);
        const left = new Set([...first.filter((item) => item !== before), ...items.slice(early)]);
        expect(rest).toEqual([...left].sort((a, b) => a - b));
        if (before >= 0) expect(before).toBe(Math.min(...first));
        expect(set.size).toBe(0);
      }),
    );
  });
});
