import { ALLOCATION_SPLIT } from '../../catalogue/allocation-split.ts';
import { INCIDENTS_2015, type IncidentCategory } from '../../catalogue/enisa.ts';
import type { Cell, Table } from '../../model/table.ts';

/** What the table needs of a category. */
export type Incidents = Pick<IncidentCategory, 'name' | 'percent' | 'thousandSubscribers' | 'mttrHours'>;

export interface EnisaOptions {
  /** Another year's incidents; default 2015 as in the source. */
  readonly categories?: readonly Incidents[];
}

/** Risk priority number: share of incidents × subscribers × duration / 100 (B-45). */
export function riskPriority(category: Incidents): number {
  return (category.percent * category.thousandSubscribers * category.mttrHours) / 100;
}

/** Weighted allocation check against the incidents reported to ENISA (B-45, B-46, NC-10, NC-11). */
export function enisaTable(options: EnisaOptions = {}): Table {
  const categories: readonly Incidents[] = options.categories ?? INCIDENTS_2015;
  const rpn = categories.map(riskPriority);
  const total = rpn.reduce((a, b) => a + b, 0);
  const share = (i: number): number => (100 * rpn[i]!) / total;
  return {
    format: 'carriergrade/table/1',
    name: 'enisa',
    title: `Weighted allocation check${options.categories === undefined ? ' (ENISA 2015)' : ''}`,
    columns: [
      { name: 'Category' },
      { name: '%tot', unit: '%' },
      { name: 'Iavg', unit: 'thousand subscribers' },
      { name: 'MTTR', unit: 'h' },
      { name: 'RPN', decimals: 0 },
      { name: 'RPN%', unit: '%', decimals: 2 },
    ],
    rows: [
      ...categories.map((c, i): Cell[] => [c.name, c.percent, c.thousandSubscribers, c.mttrHours, rpn[i]!, share(i)]),
      ['Total', Number(categories.reduce((sum, c) => sum + c.percent, 0).toFixed(6)), null, null, total, 100],
    ],
    notes: [
      'RPN = %tot × Iavg × MTTR / 100; RPN% = RPN / Σ RPN (B-45).',
      ...(options.categories === undefined ? seedNotes(share(0)) : []),
    ],
  };
}

/** What the source concludes from its own data, and where those differ from what was published. */
function seedNotes(system: number): string[] {
  const network = ALLOCATION_SPLIT.reduce((sum, { name, percent }) => (name === 'OPER' ? sum : sum + percent), 0);
  return [
    `Network elements: ${INCIDENTS_2015[0]!.percent} % of incidents ("approximately 70 %"), ${system.toFixed(2)} % when weighted, against ${network} % of the allocation; external and operator: ${(100 - system).toFixed(2)} % against ${100 - network} % (B-46).`,
    'ENISA’s own publications for 2015 give malicious acts 2.5 % of incidents and system failures 70 %; the shares of malicious acts and natural phenomena look exchanged in the source. The table keeps the printed shares.',
  ];
}
