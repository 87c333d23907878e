/** What the failure of one such component puts at risk, as a formula over the counts of a cloud. */
export type Reach =
  /** ~#nodes/#spines and the like: everything, divided by the number of components of this kind. */
  | { readonly kind: 'divided'; readonly by: CountedRole }
  /** <#VMs/#nnodes: the same, but only a fraction of the guests uses it (B-73). */
  | { readonly kind: 'at-most-divided'; readonly by: CountedRole }
  | { readonly kind: 'all' }
  | { readonly kind: 'one' }
  | { readonly kind: 'per-node' }
  | { readonly kind: 'none' };

export type CountedRole = 'spines' | 'leafs' | 'networkNodes' | 'storageNodes';

/** One row of the relative criticality of infrastructure services. */
export interface CriticalityRow {
  readonly priority: number;
  readonly level: 'CRITICAL' | 'MAJOR' | 'MINOR';
  readonly impact: string;
  readonly component: string;
  readonly nodes: Reach;
  readonly guests: Reach;
  /** Printed forms of the two. */
  readonly nodesText: string;
  readonly guestsText: string;
  readonly activation: string;
  readonly source: '[B] B-72';
}

/** How many of each there are in a cloud; `computeNodes` is the #nodes of the formulas. */
export interface CloudCounts {
  readonly name: string;
  readonly spines: number;
  readonly leafs: number;
  readonly computeNodes: number;
  readonly networkNodes: number;
  readonly storageNodes: number;
  readonly controlNodes: number;
  readonly guestsPerNode: number;
  readonly source: string;
}

/** The reference cloud: 16 leafs are 8 pairs; 3 200 guests. */
export const R160: CloudCounts = {
  name: 'R160',
  spines: 4,
  leafs: 16,
  computeNodes: 160,
  networkNodes: 4,
  storageNodes: 8,
  controlNodes: 3,
  guestsPerNode: 20,
  source: '[EA]',
};

const ALL: Reach = { kind: 'all' };
const ONE: Reach = { kind: 'one' };
const PER_NODE: Reach = { kind: 'per-node' };

const rows: readonly Omit<CriticalityRow, 'priority' | 'source'>[] = [
  ...(
    [
      ['Fabric - spine', 'spines', 'divided', '~#nodes/#spines', '~#VMs/#spines'],
      ['Fabric - leaf', 'leafs', 'divided', '~#nodes/#leafs', '~#VMs/#leafs'],
      ['Network node', 'networkNodes', 'at-most-divided', '~#nodes/#nnodes', '<#VMs/#nnodes'],
      ['Storage node', 'storageNodes', 'at-most-divided', '~#nodes/#snodes', '<#VMs/#snodes'],
    ] as const
  ).map(([component, by, kind, nodesText, guestsText]) => ({
    level: 'CRITICAL' as const,
    impact: 'Large & Immediate Impact',
    component,
    nodes: { kind: 'divided', by } as const,
    guests: { kind, by } as const,
    nodesText,
    guestsText,
    activation: 'Immediate for ea. Serv user',
  })),
  {
    level: 'MAJOR',
    impact: 'Large & Conditional Impact',
    component: 'Control node',
    nodes: ALL,
    guests: ALL,
    nodesText: '#nodes',
    guestsText: '#vms',
    activation: 'Secondary activation, all hosted services impacted',
  },
  {
    level: 'MAJOR',
    impact: 'Large & Conditional Impact',
    component: 'Control node, specific service',
    nodes: ALL,
    guests: ALL,
    nodesText: '#nodes',
    guestsText: '#vms',
    activation: 'Secondary activation, only specific service impacted',
  },
  {
    level: 'CRITICAL',
    impact: 'Limited Immediate Impact',
    component: 'Compute node',
    nodes: ONE,
    guests: PER_NODE,
    nodesText: '1',
    guestsText: '#vms/node',
    activation: 'Immediate',
  },
  {
    level: 'CRITICAL',
    impact: 'Limited Immediate Impact',
    component: 'Compute node critical services',
    nodes: ONE,
    guests: PER_NODE,
    nodesText: '1',
    guestsText: '#vms/node',
    activation: 'Immediate (compute, network, storage "critical path")',
  },
  {
    level: 'MAJOR',
    impact: 'Limited, Conditional Impact',
    component: 'Compute node non-critical services',
    nodes: ONE,
    guests: PER_NODE,
    nodesText: '1',
    guestsText: '#vms/node',
    activation: 'Secondary (for associated control/mgmt services)',
  },
  {
    level: 'MAJOR',
    impact: 'Limited, Conditional Impact',
    component: 'Compute node VM specific SW',
    nodes: { kind: 'none' },
    guests: ONE,
    nodesText: '(N/A)',
    guestsText: '1',
    activation: 'Immediate for associated VM (example: QEMU)',
  },
  {
    level: 'MINOR',
    impact: 'No direct service impact',
    component: 'Supplementary Services',
    nodes: ALL,
    guests: ALL,
    nodesText: '#nodes',
    guestsText: '#vms',
    activation:
      'No direct activation mechanism that impact quest availability state (e.g. GUI/CLI services not used by automated processes)',
  },
];

/** The 11 rows in the order of their priority, wording of the source kept. */
export const CRITICALITY: readonly CriticalityRow[] = rows.map((row, i) => ({
  priority: i + 1,
  ...row,
  source: '[B] B-72',
}));
