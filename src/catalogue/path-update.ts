import type { Flow, Scaling, Step } from '../model/flow.ts';
import type { Law } from '../model/law.ts';
import type { PathUpdate } from '../model/port-chain.ts';

/** What a port chain adds to the flow of its hops: the path follows the instances (FL-14, A-63 … A-66). */

const AT_ONCE: Law = { kind: 'deterministic', value: 0 };

const call = (id: string): Step => ({
  id,
  by: 'nfvo',
  duration: 'apiCall',
  needs: ['nfvo', 'vim'],
  operation: 'chain-update',
  effects: ['none'],
  phase: 'path-update',
});

/** The flow entries change in every switch on the way; one whose agent is down keeps the old ones. */
const install = (id: string, { agents }: PathUpdate, change: Partial<Step>): Step => ({
  id,
  by: 'ovs-agent',
  duration: 'flowInstall',
  needs: agents,
  effects: ['none'],
  phase: 'path-update',
  ...change,
});

const notify: Step = {
  id: 'notify',
  by: 'vnfm',
  duration: AT_ONCE,
  needs: ['vnfm', 'nfvo'],
  effects: ['none'],
  phase: 'path-update',
};

/** A load-sharing member gets traffic again with the flow entries that lead to it. */
const join: Step = {
  id: 'in-path',
  by: 'port-chain',
  duration: AT_ONCE,
  needs: [],
  effects: ['join'],
  phase: 'path-update',
};

/** Step of a recovery after which the instance answers; −1: it has none. */
export const answersAt = ({ recovery }: Flow): number =>
  recovery.findIndex(({ effects }) => effects.includes('available'));

/**
 * The flow with the path update: a new instance has new ports and gets no traffic before the chain leads to them. What
 * comes after the instance answers comes after the update. Without a notification nothing comes after it at all.
 *
 * @param flow has no remediation (nothing in a chain checks its members, A-57) and a step with effect `available`
 * @param sharing the hop has several port pairs that share the load
 */
export function withPathUpdate(flow: Flow, rules: PathUpdate, sharing: boolean): Flow {
  const detached = rules.detachOnFailure && sharing;
  const answers = answersAt(flow);
  const built = flow.recovery
    .slice(0, answers + 1)
    .map((step) => ({ ...step, effects: withoutAvailable(step), mark: undefined }))
    .map(({ mark: _mark, ...step }): Step => step);
  const rest = rules.notify ? [notify, ...update(rules, detached, sharing), ...flow.recovery.slice(answers + 1)] : [];
  return {
    ...flow,
    id: `${flow.id} via ${rules.chain}${sharing ? '' : ' (one member)'}`,
    remediation: detached
      ? [
          { ...call('ppg-update'), id: 'detach' },
          install('detach-flows', rules, { effects: ['evict'], mark: 'restored' }),
        ]
      : [],
    recovery: rejected(rules, detached) ? [...built, ...rest, refusal] : [...built, ...rest],
    ...(rules.notify && sharing
      ? { scaling: scaling(rules, built, flow.recovery.slice(answers + 1), flow.recovery) }
      : {}),
  };
}

/**
 * The scaling events of a hop, in the order of their calls: a member is created, then led to; a port pair
 * leaves its group first, and its member is deleted when no traffic reaches it any more.
 *
 * @param built steps that create a member
 * @param after steps once traffic reaches it
 */
function scaling(
  rules: PathUpdate,
  built: readonly Step[],
  after: readonly Step[],
  recovery: readonly Step[],
): Scaling {
  const terminate = recovery.find(({ effects }) => effects.includes('terminate'));
  const { mark: _mark, ...removal }: Step = { ...join, ...terminate };
  return {
    out: [
      ...built.filter(({ effects }) => !effects.includes('terminate')),
      notify,
      call('pp-create'),
      call('ppg-update'),
      install('install-flows', rules, { effects: ['available'], mark: 'restored' }),
      rules.sticky ? join : { ...join, effects: ['join', 'share-out'] },
      ...after,
    ],
    in: [
      notify,
      call('ppg-update'),
      // The sessions of a member that goes move in any case.
      install('install-flows', rules, { effects: ['evict', 'share-out'] }),
      call('pp-delete'),
      { ...removal, id: 'delete-member', effects: ['withdraw'] },
    ],
  };
}

const withoutAvailable = ({ effects }: Step): Step['effects'] => {
  const others = effects.filter((effect) => effect !== 'available');
  return others.length === 0 ? ['none'] : others;
};

const rejected = ({ notify: told, order, apiEnforcesInUse }: PathUpdate, detached: boolean): boolean =>
  told && apiEnforcesInUse && order === 'printed' && !detached;

function update(rules: PathUpdate, detached: boolean, sharing: boolean): readonly Step[] {
  const lead = [
    call('ppg-update'),
    install('install-flows', rules, { effects: ['available'], mark: 'restored' }),
    ...(sharing ? [join] : []),
  ];
  if (rules.order === 'make-before-break') return [call('pp-create'), ...lead, call('pp-delete')];
  const remove = call('pp-delete');
  return [
    rejected(rules, detached) ? { ...remove, success: 0, otherwise: refusal.id } : remove,
    call('pp-create'),
    ...lead,
  ];
}

/** The first call is refused, and the update ends there (DX-16). */
const refusal: Step = {
  id: 'port-pair-in-use',
  by: 'networking-sfc',
  duration: AT_ONCE,
  needs: [],
  effects: ['none'],
  phase: 'path-update',
  next: 'end',
};
