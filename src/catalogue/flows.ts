import type { Flow, Step } from '../model/flow.ts';

/**
 * The catalogue's flows as data (FL-nn). Durations and probabilities are names of the group's parameters; a step that
 * needs control functions waits for them. What a step does is in its effects.
 *
 * Every recovery ends with `rejoin`, which takes no time and marks the member redundant: a group that copies state gets
 * there after `sync`, any other right after `configure`.
 */

const checkConsistency: Step = {
  id: 'check-consistency',
  by: 'standby',
  duration: 'consistencyCheck',
  needs: ['standby'],
  success: 'consistency',
  onFailure: 'lose-state',
  reason: 'stale-state',
  effects: ['none'],
  phase: 'remediation',
  when: 'state-checked',
};

const activate: Step = {
  id: 'activate',
  by: 'standby',
  duration: 'activation',
  needs: ['standby'],
  success: 'switch',
  onFailure: 'manual',
  reason: 'switch-failed',
  effects: ['promote'],
  phase: 'remediation',
};

const takeAddress: Step = {
  id: 'take-address',
  by: 'standby',
  duration: 'addressTakeover',
  needs: [],
  effects: ['connect'],
  mark: 'restored',
  phase: 'remediation',
};

const request = (by: string): Step => ({
  id: 'request',
  by,
  duration: 'controlCall',
  needs: ['vnfm'],
  operation: 'mano-call',
  effects: ['none'],
  phase: 'remediation',
});

const remap: Step = {
  id: 'remap',
  by: 'vim',
  duration: 'remap',
  needs: ['vim'],
  operation: 'cp-remap',
  effects: ['connect'],
  mark: 'restored',
  phase: 'remediation',
};

/** Inserted before the step that promotes in groups that fence, with what follows a failed one (SEM-21, `detours.ts`). */
export const FENCE: Step = {
  id: 'fence',
  by: 'fencing agent',
  duration: 'fence',
  needs: [],
  success: 'fence',
  otherwise: 'fence-timeout',
  effects: ['fence'],
  mark: 'isolated',
  phase: 'isolation',
};

/** What is done by hand is no operation of the control path. */
const asks = (control: readonly string[], operation: string): Partial<Step> =>
  control.length === 0 ? {} : { operation };

const recovery = (by: string, control: readonly string[]): readonly Step[] => [
  {
    id: 'terminate',
    by,
    duration: 'terminate',
    needs: control,
    ...asks(control, 'terminate'),
    effects: ['terminate'],
    phase: 'recovery',
  },
  {
    id: 'spawn',
    by,
    duration: 'spawn',
    needs: [...control, 'slot'],
    ...asks(control, 'spawn'),
    effects: ['instantiate'],
    phase: 'recovery',
  },
  { id: 'configure', by, duration: 'configure', needs: [], effects: ['available'], phase: 'recovery' },
  {
    id: 'sync',
    by: 'active',
    duration: 'sync',
    needs: ['peer', 'replication'],
    effects: ['sync'],
    phase: 'recovery',
    when: 'state-replicated',
  },
  {
    id: 'rejoin',
    by: 'member',
    duration: { kind: 'deterministic', value: 0 },
    needs: [],
    effects: ['sync'],
    mark: 'redundant',
    phase: 'recovery',
  },
];

const byHands = recovery('operator', []);
const byControl = recovery('vnfm', ['nfvo', 'vnfm', 'vim']);

/** Load sharing: what was rebuilt gets traffic again when it has passed its health check, then its state. */
const joining = (steps: readonly Step[]): readonly Step[] =>
  steps.flatMap((step) => (step.id === 'configure' ? [step, healthCheck] : [step]));

const healthCheck: Step = {
  id: 'health-check',
  by: 'member',
  duration: 'healthCheck',
  needs: [],
  effects: ['join'],
  phase: 'recovery',
};

/** The monitor has the instance on its list again, and is blind for it for its delay. */
const addToMonitor: Step = {
  id: 'add-to-monitor',
  by: 'vnfm',
  duration: 'addToMonitor',
  needs: ['vnfm'],
  effects: ['available'],
  mark: 'restored',
  phase: 'recovery',
};

const leave = (id: string, by: string, duration: string, rest: Partial<Step> = {}): Step => ({
  id,
  by,
  duration,
  needs: [],
  effects: ['evict'],
  mark: 'restored',
  phase: 'remediation',
  ...rest,
});

const NOTHING: Step['duration'] = { kind: 'deterministic', value: 0 };

