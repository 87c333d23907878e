import { R160 } from './criticality.ts';

/** Sites by name as a scenario file writes them, to be laid below what the file says about its own. */
export const TOPOLOGIES: Readonly<Record<string, unknown>> = {
  /** The reference cloud: 4 spines, 8 MLAG pairs of leaves, 160 compute nodes of 20 virtual machines. */
  R160: {
    fabric: { kind: 'leaf-spine', spines: R160.spines, leafPairs: R160.leafs / 2, source: R160.source },
    nodes: {
      compute: { type: 'compute-node', count: R160.computeNodes, slots: R160.guestsPerNode },
      network: { type: 'network-node', count: R160.networkNodes },
      storage: { type: 'storage-node', count: R160.storageNodes },
      control: { type: 'control-node', count: R160.controlNodes },
      source: R160.source,
    },
    source: R160.source,
  },
  /** Three mini-PCs, each the only one of its kind: controller with VNFM and VIM, compute node, monitoring server. */
  'k-one-testbed': {
    nodes: {
      controller: { type: 'control-node', count: 1 },
      compute: { type: 'compute-node', count: 1, slots: 4 },
      monitor: { type: 'monitor-node', count: 1 },
      source: '[A] A-44; slots [EA]',
    },
    source: '[A] A-44, figure 24',
  },
};
