import { expect, test } from 'vitest';
import { TABLE_OPTIONS } from '../../src/cli/table-options.ts';
import { tableNames } from '../../src/index.ts';
import type { Table } from '../../src/model/table.ts';
import { invoke } from './support.ts';

async function tabled(...args: readonly string[]): Promise<Table> {
  const { code, out, err } = await invoke(['table', ...args, '--format', 'json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Table;
}

const column = ({ columns, rows }: Table, name: string): readonly unknown[] => {
  const i = columns.findIndex((each) => each.name === name);
  return rows.map((row) => row[i]);
};

test('without a name it lists all tables', async () => {
  expect(column(await tabled(), 'Name')).toEqual(tableNames());
});

test.each([...tableNames()])('%s prints in every format', async (name) => {
  for (const format of ['table', 'csv', 'markdown']) {
    const { code, out, err } = await invoke(['table', name, '--format', format]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').length).toBeGreaterThan(3);
    expect(out).not.toMatch(/NaN|undefined|\[object/);
  }
});

test('CSV has unrounded numbers, the table the printed ones', async () => {
  const options = ['table', 'chain-nines', '--lengths', '10', '--element-nines', '6'];
  expect((await invoke([...options, '--format', 'csv'])).out).toBe('N,6 nines\n10,5.00000195432435\n');
  expect((await invoke(options)).out).toContain('\n10     5.00\n');
});

test('zones are colours on a terminal, by the unavailability (NC-15)', async () => {
  const args = ['table', 'chain-nines', '--lengths', '10', '--element-nines', '5,6'];
  const { out } = await invoke(args, { terminal: 80 });
  expect(out).toContain('\u001b[33m4.00\u001b[39m');
  expect(out).toContain('\u001b[32m5.00\u001b[39m');
  const own = await tabled(...args.slice(1), '--zones', 'poor=0,fine=5');
  expect(own.zones).toEqual([[null, 'poor', 'fine']]);
});

test('any topology has its criticality (B-72), with the risk where outages are given', async () => {
  const table = await tabled(
    'criticality',
    '--topology',
    'spines=2,leafs=8,compute=64,guests=10',
    '--outages',
    '1=0.1,5=0.5:0.01',
  );
  expect(column(table, 'VMs').slice(0, 2)).toEqual([320, 80]);
  expect(column(table, 'Risk').slice(0, 5)).toEqual([32, null, null, null, 3.2]);
  expect(column(table, 'Rank').slice(0, 5)).toEqual([1, null, null, null, 2]);
  const used = await tabled('criticality', '--topology', 'R160', '--network-use', '30%', '--storage-use', '50 %');
  expect(column(used, 'VMs').slice(2, 4)).toEqual([240, 200]);
  expect(column(used, 'VMs bound').slice(2, 4)).toEqual(['', '']);
});

test('options of the other tables', async () => {
  expect(column(await tabled('upgrade-budgets', '--updates', '4'), 'Per update')[0]).toBe(0.75);
  const timeline = await tabled('fm-timeline', '--times', 'detection=5ms,recovery=2min', '--failures', '4');
  expect(column(timeline, 'Redundant')[0]).toBe(120.04);
  expect(timeline.notes![0]).toContain('detection, recovery as stated, the rest [EA]');
  expect(column(await tabled('sample-sizes', '--success', '99 %,4 nines', '--confidence', '99%'), 'Trials')).toEqual([
    459, 46_050,
  ]);
  const spares = await tabled(
    'spares',
    '--nodes',
    '500',
    '--node-outages',
    '0.1',
    '--risk',
    '1%',
    '--visits',
    'monthly=1month',
  );
  expect(spares.rows).toHaveLength(1);
  expect(spares.rows[0]!.slice(0, 4)).toEqual(['monthly', 730, (500 * 0.1 * 730) / 8_760, 10]);
  const incidents = await tabled('enisa', '--incidents', 'system=80:1000:10,human=20:500:5');
  expect(column(incidents, 'RPN')).toEqual([8000, 500, 8500]);
  const blocks = await tabled('allocation', '--target', '99.99%', '--split', 'a=25,b=75');
  expect(column(blocks, 'DPM').map((dpm) => Number((dpm as number).toPrecision(14)))).toEqual([3153.6, 788.4, 2365.2]);
  expect((await tabled('chain-dpm', '--form', 'long', '--lengths', '1,2')).rows).toHaveLength(14);
});

test.each(TABLE_OPTIONS.map((option) => [option.name, option] as const))(
  '--%s is refused by tables that do not read it, and named when its value is wrong',
  async (name, { tables }) => {
    expect(tables.every((table) => tableNames().includes(table))).toBe(true);
    const other = await invoke(['table', 'services', `--${name}`, '1']);
    expect(other).toMatchObject({ code: 2, out: '' });
    expect(other.err).toContain(`--${name}: goes with ${tables.join(', ')}, not with services`);
    const wrong = await invoke(['table', tables[0]!, `--${name}`, name === 'split' ? 'a=?' : '?']);
    expect(wrong).toMatchObject({ code: 2, out: '' });
    expect(wrong.err).toMatch(new RegExp(`--${name}|'a=\\?' is not of the form NAME=PERCENT`));
  },
);

test.each([
  ['a table that does not exist', ['chain-nine'], "there is no table 'chain-nine'; did you mean 'chain-nines'?"],
  ['an unknown name keeps its message with options', ['chain-nine', '--lengths', '1'], "did you mean 'chain-nines'?"],
  ['no elements', ['chain-nines', '--lengths', '0'], '--lengths: expected a whole number above 0, got "0"'],
  ['an unknown count', ['criticality', '--topology', 'spine=2'], 'counts are spines, leafs, compute'],
  ['a priority that does not exist', ['criticality', '--outages', '12=1'], 'a priority from 1 to 11'],
  ['an unknown duration', ['fm-timeline', '--times', 'detect=5ms'], 'durations are detection, notification'],
  ['a time without a unit', ['fm-timeline', '--times', 'detection=5'], '--times detection: expected a time such as'],
  [
    'an incident with two numbers',
    ['enisa', '--incidents', 'a=1:2'],
    'expected NAME=PERCENT:THOUSAND:HOURS, got "a=1:2"',
  ],
  ['a success nobody can demonstrate', ['sample-sizes', '--success', '100 %'], 'cannot be demonstrated'],
  ['a confidence of nothing', ['sample-sizes', '--confidence', '0'], '--confidence: expected a share between 0 and 1'],
])('%s ends in exit code 2 and says so', async (_what, args, message) => {
  const { code, out, err } = await invoke(['table', ...args]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(err).not.toMatch(/internal error|\n\s+at /);
});
