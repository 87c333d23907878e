/** Virtual machines of tenants on each node, besides the groups. */
const TENANTS_PER_NODE = 10;

/** A cloud of two-level protection in one room: half as many pairs as nodes, in place or rebuilt anywhere. */
export interface LargeCloud {
  readonly nodes: number;
  /** Members come back on their own node, or on any node of the pool. */
  readonly replacement: 'in-place' | 'pool';
}

/** Elements of such a cloud: site, three control functions, nodes, tenants, and two layers of two members of each pair. */
export const elementsOf = ({ nodes }: LargeCloud): number => 4 + nodes * (1 + TENANTS_PER_NODE) + (nodes / 2) * 4;

/** The scenario as text; its service is about the first pair. */
export function largeCloud({ nodes, replacement }: LargeCloud): string {
  return `format: carriergrade/scenario/1
name: large-${nodes}
simulation: { seed: k1, years: 1, histories: 2 }
sites:
  core:
    nodes: { n: { type: compute-node, count: ${nodes}, slots: 20 } }
elements:
  tenant: { type: vm, count: ${nodes * TENANTS_PER_NODE} }
groups:
  pair:
    count: ${nodes / 2}
    instance: { guest: { type: vm }, app: { type: vnf-app } }
    placement: { pools: [core/n], replacement: ${replacement}, antiAffinity: { level: node, hard: true } }
services:
  one: { uses: [pair-1], minOutageThreshold: 0 s }
`;
}
