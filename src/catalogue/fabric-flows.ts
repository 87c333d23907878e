import type { Flow, Step } from '../model/flow.ts';

/**
 * How a fabric goes round what has failed, as data. No instance is replaced: a switch or link comes back by its own
 * repair, and carries traffic again at once.
 */

const localisePath: Step = {
  id: 'localise',
  by: 'path monitor',
  duration: { kind: 'deterministic', value: 0 },
  needs: [],
  effects: ['none'],
  mark: 'localised',
  phase: 'localisation',
};

/** Left out in fabrics whose backup paths are computed beforehand. */
export const computePath: Step = {
  id: 'compute-path',
  by: 'sdnc',
  duration: 'pathComputation',
  needs: ['sdnc'],
  effects: ['none'],
  phase: 'remediation',
};

/** Left out in fabrics that allocate the resources of their backup paths beforehand. */
export const allocatePath: Step = {
  id: 'allocate-path',
  by: 'vim',
  duration: 'allocation',
  needs: ['vim'],
  effects: ['none'],
  phase: 'remediation',
};

const reroute: Step = {
  id: 'reroute',
  by: 'fabric',
  duration: 'reroute',
  needs: [],
  effects: ['evict'],
  mark: 'restored',
  phase: 'remediation',
};

const switchBond = (by: string): Step => ({
  ...reroute,
  id: 'switch-bond',
  by,
  duration: 'bondSwitch',
  effects: ['promote', 'connect'],
});

const flows: readonly Flow[] = [
  {
    id: 'FL-17',
    title: 'Fabric: the paths that are left take over the traffic of those that are gone',
    source: '[B] B-48, B-95',
    remediation: [localisePath, computePath, allocatePath, reroute],
    recovery: [],
  },
  {
    id: 'bond-mlag',
    title: 'The other leaf of the pair carries all: multi-chassis link aggregation',
    source: '[B] B-89',
    remediation: [localisePath, { ...reroute, id: 'rebalance', by: 'leaf pair', duration: 'bondSwitch' }],
    recovery: [],
  },
  {
    id: 'bond',
    title: 'The host switches to the other link of its bond',
    source: '[B] B-89',
    remediation: [localisePath, switchBond('host')],
    recovery: [],
  },
  {
    id: 'bond-guest',
    title: 'The guest switches to the other link of its bond: interfaces that bypass the host',
    source: '[B] B-90',
    remediation: [localisePath, switchBond('guest')],
    recovery: [],
  },
];

/** Flows by id; the durations they name are those of `PathProtection.times`. */
export const FABRIC_FLOWS: Readonly<Record<string, Flow>> = Object.fromEntries(flows.map((flow) => [flow.id, flow]));
