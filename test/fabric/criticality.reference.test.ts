import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { buildTable, measureCriticality } from '../../src/index.ts';
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

describe('reference: the table of a scenario, by the share of the traffic of its own topology (B-72, B-73)', () => {
  type Row = Readonly<Record<string, number | string | null>>;
  const table = (variant?: string): Readonly<Record<string, Row>> => {
    const { columns, rows } = measureCriticality(readExample('leaf-spine', variant));
    return Object.fromEntries(
      rows.map((row) => [row[0], Object.fromEntries(columns.map(({ name }, i) => [name, row[i]!]))]),
    );
  };
  const dual = table();
  const single = table('single-homed');
  const near = (value: Row[string], expected: number): void => expect(value as number).toBeCloseTo(expected, 9);

  test.each([
    ['core/spine', '1', [40, 800], [40, 800]],
    ['core/leaf', '2', [10, 200], [10, 200]],
    // 30 % of the traffic uses network nodes, nobody the storage nodes.
    ['core/network', '3', [12, 240], [40, 800]],
    ['core/storage', '4', [0, 0], [20, 400]],
    ['core/compute', '7', [1, 20], [1, 20]],
  ])('%s, row %s: nodes and VMs %j, by the formula %j', (name, row, measured, formula) => {
    const found = dual[name]!;
    expect(found['Row of B-72']).toBe(row);
    near(found['Nodes'], measured[0]!);
    near(found['VMs'], measured[1]!);
    near(found['Nodes (formula)'], formula[0]!);
    near(found['VMs (formula)'], formula[1]!);
  });

  test('a row for each kind of link, none for each link: half of a node, a quarter of half a pair', () => {
    expect(Object.keys(dual)).toHaveLength(13);
    expect(dual['core/compute--leaf']).toMatchObject({ Elements: 320, 'Row of B-72': '' });
    near(dual['core/compute--leaf']!['VMs'], 10);
    near(dual['core/leaf--spine']!['VMs'], 50);
    near(dual['core/network--leaf']!['VMs'], 120);
  });

  test('users hit: of the service that loses most, here by both spread and network nodes', () => {
    near(dual['core/spine']!['Users hit'], 3200 * (1 - 0.75 * (1 - 0.3 * 0.25)));
    near(dual['core/network']!['Users hit'], 240);
    near(dual['core/compute']!['Users hit'], 20);
  });

  test('who loses redundancy: a leaf leaves its nodes one way of two, or cuts them off', () => {
    // 175 nodes on 16 leaves, two each; single-homed one each.
    const nodes = 160 + 4 + 8 + 3;
    near(dual['core/leaf']!['Elements exposed'], (2 * nodes) / 16);
    near(single['core/leaf']!['Elements exposed'], 0);
    // A node and its link with the leaf; dual-homed, two links for every node and no node.
    near(single['core/leaf']!['Elements hit'], (2 * nodes) / 16);
    near(dual['core/leaf']!['Elements hit'], (2 * nodes) / 16);
    // Single-homed, one leaf in 16 has the standby; the pair survives it.
    near(single['core/leaf']!['Groups exposed'], 1 / 16);
    near(dual['core/leaf']!['Groups exposed'], 0);
    near(dual['core/spine']!['Elements exposed'], 16);
  });

  test('services exposed: what the cut sets of order two say', () => {
    // dual-path stands on leaves 1 to 4 and on spines 1 and 2, single-path on the spines; voice on the nodes of its members.
    near(dual['core/leaf']!['Services exposed'], 4 / 16);
    near(dual['core/spine']!['Services exposed'], 1);
    near(dual['core/compute']!['Services exposed'], 2 / 160);
    near(dual['sbc app']!['Services exposed'], 1);
    near(dual['core/storage']!['Services exposed'], 0);
  });
});
