import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { Alarm, Monitor, Vdu } from './plan.ts';
import type { FlowId, Setting } from './setting.ts';

/** [A] S-08: three calls of 1 s, then 0.5 s until the flow entries are installed. */
const CHAIN_UPDATE = '3.5 s';
/** Actions that create the instance again. */
export const HEALING = /^(?:respawn\w*|recovery|(?:vdu_)?auto_?heal(?:ing)?)$/i;

export interface Heal {
  /** `control`: the control path replaces the instance; `hand`: an operator does. */
  readonly by: 'control' | 'hand';
  readonly notify: boolean;
  readonly title: string;
  /** Of clusters: what their policy does. */
  readonly action?: 'recovery' | 'respawn';
}

/** Who replaces a failed instance. */
export function healOf(
  { id, vnf, unit, roles, chained }: Setting,
  monitors: readonly Monitor[],
  alarm: Alarm | undefined,
  context: Context,
): Heal {
  const actions = monitors.flatMap((monitor) => monitor.actions).map((action) => action.toLowerCase());
  const notify = actions.includes('notify');
  const [first] = unit.vdus as readonly [Vdu];
  const doing = (name: string): boolean => actions.includes(name);
  const heals = actions.some((action) => HEALING.test(action));
  for (const monitor of monitors) {
    if (monitor.kind !== 'zabbix' && monitor.actions.length === 0)
      context.find(
        monitor.place,
        'no-action',
        `a failure of ${first.name} is noticed, and nothing is done about it`,
        'actions: { failure: respawn }',
      );
    const unknown = monitor.actions.filter(
      (action) => !HEALING.test(action) && !/^(?:log|log_and_kill|notify|restart|noop|scal\w*(?:-\w+)?)$/i.test(action),
    );
    if (unknown.length > 0)
      context.find(
        monitor.place,
        'unknown-action',
        `nothing is known about action "${unknown.join(', ')}"; an operator is assumed to act`,
        didYouMean(unknown[0]!, ['respawn', 'recovery', 'vdu_autoheal', 'log', 'log_and_kill', 'notify'], 'actions'),
      );
  }
  if (doing('log_and_kill'))
    context.find(
      (monitors[0] ?? first).place,
      'harmful-action',
      `log_and_kill deletes ${first.name} and nothing creates it again`,
      'respawn',
    );
  if (chained && heals && !notify)
    context.find(
      monitors[0]!.place,
      'stale-chain',
      `${first.name} is created again with new ports, and nobody tells the chain: it stays stale until an operator updates it`,
      'actions: { failure: respawn, notify }',
    );
  if (roles !== undefined) {
    if (monitors.length > 0 && !doing('recovery'))
      context.find(
        monitors[0]!.place,
        'no-recovery',
        `members of a cluster are replaced by the action "recovery"; ${first.name} asks for "${actions.join(', ')}"`,
        'failure: recovery',
      );
    // A respawn that is asked for leaves the standby idle; without any action clusters recover.
    const action = doing('respawn') && !doing('recovery') ? 'respawn' : 'recovery';
    return { by: 'control', notify, title: action, action };
  }
  if (heals) {
    if (doing('recovery'))
      context.assume(
        `groups.${id}: recovery`,
        'respawn',
        'recovery belongs to clusters, and no cluster policy was given',
        '[EA] A-38',
      );
    if (!doing('respawn') && !doing('recovery'))
      context.assume(
        `groups.${id}: healing`,
        'respawn',
        'the VDU is created again, as by a respawn of the VNF',
        '[EA] A-68',
      );
    return { by: 'control', notify, title: actions.join(', ') };
  }
  if (alarm?.actions.some((action) => HEALING.test(action)) === true) {
    const told = alarm.actions.includes('notify');
    if (chained && !told)
      context.find(
        alarm.entry.place,
        'stale-chain',
        `${first.name} is created again with new ports, and nobody tells the chain: it stays stale until an operator updates it`,
        'action: [respawn, notify]',
      );
    return { by: 'control', notify: told, title: 'faults: by hand' };
  }
  if (vnf.autoheal === true) {
    context.assume(`groups.${id}.flow`, 'respawn', 'the VNFM heals; how is not described', '[A] A-68');
    return { by: 'control', notify, title: 'autoheal' };
  }
  if (monitors.length === 0)
    context.assume(
      `groups.${id}.flow`,
      'by hand',
      vnf.autoheal === false
        ? 'automatic healing is switched off: an operator replaces what failed'
        : 'nothing monitors the instances: an operator replaces what failed',
      '[EA] SEM-13',
    );
  return { by: 'hand', notify, title: actions.length > 0 ? actions.join(', ') : 'by hand' };
}

export function flowOf(scheme: string, { by, notify }: Heal, cluster: boolean, chained: boolean): FlowId {
  if (cluster) return 'of-cluster';
  if (scheme === 'simplex') return by === 'hand' ? 'by-hand' : chained || notify ? 'FL-12' : 'respawn';
  if (scheme === 'active-standby') return by === 'hand' ? 'peers-by-hand' : 'opaque';
  return by === 'hand' ? 'balanced-by-hand' : 'FL-06';
}

export function timesOf(
  { id, chained }: Setting,
  flow: FlowId,
  { notify }: Heal,
  monitors: readonly Monitor[],
  context: Context,
): Readonly<Record<string, string>> {
  if (flow === 'of-cluster') {
    context.assume(`groups.${id}.times.spawn`, '70 s', 'creating a member of the cluster', '[A] S-06');
    context.assume(`groups.${id}.times.configure`, '0 s', 'a member serves as soon as it has been created', '[A] S-06');
    return { spawn: '70 s', configure: '0 s' };
  }
  if (flow !== 'FL-12') return {};
  const told = notify || monitors.length === 0;
  const update = told ? CHAIN_UPDATE : '30 min';
  const why = !chained
    ? 'the action "notify" leads to an update, whatever chains there are'
    : told
      ? 'three calls of 1 s and 0.5 s for the flow entries'
      : 'without the action "notify" an operator has to update the chain';
  context.assume(`groups.${id}.times.chainUpdate`, update, why, told ? '[A] S-08' : '[EA] SEM-13');
  return { chainUpdate: update };
}
