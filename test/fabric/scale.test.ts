import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { TouchedSet } from '../../src/dynamics/touched-set.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
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