/** The VNFM's policy hands a failed member of a cluster over to the NFVO. */
const askRecovery: Step = {
  id: 'ask-recovery',
  by: 'vnfm',
  duration: NOTHING,
  needs: ['vnfm', 'nfvo'],
  effects: ['none'],
  mark: 'notified',
  phase: 'remediation',
};

const updatePool = (id: string, effect: 'connect' | 'evict'): Step => ({
  id,
  by: 'nfvo',
  duration: 'poolUpdate',
  needs: ['nfvo', 'vim'],
  effects: [effect],
  mark: 'restored',
  phase: 'remediation',
});

/** The new member is created beside the failed one, which is deleted when the new one serves or stands by. */
const clusterRecovery = (joins: readonly Step[]): readonly Step[] => [
  {
    id: 'ask-member',
    by: 'vnfm',
    duration: NOTHING,
    needs: ['vnfm', 'nfvo'],
    effects: ['set-aside'],
    phase: 'recovery',
  },
  {
    id: 'create-member',
    by: 'nfvo',
    duration: 'spawn',
    needs: ['nfvo', 'vnfm', 'vim', 'slot'],
    operation: 'spawn',
    effects: ['instantiate'],
    phase: 'recovery',
  },
  ...byControl.filter(({ id }) => id === 'configure'),
  ...joins,
  ...byControl
    .filter(({ id }) => id === 'sync' || id === 'rejoin')
    .map((step) => ({ ...step, ...(step.id === 'rejoin' ? { next: 'end' } : {}) })),
  {
    id: 'delete-failed',
    by: 'nfvo',
    duration: 'terminate',
    needs: ['nfvo', 'vim'],
    operation: 'terminate',
    effects: ['delete'],
    phase: 'recovery',
  },
];

/** FL-14 as one step: the NFVO updates the chain, and traffic reaches the new instance. */
const updateChain: Step = {
  id: 'update-chain',
  by: 'nfvo',
  duration: 'chainUpdate',
  needs: ['nfvo', 'vim'],
  effects: ['available'],
  mark: 'restored',
  phase: 'recovery',
};

const synchronised: readonly Step[] = [checkConsistency, activate, request('new active'), remap];

/** A command that the monitoring server gives the agent in the guest: without guest or agent nothing can run it. */
const command = (id: string, otherwise: string): Step => ({
  id,
  by: 'agent',
  duration: 'remoteCommand',
  needs: ['zabbix-server', 'guest-agent'],
  success: 'remoteCommand',
  otherwise,
  next: 'end',
  effects: ['restart'],
  mark: 'restored',
  phase: 'recovery',
});

