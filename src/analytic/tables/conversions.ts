import { PRINTED_NUMBERS, type PrintedNumber } from '../../catalogue/printed-numbers.ts';
import { UPGRADE_BUDGETS } from '../../catalogue/upgrade-budgets.ts';
import type { Cell, Table } from '../../model/table.ts';
import { nines, SECONDS_PER_YEAR } from '../../model/time.ts';
import {
  chainUnavailability,
  dpm,
  failuresInTime,
  mtbfOfOutages,
  outagesPerYear,
  seriesUnavailability,
  unavailabilityOfTimes,
} from './formulas.ts';

/** One number of the source documents or of the numeric checks, recomputed. */
export interface Conversion {
  readonly check: string;
  readonly quantity: string;
  readonly exact: number;
  readonly unit?: string;
  readonly printed?: PrintedNumber;
  readonly note?: string;
}

/** The value with as many decimals as the printed number, in its style (no leading zero where it has none). */
export function toPrintedDigits(value: number, printed: string): string {
  const point = printed.indexOf('.');
  const text = value.toFixed(point < 0 ? 0 : printed.length - point - 1);
  return printed.startsWith('.') ? text.replace(/^0/, '') : text;
}

/** NC-01 … NC-07, NC-12, NC-13, NC-46. */
export function conversions(): readonly Conversion[] {
  const p = PRINTED_NUMBERS;
  const five = 1e-5;
  const six = 1e-6;
  const series = chainUnavailability(3, five);
  const added = 3 * dpm(five);
  const chain = seriesUnavailability([1e-3 * 1e-3, six, six]);
  return [
    { check: 'NC-01', quantity: 'DPM of 0.99999', exact: dpm(five), unit: 's/year', printed: p.fiveNinesDpm },
    { check: 'NC-01', quantity: 'DPM of 0.99999', exact: dpm(five) / 60, unit: 'min/year' },
    { check: 'NC-01', quantity: 'DPM of 0.999999', exact: dpm(six), unit: 's/year' },
    {
      check: 'NC-02',
      quantity: '(1 − 0.99999) × 31 536 000 in binary floating point',
      // Deliberately the naive expression: an echo of how the source's digits came about.
      exact: (1 - 0.99999) * SECONDS_PER_YEAR,
      unit: 's/year',
      printed: p.allocationTotal,
      note: 'rounding of 1 − 0.99999; the value is 315.36 (DX-01)',
    },
    { check: 'NC-03', quantity: 'A of three 0.99999 in series', exact: 1 - series, printed: p.seriesAvailability },
    {
      check: 'NC-03',
      quantity: 'DPM of three 0.99999 in series',
      exact: dpm(series),
      unit: 's/year',
      printed: p.seriesDpm,
      note: '946.08 from the rounded A (DX-04)',
    },
    { check: 'NC-03', quantity: 'nines of three 0.99999 in series', exact: nines(series) },
    { check: 'NC-04', quantity: 'sum of the three DPM', exact: added, unit: 's/year' },
    { check: 'NC-04', quantity: 'sum minus exact series DPM', exact: added - dpm(series), unit: 's/year' },
    {
      check: 'NC-04',
      quantity: 'series DPM over the 0.99999 target',
      exact: series / five,
      note: 'the source says "one third of the target": it is three times the target (DX-02)',
    },
    { check: 'NC-05', quantity: 'A of a pair of 0.999', exact: 1 - 1e-3 * 1e-3, printed: p.pairAvailability },
    { check: 'NC-05', quantity: 'DPM of a pair of 0.999', exact: dpm(1e-3 * 1e-3), unit: 's/year' },
    { check: 'NC-06', quantity: 'A of pair × NFVI+VIM × MANO', exact: 1 - chain, printed: p.chainAvailability },
    {
      check: 'NC-06',
      quantity: 'DPM of that chain',
      exact: dpm(chain),
      unit: 's/year',
      note: '94.608 from the rounded A (DX-04)',
    },
    { check: 'NC-06', quantity: 'nines of that chain', exact: nines(chain) },
    {
      check: 'NC-07',
      quantity: '10 % of the 0.99999 DPM',
      exact: 0.1 * dpm(five),
      unit: 's/year',
      printed: p.downtimeTarget,
    },
    { check: 'NC-07', quantity: 'nines of 31.5 s/year', exact: nines(31.5 / SECONDS_PER_YEAR) },
    ...UPGRADE_BUDGETS.map((budget) => ({
      check: 'NC-12',
      quantity: `monthly updates: ${budget.text.replace(/^Less/, 'less')}, each`,
      exact: budget.secondsPerYear / 12,
      unit: 's',
    })),
    { check: 'NC-13', quantity: 'MTBF of OFM 0.05', exact: mtbfOfOutages(0.05), unit: 'h' },
    { check: 'NC-13', quantity: 'MTBF of OFM 1', exact: mtbfOfOutages(1), unit: 'h' },
    { check: 'NC-13', quantity: 'FIT of MTBF 100 000 h', exact: failuresInTime(100_000), unit: '1/1e9 h' },
    { check: 'NC-46', quantity: 'A of MTBF 999 h, MTTR 1 h', exact: 1 - unavailabilityOfTimes(999, 1) },
    {
      check: 'NC-46',
      quantity: 'DPM of MTBF 999 h, MTTR 1 h',
      exact: dpm(unavailabilityOfTimes(999, 1)),
      unit: 's/year',
    },
    { check: 'NC-46', quantity: 'OFM, exact: 8 760/(MTBF + MTTR)', exact: outagesPerYear(999, 1), unit: '1/year' },
    {
      check: 'NC-46',
      quantity: 'OFM by the source: 8 760/MTBF',
      exact: mtbfOfOutages(999),
      unit: '1/year',
      note: 'the source uses MTBF once as up time and once as time between outages; they differ by A (DX-05)',
    },
  ];
}

/** Conversions between nines, downtime, MTBF, OFM and FIT with every number the source prints (NC-01 … NC-13, NC-46). */
export function conversionsTable(): Table {
  return {
    format: 'carriergrade/table/1',
    name: 'conversions',
    title: 'Conversions and printed numbers',
    columns: [
      { name: 'Check' },
      { name: 'Quantity' },
      { name: 'Value' },
      { name: 'Unit' },
      { name: 'Printed' },
      { name: 'To printed digits' },
      { name: 'Place' },
      { name: 'Remark' },
    ],
    rows: conversions().map(({ check, quantity, exact, unit, printed, note }): Cell[] => [
      check,
      quantity,
      Number(exact.toPrecision(15)),
      unit ?? null,
      printed?.printed ?? null,
      printed === undefined ? null : toPrintedDigits(exact, printed.printed),
      printed?.place ?? null,
      note ?? null,
    ]),
    notes: [
      'Year of 365 days, 31 536 000 s. MTBF is mean up time; OFM = 8 760/(MTBF + MTTR).',
      'NC-08 and NC-09 are in the table allocation, NC-10 and NC-11 in enisa, NC-12 in full in upgrade-budgets.',
    ],
  };
}
