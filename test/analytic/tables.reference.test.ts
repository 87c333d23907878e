import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainNinesTable, unavailabilityOfNines, zoneOf } from '../../src/analytic/tables/chains.ts';
import { poissonTail, sparesNeeded } from '../../src/analytic/tables/formulas.ts';
import { buildTable, TABLES } from '../../src/analytic/tables/index.ts';
import { PRINTED_ALLOCATION } from '../../src/catalogue/allocation-split.ts';
import { CHAIN_ZONES } from '../../src/catalogue/chain-zones.ts';
import { INCIDENTS_2015, INCIDENTS_2015_TOTAL } from '../../src/catalogue/enisa.ts';
import { InputError } from '../../src/model/problem.ts';
import { cellText, type Table } from '../../src/model/table.ts';
import { CHAIN_DPM_BODY, CHAIN_NINES_BODY } from './chain-bodies.ts';

const printed = (table: Table): string[][] =>
  table.rows.map((row) => row.map((cell, i) => cellText(cell, table.columns[i]!)));
const column = (table: Table, name: string): string[] => {
  const i = table.columns.findIndex((c) => c.name === name);
  return printed(table).map((row) => row[i]!);
};

describe('reference: chain tables (B-41, B-43, NC-16)', () => {
  it.each([
    ['chain-nines', CHAIN_NINES_BODY],
    ['chain-dpm', CHAIN_DPM_BODY],
  ])('%s: every cell', (name, body) => {
    const expected = body
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    expect(printed(buildTable(name))).toEqual(expected);
  });

  it('zones follow the unavailability: five nines in ten stages of pairs of .999 just make it (NC-15)', () => {
    const { zones, rows } = chainNinesTable();
    const at = (n: number, nines: number) => zones![rows.findIndex((row) => row[0] === n)]![nines - 2];
    expect([at(1, 5), at(10, 6), at(12, 6), at(1, 6), at(2, 4), at(1, 3)]).toEqual([
      'light green',
      'light green',
      'yellow',
      'dark green',
      'red',
      'red',
    ]);
    expect(zoneOf(1.0000001e-5, CHAIN_ZONES)).toBe('yellow');
  });

  it('long form holds the same points, ready to plot', () => {
    const long = chainNinesTable({ form: 'long', lengths: [1, 10], elementNines: [5, 6] });
    expect(printed(long)).toEqual([
      ['1', '5', '5.00', '315.36', 'light green'],
      ['1', '6', '6.00', '31.54', 'dark green'],
      ['10', '5', '4.00', '3153.46', 'yellow'],
      ['10', '6', '5.00', '315.36', 'light green'],
    ]);
  });

  it('law: a chain is never better than one element and never worse than the sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 1, max: 10, noNaN: true }), (length, k) => {
        const [row] = chainNinesTable({ lengths: [length], elementNines: [k] }).rows;
        const nines = row![1] as number;
        expect(nines).toBeLessThanOrEqual(k + 1e-12);
        expect(nines).toBeGreaterThanOrEqual(k - Math.log10(length) - 1e-12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('whole nines are exact', () => {
    expect([3, 4, 5, 6, 7, 8, 9].map(unavailabilityOfNines)).toEqual([1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9]);
    expect(unavailabilityOfNines(4.5)).toBeCloseTo(3.1622776601683795e-5, 18);
  });
});

describe('reference: the other tables', () => {
  it('allocation: every printed cell (B-44, NC-08, NC-09)', () => {
    const table = buildTable('allocation');
    PRINTED_ALLOCATION.forEach((row, i) => {
      const [total, ...blocks] = printed(table).slice(6 * i, 6 * i + 6);
      expect(total!.slice(0, 2)).toEqual([`${row.target}`, 'Total']);
      expect(total![3]).toBe(Number(row.dpm).toFixed(2));
      expect(blocks.map((cells) => cells[3])).toEqual(row.blockDpm);
      expect(blocks.map((cells) => cells[4])).toEqual(row.availability);
      expect(blocks.map((cells) => cells[5])).toEqual(row.nines);
    });
  });

  it('ENISA: RPN and RPN% as printed, totals and conclusions (B-45, B-46, NC-10, NC-11)', () => {
    const table = buildTable('enisa');
    expect(column(table, 'RPN')).toEqual([...INCIDENTS_2015.map((c) => c.printedRpn), INCIDENTS_2015_TOTAL.printedRpn]);
    expect(column(table, 'RPN%').slice(0, 4)).toEqual(INCIDENTS_2015.map((c) => c.printedRpnPercent));
    expect(table.rows[4]![1]).toBe(100);
    expect(table.rows[4]![4]).toBeCloseTo(34_140.2, 9);
    const exact = table.rows.map((row) => row[5] as number);
    [80.6088, 8.0087, 11.0134, 0.3691].forEach((share, i) => {
      expect(exact[i]).toBeCloseTo(share, 4);
    });
    expect(table.notes!.join(' ')).toContain('68.8 %');
    expect(table.notes!.join(' ')).toContain('19.39 % against 20 %');
  });

  it('criticality of R160 (B-72, NC-17)', () => {
    const table = buildTable('criticality');
    expect(column(table, 'Nodes')).toEqual(['40', '10', '40', '20', '160', '160', '1', '1', '1', '', '160']);
    const guests = printed(table).map((row) => `${row[6]}${row[7]}`);
    expect(guests).toEqual(['800', '200', '<800', '<400', '3200', '3200', '20', '20', '20', '1', '3200']);
  });

  it('criticality with usage fractions and risk (B-72, B-73)', () => {
    const table = buildTable('criticality', { networkUse: 0.3, risk: { 3: { outagesPerYear: 0.5, activation: 1 } } });
    expect(printed(table)[2]!.slice(6, 8)).toEqual(['', '240']);
    expect(table.rows[2]!.slice(-2)).toEqual([120, 1]);
    expect(table.rows[0]!.slice(-2)).toEqual([null, null]);
  });

  it('services: 33 rows and their counts (B-79, NC-47)', () => {
    const table = buildTable('services');
    expect(table.rows).toHaveLength(33);
    expect(table.notes![0]).toContain(
      'runtime 15 Critical, 14 Major, 3 Minor, 1 N/A; upgrade 16 Critical, 13 Major, 4 Minor',
    );
    expect(printed(table)[6]).toEqual(['7', 'Glance', 'Minor', 'Minor', '', 'spawn', 'Major']);
  });

  it('monitoring tools, three by five (A-29)', () => {
    expect(printed(buildTable('monitoring-tools'))).toEqual([
      ['Zabbix', 'Yes', 'Yes', 'Full Control', 'Yes', 'Yes'],
      ['Nagios', 'Yes', 'Yes', 'Viewing', 'Yes', 'Yes Or Via Plugin'],
      ['Ceilometer', 'No', 'Yes', 'Full Control', 'No', 'Yes'],
    ]);
  });

  it('upgrade budgets, monthly (B-76, B-77, NC-12, NC-48)', () => {
    const table = buildTable('upgrade-budgets');
    expect(table.rows.map((row) => row[4])).toEqual([0.25, 1.25, 25, 25, 150]);
    expect(column(table, 'Of 31.536 s/year').slice(0, 2)).toEqual(['9.51', '47.56']);
    expect(table.notes!.join(' ')).toContain('57.08 %');
    expect(buildTable('upgrade-budgets', { updatesPerYear: 4 }).rows[0]![4]).toBe(0.75);
  });

  it('fault-management timeline (B-71, NC-32)', () => {
    const table = buildTable('fm-timeline');
    expect(table.rows.map((row) => row[4])).toEqual([0.045, 0.045, 0.045, 0.045]);
    expect(table.rows.map((row) => row[5])).toEqual([180.045, 180.01, 14_580.045, 14_580.01]);
    expect(table.rows.every((row) => row[7] === 'yes')).toBe(true);
    const durations = { detection: 0.01, notification: 0.01, remediation: 0.03, recovery: 1, repair: 1 };
    expect(buildTable('fm-timeline', { durations }).rows[0]![7]).toBe('no');
  });

  it('spares of a fleet: the normal approximation of the Poisson law, and the exact tail at both of its ends', () => {
    const fleet = buildTable('spares', { spares: { nodes: 1e6 } });
    fleet.rows.forEach(([, , mean, spares, risk]) => {
      // z(1e-3) = 3.0902; the skewness of the law adds (z² − 1)/6.
      const expected = (mean as number) + 3.0902 * Math.sqrt(mean as number) + (3.0902 ** 2 - 1) / 6;
      expect(Math.abs((spares as number) - expected)).toBeLessThan(1.5);
      expect(risk as number).toBeLessThanOrEqual(1e-3);
      expect(risk as number).toBeGreaterThan(0.9e-3);
    });
    expect(poissonTail(1e4, 9_999)).toBeCloseTo(0.5, 2);
    expect(poissonTail(0.1, 0)).toBeCloseTo(1 - Math.exp(-0.1), 15);
    expect(poissonTail(5, 1)).toBeCloseTo(1 - 6 * Math.exp(-5), 15);
    expect(sparesNeeded(1e-9, 1e-3)).toBe(0);
  });

  it('sample sizes (NC-27) and spares (NC-28)', () => {
    expect(column(buildTable('sample-sizes'), 'Trials')).toEqual(['299', '2995', '29956', '299572']);
    const spares = buildTable('spares');
    expect(column(spares, 'Spares')).toEqual(['2', '3', '6']);
    expect(spares.rows.map((row) => (row[4] as number).toExponential(1))).toEqual(['1.4e-4', '9.0e-4', '3.2e-4']);
  });

  it('conversions: what is printed is reproduced to the printed digits (NC-01 … NC-07)', () => {
    const rows = printed(buildTable('conversions')).filter((row) => row[4] !== '');
    expect(rows).toHaveLength(7);
    for (const row of rows) expect(row[5]).toBe(row[4]);
  });
});

describe('registry', () => {
  it.each(Object.keys(TABLES))('%s is well formed', (name) => {
    const table = buildTable(name);
    expect(table.format).toBe('carriergrade/table/1');
    expect(table.name).toBe(name);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    if (table.zones !== undefined)
      expect(table.zones.map((row) => row.length)).toEqual(table.rows.map((row) => row.length));
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });

  it('the index lists them all', () => {
    expect(buildTable('index').rows.map((row) => row[0])).toEqual(Object.keys(TABLES));
  });

  it('an unknown name fails with the nearest one and the list', () => {
    try {
      buildTable('chain-nine');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      const [problem] = (error as InputError).problems;
      expect(problem!.message).toBe("there is no table 'chain-nine'; did you mean 'chain-nines'?");
      expect(problem!.hint).toContain('fm-timeline');
    }
    expect(() => buildTable('toString')).toThrowError("there is no table 'toString'");
  });
});
