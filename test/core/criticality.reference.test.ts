import { describe, expect, test } from 'vitest';
import { loadScenario, measureCriticality } from '../../src/index.ts';
import { invoke } from '../cli/support.ts';

/** Reference: B-72 and NC-17 on clouds counted by hand; NC-18 for the activation of what is asked only later. */
const CLOUD = `format: carriergrade/scenario/1
catalogue:
  types:
    plain: { kind: node, failures: { hw: { rate: 0.1 / year, repair: 4 h } } }
sites:
  dc:
    nodes:
      compute: { type: plain, role: compute, count: 4, slots: 2 }
      control: { type: plain, role: control }
control:
  functions:
    vim: { on: dc/control, failures: { sw: { rate: 2 / year, restart: 1 h } } }
    sdnc: { instances: 3, quorum: 2, failures: { sw: { rate: 2 / year, restart: 1 h } } }
elements:
  spine: { kind: spine, count: 2, failures: { sw: { rate: 1 / year, restart: 1 min } } }
groups:
  vm:
    count: 8
    scheme: simplex
    instance: { guest: { kind: guest, failures: { os: { rate: 1 / year } } } }
    placement: { pools: [dc/compute] }
    detection: { coverage: 100 % }
services: { all: { structure: { all: [vm, { any: [spine] }] } } }
`;

async function measured(text: string): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const { columns, rows } = measureCriticality(await loadScenario(text));
  return Object.fromEntries(
    rows.map((row) => [row[0], Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))]),
  );
}

describe('a cloud of four nodes with two virtual machines each', () => {
  test('one compute node: 1 node and 2 machines at once, as the formula says', async () => {
    const row = (await measured(CLOUD))['dc/compute']!;
    expect(row).toMatchObject({ Elements: 4, 'Row of B-72': '7', 'Failure activation': 'immediate' });
    expect([row['Nodes'], row['Nodes (formula)']]).toEqual([1, 1]);
    expect([row['VMs'], row['VMs (formula)']]).toEqual([2, 2]);
    expect(row['OFM of all']).toBeCloseTo(0.4, 12);
    expect(row['Risk']).toBeCloseTo(0.8, 12);
    expect(row['Service share lost']).toBe(1);
  });

  test('one virtual machine: itself', async () => {
    const row = (await measured(CLOUD))['vm guest']!;
    expect(row).toMatchObject({ VMs: 1, 'VMs (formula)': 1, 'Row of B-72': '10' });
    expect(row['Elements']).toBe(8);
    expect(row['Risk']).toBeCloseTo(8, 12);
  });

  test('the control function: everything behind it, but only when a step asks while it is down', async () => {
    const rows = await measured(CLOUD);
    for (const id of ['vim', 'dc/control']) {
      expect(rows[id]).toMatchObject({
        Nodes: 4,
        VMs: 8,
        'Failure activation': 'secondary',
        'Service share lost': 0,
      });
      expect([rows[id]!['Nodes (formula)'], rows[id]!['VMs (formula)']]).toEqual([4, 8]);
    }
    // Eight members of one fault a year each, down for one hour.
    const asked = 1 - Math.exp(-8 / 8760);
    expect(rows['vim']!['Risk']).toBeCloseTo(2 * 8 * asked, 9);
  });

  test('a redundant spine and a quorum nobody asks hit nobody', async () => {
    const rows = await measured(CLOUD);
    expect(rows['spine']).toMatchObject({ VMs: 0, 'VMs (formula)': 4, 'Nodes (formula)': 2, Risk: 0 });
    expect(rows['spine']!['Failure activation']).toBe('none');
    expect(rows['sdnc']).toMatchObject({ VMs: 0, Risk: 0, 'Failure activation': 'none' });
  });

  test('ranked by risk', async () => {
    const { columns, rows } = measureCriticality(await loadScenario(CLOUD));
    const at = (name: string): number => columns.findIndex((column) => column.name === name);
    const risks = rows.map((row) => row[at('Risk')] as number);
    expect(risks).toEqual([...risks].sort((a, b) => b - a));
    expect(rows[0]![at('Rank')]).toBe(1);
  });
});

test('half a cloud: slots count as machines of a full one, members on nodes that are hit are not counted twice', async () => {
  const rows = await measured(CLOUD.replace('count: 8', 'count: 4'));
  expect(rows['dc/compute']).toMatchObject({ Nodes: 1, VMs: 2, 'VMs (formula)': 2 });
  expect(rows['vm guest']).toMatchObject({ Nodes: 0, VMs: 1 });
});

test('NC-17, rows 5, 6, 7 and 10 for 160 nodes of 20 slots: 160 / 3200, 1 / 20, 1 machine', async () => {
  const large = CLOUD.replace('count: 4, slots: 2', 'count: 160, slots: 20').replace('count: 8', 'count: 160');
  const rows = await measured(large);
  const hit = (id: string): unknown[] => ['Row of B-72', 'Nodes', 'VMs'].map((name) => rows[id]![name]);
  expect(hit('dc/control')).toEqual(['5', 160, 3200]);
  expect(hit('vim')).toEqual(['6', 160, 3200]);
  expect(hit('dc/compute')).toEqual(['7', 1, 20]);
  expect(hit('vm guest')).toEqual(['10', 0, 1]);
  for (const id of ['dc/control', 'vim', 'dc/compute', 'vm guest']) {
    expect(rows[id]!['VMs']).toBe(rows[id]!['VMs (formula)']);
  }
});

test('members without a node are machines of their own', async () => {
  const rows = await measured(CLOUD.replace('placement: { pools: [dc/compute] }', 'retry: 1 s'));
  expect(rows['vm guest']).toMatchObject({ VMs: 1, Elements: 8 });
  expect(rows['vim']).toMatchObject({ Nodes: 0, VMs: 8, 'VMs (formula)': 16 });
});

test.each([
  ['a table that is about no scenario', ['enisa', 'scenarios/active-standby.yaml'], '"enisa" is not'],
  [
    'figures for what is measured',
    ['criticality', 'scenarios/active-standby.yaml', '--network-use', '30%'],
    'needs no figures',
  ],
  ['a variant without a scenario', ['criticality', '--variant', 'x'], '--variant: goes with a scenario'],
  ['no such file', ['criticality', 'none.yaml'], 'none.yaml:1:1 error missing-file'],
])('%s is refused', async (_what, args, message) => {
  const { code, out, err } = await invoke(['table', ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});
