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
};
