import type { FlowId } from './setting.ts';

const steps = {
  byOperator: { terminate: { by: 'operator', duration: 'manualRestore', needs: [] } },
};

/** Own flows of imported scenarios, on those of the catalogue. */
export const FLOWS: Readonly<Partial<Record<FlowId, unknown>>> = {
  'by-hand': {
    base: 'respawn',
    title: 'An operator deletes the failed instance and creates it again',
    steps: steps.byOperator,
  },
  'peers-by-hand': {
    base: 'opaque',
    title: 'Failover between the members; an operator replaces the failed one',
    steps: steps.byOperator,
  },
  'balanced-by-hand': {
    base: 'FL-06',
    title: 'The others take the share; an operator replaces the failed member',
    steps: steps.byOperator,
  },
  'respawn-and-notify': {
    base: 'respawn',
    title: 'Respawn, then the chain is led to the new ports (FL-12, FL-14)',
    recovery: [
      {
        id: 'terminate',
        by: 'vnfm',
        duration: 'terminate',
        needs: ['nfvo', 'vnfm', 'vim'],
        effects: ['terminate'],
        phase: 'recovery',
      },
      {
        id: 'spawn',
        by: 'vnfm',
        duration: 'spawn',
        needs: ['nfvo', 'vnfm', 'vim', 'slot'],
        effects: ['instantiate'],
        phase: 'recovery',
      },
      { id: 'configure', by: 'vnfm', duration: 'configure', needs: [], effects: ['none'], phase: 'recovery' },
      {
        id: 'update-chain',
        by: 'nfvo',
        duration: 'chainUpdate',
        needs: ['nfvo', 'vim'],
        effects: ['available'],
        mark: 'restored',
        phase: 'recovery',
      },
      {
        id: 'rejoin',
        by: 'member',
        duration: '0 s',
        needs: [],
        effects: ['sync'],
        mark: 'redundant',
        phase: 'recovery',
      },
    ],
  },
};
