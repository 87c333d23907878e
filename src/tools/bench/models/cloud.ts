/** Virtual machines and slots of a node. */
export const VMS_PER_NODE = 20;
/** Members of a load-sharing group. */
const POOL_MEMBERS = 18;
/** Nodes per protection group, pairs and load-sharing groups in equal parts. */
const NODES_PER_GROUP = 2;
/** Groups a service crosses. */
const GROUPS_PER_SERVICE = 10;

/** How many of everything there are in a cloud of so many nodes; all but the spines grow with it. */
export interface CloudSize {
  readonly nodes: number;
  readonly spines: number;
  readonly leafPairs: number;
  readonly groups: number;
  readonly machines: number;
}

/** @param nodes a multiple of 4; 1 000 nodes are 64 leaves, 8 spines, 500 groups and 20 000 virtual machines. */
export function cloudSize(nodes: number): CloudSize {
  const groups = nodes / NODES_PER_GROUP;
  return { nodes, spines: 8, leafPairs: Math.ceil((nodes * 32) / 1000), groups, machines: VMS_PER_NODE * nodes };
}

/**
 * The scenario of such a cloud as text: dual-homed nodes; half of the groups are pairs, half share load over 18 members;
 * the rest of the 20 machines of each node belong to tenants, who protect themselves. Every tenth groups are a service.
 */
export function bigCloud(nodes: number): string {
  const { spines, leafPairs, groups } = cloudSize(nodes);
  const each = groups / 2;
  const tenants = VMS_PER_NODE - (each * (2 + POOL_MEMBERS)) / nodes;
  const services = Math.ceil(each / (GROUPS_PER_SERVICE / 2));
  const uses = (service: number): string => {
    const first = (service * GROUPS_PER_SERVICE) / 2 + 1;
    const numbers = Array.from({ length: GROUPS_PER_SERVICE / 2 }, (_, i) => first + i).filter((i) => i <= each);
    return numbers.map((i) => `pair-${i}, pool-${i}`).join(', ');
  };
  const node = (i: number): string => `  tenant-${i}: { type: vm, count: ${tenants}, on: core/n-${i} }`;
  return `format: carriergrade/scenario/1
name: cloud-${nodes}
simulation: { seed: k1 }
sites:
  core:
    nodes: { n: { type: compute-node, count: ${nodes}, slots: ${VMS_PER_NODE} } }
    fabric: { spines: ${spines}, leafPairs: ${leafPairs} }
elements:
${Array.from({ length: nodes }, (_, i) => node(i + 1)).join('\n')}
groups:
  pair:
    count: ${each}
    instance: { guest: { type: vm }, app: { type: vnf-app } }
    placement: { pools: [core/n] }
  pool:
    count: ${each}
    scheme: load-balanced
    members: ${POOL_MEMBERS}
    instance: { guest: { type: vm } }
    placement: { pools: [core/n] }
    state: { stateful: false }
services:
  cloud: { structure: { share: [core/n] } }
${Array.from({ length: services }, (_, i) => `  service-${i + 1}: { uses: [${uses(i)}] }`).join('\n')}
`;
}
