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
  test('one compute node: 1 node and 2 members at once, as the formula says', async () => {
    const row = (await measured(CLOUD))['dc/compute']!;
    expect(row).toMatchObject({ Elements: 4, 'Row of B-72': '7', 'Failure activation': 'immediate' });
    expect([row['Nodes'], row['Nodes (formula)']]).toEqual([1, 1]);
    expect([row['Members'], row['Members (formula)']]).toEqual([2, 2]);
    expect(row['OFM of all']).toBeCloseTo(0.4, 12);
    expect(row['Risk']).toBeCloseTo(0.8, 12);
    expect(row['Service share lost']).toBe(1);
  });

  test('one virtual machine: itself', async () => {
    const row = (await measured(CLOUD))['vm guest']!;
    expect(row).toMatchObject({ Members: 1, 'Members (formula)': 1, 'Row of B-72': '10' });
    expect(row['Elements']).toBe(8);
    expect(row['Risk']).toBeCloseTo(8, 12);
  });

  test('the control function: everything behind it, but only when a step asks while it is down', async () => {
    const rows = await measured(CLOUD);
    for (const id of ['vim', 'dc/control']) {
      expect(rows[id]).toMatchObject({
        Nodes: 4,
        Members: 8,
        'Failure activation': 'secondary',
        'Service share lost': 0,
      });
      expect([rows[id]!['Nodes (formula)'], rows[id]!['Members (formula)']]).toEqual([4, 8]);
    }
    // Eight members of one fault a year each, down for one hour.
    const asked = 1 - Math.exp(-8 / 8760);
    expect(rows['vim']!['Risk']).toBeCloseTo(2 * 8 * asked, 9);
  });

  test('a redundant spine and a quorum nobody asks hit nobody', async () => {
    const rows = await measured(CLOUD);
    expect(rows['spine']).toMatchObject({ Members: 0, 'Members (formula)': 4, 'Nodes (formula)': 2, Risk: 0 });
    expect(rows['spine']!['Failure activation']).toBe('none');
    expect(rows['sdnc']).toMatchObject({ Members: 0, Risk: 0, 'Failure activation': 'none' });
  });

  test('ranked by risk', async () => {
    const { columns, rows } = measureCriticality(await loadScenario(CLOUD));
    const at = (name: string): number => columns.findIndex((column) => column.name === name);
    const risks = rows.map((row) => row[at('Risk')] as number);
    expect(risks).toEqual([...risks].sort((a, b) => b - a));
    expect(rows[0]![at('Rank')]).toBe(1);
  });
});

test.each([
  ['a table that measures nothing', ['services', 'scenarios/active-standby.yaml'], 'only "criticality" is measured'],
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
