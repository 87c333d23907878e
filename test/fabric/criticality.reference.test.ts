import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { buildTable } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { type Impact, measureImpact } from '../../src/simulate/impact.ts';
import { readExample } from '../core/support/files.ts';

/** R160 with what its rows 3, 4, 10 need besides the switches: dependences on shared nodes, and guests on one node. */
const text = (change = ''): string => `format: carriergrade/scenario/1
sites: { core: { topology: R160${change} } }
elements: { vm: { type: vm, count: 20, on: core/compute-1 } }
services:
  routed: { structure: { share: [core/network], fraction: 30 % }, users: 3200 }
  stored: { structure: { share: [core/storage] }, users: 3200 }
  # A route is used by all, a volume by its own users alone: both at once.
  both: { structure: { all: [{ share: [core/network], fraction: 30 % }, { share: [core/storage] }] }, users: 3200 }
`;
const measured = (name: string, change = ''): Impact =>
  measureImpact(compile(readScenario(text(change)).scenario), [name])[0]!;

/** Column "VMs" of the row in the printed table, NC-17. */
const printed = (row: number, column: 'Nodes' | 'VMs'): number => {
  const table = buildTable('criticality', {});
  return Number(table.rows[row - 1]![table.columns.findIndex(({ name }) => name === column)]);
};

describe('reference: criticality rows by injection agree with the formulas (B-72, NC-17)', () => {
  test.each([
    [1, 'core/spine-3', 40, 800],
    [2, 'core/leaf-5', 10, 200],
    [7, 'core/compute-9', 1, 20],
  ])('row %i: %s takes the traffic of %d nodes and %d guests', (row, name, nodes, guests) => {
    const impact = measured(name);
    expect(impact.nodes).toBeCloseTo(nodes, 9);
    expect(impact.slots).toBeCloseTo(guests, 9);
    expect([printed(row, 'Nodes'), printed(row, 'VMs')]).toEqual([nodes, guests]);
  });

  test('row 10: software of one guest takes one guest', () => {
    expect(measured('vm-7')).toMatchObject({ guests: 1, nodes: 0, slots: 0 });
    expect(printed(10, 'VMs')).toBe(1);
    expect(measured('core/compute-1').guests).toBe(20);
  });

  test('row 3: a network node takes 1/4 of the routed traffic, 240 guests at a use of 30 % (B-73)', () => {
    expect(measured('core/network-2').users['routed']).toBeCloseTo(240, 9);
    expect(printed(3, 'VMs')).toBe(800);
  });

  test('row 4: a storage node takes 1/8 of what is stored', () => {
    expect(measured('core/storage-2').users['stored']).toBeCloseTo(400, 9);
    expect(printed(4, 'VMs')).toBe(400);
  });

  test('rows 5 and 6: a control node takes nothing at once', () => {
    const { users: _, ...impact } = measured('core/control-1');
    expect(impact).toMatchObject({ nodes: 0, slots: 0, guests: 0 });
  });

  test('a leaf of single-homed nodes isolates them: alive, not reached (SEM-36)', () => {
    const impact = measured('core/leaf-5', ', fabric: { homing: single }');
    expect(impact.nodes).toBeCloseTo(10, 9);
    expect(impact.isolated).toBe(10 + 1);
  });

  test('an access link takes half of one node, an uplink a quarter of the half of its pair', () => {
    expect(measured('core/compute-1--leaf-1')).toMatchObject({ nodes: 0.5, slots: 10, guests: 10 });
    expect(measured('core/leaf-1--spine-1').nodes).toBeCloseTo(20 / 2 / 4, 9);
  });

  test('no single fault of the dual-homed cloud takes more than a spine does (B-32)', () => {
    const { scenario } = readExample('leaf-spine');
    const impacts = measureImpact(compile(scenario));
    for (const { element, users } of impacts) {
      expect(users['guests']!, element).toBeLessThanOrEqual(3200 / 4 + 1e-9);
      expect(users['routed']!, element).toBeLessThan(3200 / 3);
    }
    // What takes the pair's active member is failed over; nothing else takes all of it.
    const voiceless = impacts.filter(({ users }) => users['voice'] === 1).map(({ element }) => element);
    expect(voiceless).toEqual(['core/compute-1', 'sbc/1/guest', 'sbc/1/app']);
  });

  test('a campaign leaves no trace: the last measurement equals one by itself', () => {
    const all = measureImpact(compile(readScenario(text()).scenario));
    expect(all.length).toBeGreaterThan(500);
    const last = all.at(-1)!;
    expect(measured(last.element)).toEqual(last);
    expect(all.find(({ element }) => element === 'core/spine-3')).toEqual(measured('core/spine-3'));
  });
});
