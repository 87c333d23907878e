import { type CloudCounts, CRITICALITY, R160, type Reach } from '../../catalogue/criticality.ts';
import type { Cell, Table } from '../../model/table.ts';

export interface CriticalityOptions {
  /** Counts that differ from those of the reference cloud R160. */
  readonly cloud?: Partial<CloudCounts>;
  /** Fraction of the guests that use network nodes and shared storage (B-73); default 1, an upper limit. */
  readonly networkUse?: number;
  readonly storageUse?: number;
  /** Outages a year and chance that one hurts a guest, by priority: adds risk = OFM × guests × activation, ranked (B-72). */
  readonly risk?: Readonly<Record<number, { readonly outagesPerYear: number; readonly activation: number }>>;
}

/** Relative criticality of infrastructure services: the formulas of the source over the counts of a cloud (NC-17). */
export function criticalityTable(options: CriticalityOptions = {}): Table {
  const cloud = { ...R160, ...options.cloud };
  const use = { networkNodes: options.networkUse ?? 1, storageNodes: options.storageUse ?? 1, spines: 1, leafs: 1 };
  const guests = cloud.computeNodes * cloud.guestsPerNode;
  const amount = (reach: Reach, all: number): number | null => {
    if (reach.kind === 'divided') return all / cloud[reach.by];
    if (reach.kind === 'at-most-divided') return (use[reach.by] * all) / cloud[reach.by];
    if (reach.kind === 'all') return all;
    if (reach.kind === 'one') return 1;
    return reach.kind === 'per-node' ? cloud.guestsPerNode : null;
  };
  const { risk } = options;
  const riskOf = (priority: number, guestsHit: number | null): number | null => {
    const weights = risk?.[priority];
    return weights === undefined ? null : weights.outagesPerYear * guestsHit! * weights.activation;
  };
  const risks = CRITICALITY.map((row) => riskOf(row.priority, amount(row.guests, guests)));
  const rank = (value: number | null): number | null =>
    value === null ? null : 1 + risks.filter((other) => other !== null && other > value).length;
  const rows = CRITICALITY.map((row, i): Cell[] => {
    const hit = amount(row.guests, guests);
    const below = row.guests.kind === 'at-most-divided' && use[row.guests.by] === 1 ? '<' : '';
    const cells: Cell[] = [
      row.priority,
      `${row.level}: ${row.impact}`,
      row.component,
      row.nodesText,
      amount(row.nodes, cloud.computeNodes),
    ];
    cells.push(row.guestsText, below, hit, row.activation);
    if (risk !== undefined) cells.push(risks[i]!, rank(risks[i]!));
    return cells;
  });
  return {
    format: 'carriergrade/table/1',
    name: 'criticality',
    title: `Relative criticality of infrastructure services, cloud ${cloud.name}`,
    columns: [
      { name: 'Pri' },
      { name: 'Class' },
      { name: 'Component' },
      { name: 'Nodes (formula)' },
      { name: 'Nodes' },
      { name: 'VMs (formula)' },
      { name: 'VMs bound' },
      { name: 'VMs' },
      { name: 'Failure activation' },
      ...(risk === undefined ? [] : [{ name: 'Risk', unit: 'guests hit/year' }, { name: 'Rank' }]),
    ],
    rows,
    notes: [
      `${cloud.name}: ${cloud.spines} spines, ${cloud.leafs} leafs, ${cloud.computeNodes} compute, ${cloud.networkNodes} network, ${cloud.storageNodes} storage and ${cloud.controlNodes} control nodes, ${cloud.guestsPerNode} guests per compute node; source ${cloud.source}.`,
      '"<": not all guests use network nodes or shared storage (B-73).',
      'Spine and leaf formulas stand for shares of the traffic; an injected fault shows who is really hit.',
      'Row 10 is listed under conditional impact although its activation is immediate: the activation decides (DX-19).',
    ],
  };
}
