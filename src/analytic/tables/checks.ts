import { PRINTED_ALLOCATION } from '../../catalogue/allocation-split.ts';
import { INCIDENTS_2015, INCIDENTS_2015_TOTAL } from '../../catalogue/enisa.ts';
import type { AllocatedBlock, AllocationRow } from '../../model/allocation.ts';
import type { Cell, Table } from '../../model/table.ts';
import { allocate } from '../allocation/allocate.ts';
import { DEFAULT_SPLIT } from './allocation.ts';
import { type Conversion, conversions, toPrintedDigits } from './conversions.ts';
import { derivedChecks } from './derived-checks.ts';
import { riskPriority } from './enisa.ts';
import { dpm, seriesUnavailability } from './formulas.ts';

/** A number of a table of the source documents. */
function printedIn(place: string, check: string, quantity: string, exact: number, printed: string): Conversion {
  return { check, quantity, exact, printed: { check, place, printed, source: `[B] ${check}` } };
}

/** The allocation table cell by cell, with what its rounding does to the sums (NC-08, NC-09). */
function allocationChecks(): readonly Conversion[] {
  const { rows } = allocate([1e-5, 1e-6], DEFAULT_SPLIT);
  return PRINTED_ALLOCATION.flatMap((printed, i) => {
    const row = rows[i]!;
    const check = i === 0 ? 'NC-08' : 'NC-09';
    const cell = (block: AllocatedBlock, what: string, exact: number, text: string): Conversion =>
      printedIn('allocation table', check, `${row.target}: ${block.name} ${what}`, exact, text);
    return [
      ...row.blocks.map((block, b) => cell(block, 'DPM', block.dpm, printed.blockDpm[b]!)),
      ...row.blocks.map((block, b) => cell(block, 'availability', block.availability, printed.availability[b]!)),
      ...row.blocks.map((block, b) => cell(block, 'nines', block.nines, printed.nines[b]!)),
      ...sums(check, row, printed.blockDpm),
    ];
  });
}

function sums(check: string, { target, blocks }: AllocationRow, cells: readonly string[]): readonly Conversion[] {
  const rounded = cells.reduce((sum, cell) => sum + Number(cell), 0);
  const product = seriesUnavailability(blocks.map(({ unavailability }) => unavailability));
  return [
    {
      check,
      quantity: `${target}: sum of the rounded cells`,
      exact: rounded,
      unit: 's/year',
      note: 'not the total: cells are rounded one by one (DX-03)',
    },
    { check, quantity: `${target}: DPM of the product of the availabilities`, exact: dpm(product), unit: 's/year' },
  ];
}

/** The weighted allocation check, cell by cell, and what the source concludes from it (NC-10, NC-11). */
function incidentChecks(): readonly Conversion[] {
  const rpn = INCIDENTS_2015.map(riskPriority);
  const total = rpn.reduce((sum, each) => sum + each, 0);
  const cell = (name: string, exact: number, text: string): Conversion =>
    printedIn('weighted allocation check', 'NC-10', name, exact, text);
  const system = (100 * rpn[0]!) / total;
  return [
    ...INCIDENTS_2015.map(({ name, printedRpn }, i) => cell(`${name}: RPN`, rpn[i]!, printedRpn)),
    cell('total RPN', total, INCIDENTS_2015_TOTAL.printedRpn),
    ...INCIDENTS_2015.map(({ name, printedRpnPercent }, i) =>
      cell(`${name}: RPN%`, (100 * rpn[i]!) / total, printedRpnPercent),
    ),
    {
      check: 'NC-11',
      quantity: 'network elements, unweighted',
      exact: INCIDENTS_2015[0]!.percent,
      unit: '%',
      note: '"approximately 70 %"',
    },
    { check: 'NC-11', quantity: 'network elements, weighted', exact: system, unit: '%', note: '"approximately 80 %"' },
    {
      check: 'NC-11',
      quantity: 'operator and external, weighted',
      exact: 100 - system,
      unit: '%',
      note: 'against 20 % of the allocation',
    },
  ];
}

/** Every printed number of the source documents and every numeric check that is a formula, recomputed. */
export function checksTable(): Table {
  const all = [...conversions(), ...allocationChecks(), ...incidentChecks(), ...derivedChecks()];
  // Stable: within a check the order stays.
  const rows = [...all].sort((a, b) => (a.check < b.check ? -1 : a.check > b.check ? 1 : 0));
  const equal = ({ exact, printed }: Conversion): string => {
    if (printed === undefined) return '';
    return toPrintedDigits(exact, printed.printed) === printed.printed ? 'yes' : 'no';
  };
  return {
    format: 'carriergrade/table/1',
    name: 'checks',
    title: 'Printed numbers and numeric checks, recomputed',
    columns: [
      { name: 'Check' },
      { name: 'Quantity' },
      { name: 'Value' },
      { name: 'Unit' },
      { name: 'Printed' },
      { name: 'Equal' },
      { name: 'Remark' },
    ],
    rows: rows.map((row): Cell[] => [
      row.check,
      row.quantity,
      Number(row.exact.toPrecision(13)),
      row.unit ?? null,
      row.printed?.printed ?? null,
      equal(row),
      row.note ?? null,
    ]),
    notes: [
      'Equal: the value rounded to the digits that are printed is what is printed.',
      'NC-16 are the tables chain-nines and chain-dpm, NC-17 criticality, NC-32 fm-timeline. What needs a simulation (NC-19 to NC-26, NC-29 to NC-37, NC-43) is not in this table.',
      'Where a source differs from itself or from its arithmetic: table discrepancies.',
    ],
  };
}