const flows: readonly Flow[] = [
  {
    id: 'FL-01',
    title: 'Active-standby, traditional: the standby takes the logical address',
    source: '[A] A-07, figures 2 and 3',
    remediation: [checkConsistency, activate, takeAddress],
    recovery: byHands,
  },
  {
    id: 'FL-02',
    title: 'Active-standby in NFV, stateless: the standby asks for the remap of the connection point',
    source: '[A] A-13, figures 5 to 7',
    remediation: [activate, request('standby'), remap],
    recovery: byControl,
  },
  {
    id: 'FL-03',
    title: 'Active-standby in NFV, state synchronised: the new active checks its state, then asks for the remap',
    source: '[A] A-15, figures 8 and 9',
    remediation: synchronised,
    recovery: byControl,
  },
  {
    id: 'FL-03m',
    title: 'FL-03 with the fault noticed by the health check of the control path',
    source: '[A] A-12',
    remediation: [
      {
        id: 'tell-standby',
        by: 'vnfm',
        duration: 'controlCall',
        needs: ['vnfm'],
        operation: 'mano-call',
        effects: ['none'],
        mark: 'notified',
        phase: 'localisation',
      },
      ...synchronised,
    ],
    recovery: byControl,
  },
  {
    id: 'FL-04',
    title: 'Active-active, traditional: clients that get no answer go to the other address',
    source: '[A] A-18, figure 11',
    remediation: [leave('retarget', 'client', 'retarget')],
    recovery: joining(byHands),
  },
  {
    id: 'FL-05',
    title: 'Active-active in NFV: the same, nothing is remapped; only the replacement asks the control path',
    source: '[A] A-19, figure 12',
    remediation: [leave('retarget', 'client', 'retarget')],
    recovery: joining(byControl),
  },
  {
    id: 'FL-06',
    title: 'Load balancer, stateless: the failed member gets no more traffic, the others share it',
    source: '[A] A-22, figure 15',
    remediation: [leave('redirect', 'load balancer', 'redirect')],
    recovery: joining(byControl),
  },
  {
    id: 'FL-07',
    title: 'Load balancer, external state: those who take over fetch the state from the store',
    source: '[A] A-21, A-22',
    remediation: [
      leave('redirect', 'load balancer', 'redirect', { effects: ['none'], mark: 'notified' }),
      leave('fetch-state', 'taker', 'fetchState'),
    ],
    recovery: joining(byControl),
  },
  {
    id: 'FL-08',
    title: 'Load balancer, ring: the holder of the copy takes the share once its own check confirms the fault',
    source: '[A] A-21 to A-24, figures 14 and 15',
    remediation: [
      leave('redirect', 'load balancer', 'redirect', { effects: ['none'], mark: 'notified' }),
      leave('confirm', 'holder of the copy', 'takeShare', { needs: ['confirmed'] }),
    ],
    recovery: joining(byControl),
  },
  {
    id: 'opaque',
    title: 'Failover inside the guests on virtual resources; only the replacement asks the control path',
    source: '[A] A-03',
    remediation: [checkConsistency, activate, takeAddress],
    recovery: byControl,
  },
  {
    id: 'FL-11',
    title: 'Cluster recovery: the standby joins the pool, a new member is created, then the failed one deleted',
    source: '[A] A-38; order [U]',
    remediation: [
      askRecovery,
      {
        id: 'promote',
        by: 'nfvo',
        duration: NOTHING,
        needs: ['standby', 'nfvo'],
        effects: ['promote'],
        phase: 'remediation',
      },
      updatePool('join-pool', 'connect'),
    ],
    recovery: clusterRecovery([]),
  },
  {
    id: 'FL-11-single',
    title: 'Cluster recovery without a standby: the new member is the active one',
    source: '[A] A-38; order [U]',
    remediation: [],
    recovery: clusterRecovery([]),
  },
  {
    id: 'FL-11-pool',
    title: 'Cluster recovery where all members are active: out of the pool, a new member is created and joins it',
    source: '[A] A-38; order [U]',
    remediation: [askRecovery, updatePool('leave-pool', 'evict')],
    recovery: clusterRecovery([
      {
        id: 'join-pool',
        by: 'nfvo',
        duration: 'poolUpdate',
        needs: ['nfvo', 'vim'],
        effects: ['join'],
        phase: 'recovery',
      },
    ]),
  },
  {
    id: 'FL-16',
    title: 'Agent on the node: reacts by its own rules, the event goes to the bus beside it',
    source: '[B] B-03, B-97, B-100',
    remediation: [
      {
        id: 'act-locally',
        by: 'agent',
        duration: 'localAction',
        needs: [],
        effects: ['promote', 'connect'],
        mark: 'restored',
        phase: 'remediation',
      },
    ],
    recovery: byControl,
  },
  {
    id: 'FL-14',
    title: 'Respawn of a hop: created and watched again; the port chain adds the calls that lead to the new ports',
    source: '[A] A-62, A-66, A-68',
    remediation: [],
    recovery: byControl.flatMap((step) =>
      step.id === 'configure' ? [{ ...step, effects: ['none'] as const }, addToMonitor] : [step],
    ),
  },
  {
    id: 'respawn',
    title: 'No standby: the failed instance is deleted and created again',
    source: '[A] A-68',
    remediation: [],
    recovery: byControl.map((step) => (step.id === 'configure' ? { ...step, mark: 'restored' } : step)),
  },
  {
    id: 'FL-12',
    title: 'Respawn with notify: the instance is created again, then the chain is led to its new ports',
    source: '[A] A-62, A-68',
    remediation: [],
    recovery: byControl.flatMap((step) =>
      step.id === 'configure' ? [{ ...step, effects: ['none'] }, updateChain] : [step],
    ),
  },
  {
    id: 'FL-13',
    title:
      'Trigger, then a remote command; the second attempt a step later, then hands; without its guest it is built anew',
    source: '[A] A-52, A-54, figures 33 and 34; hands and rebuilding [EA]',
    remediation: [],
    recovery: [
      command('remote-command', 'step-duration'),
      {
        id: 'step-duration',
        by: 'server',
        duration: 'stepDuration',
        needs: [],
        effects: ['none'],
        phase: 'recovery',
      },
      command('second-command', 'by-hand'),
      {
        id: 'by-hand',
        by: 'operator',
        duration: 'manualRestore',
        needs: [],
        next: 'end',
        effects: ['restart'],
        phase: 'manual',
      },
      // Where guest and agent have gone there is nothing to restart.
      ...byControl,
    ],
  },
];

/** Flows by id. */
export const FLOWS: Readonly<Record<string, Flow>> = Object.fromEntries(flows.map((flow) => [flow.id, flow]));
