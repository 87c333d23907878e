import type { ImportedGroup } from '../../model/descriptor.ts';
import type { Place } from '../../model/problem.ts';
import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import type { Hosts } from './hosts.ts';
import { ZABBIX_RESTART } from './monitoring.ts';
import type { Alarm, Monitor, Separation, Vdu, Vnf } from './plan.ts';
import { slotsOf } from './sizes.ts';

/** Members of one role on one VIM. */
export interface Roles {
  readonly active: number;
  readonly standby: number;
}

/** VDUs that protect each other, or one alone. */
export interface Unit {
  readonly vdus: readonly Vdu[];
  /** Why several are one group. */
  readonly by?: { readonly kind: 'address' | 'apart'; readonly name: string };
}

export interface Setting {
  readonly id: string;
  readonly vnf: Vnf;
  readonly unit: Unit;
  /** Instances of each VDU at the level that is built. */
  readonly instances: (vdu: Vdu) => number;
  readonly roles?: Roles;
  /** Sites of the members, one per VIM. */
  readonly sites: readonly string[];
  readonly pool: string;
  /** A chain leads through it, and has to be led to a new instance. */
  readonly chained: boolean;
  /** Monitored groups of the whole scenario: targets of the serial loop. */
  readonly targets: number;
}

export interface BuiltGroup {
  readonly text: Readonly<Record<string, unknown>>;
  readonly detectors: Readonly<Record<string, unknown>>;
  /** Own flows it needs. */
  readonly flow: FlowId;
  readonly row: ImportedGroup;
  readonly place: Place;
}

export type FlowId =
  | 'respawn'
  | 'respawn-and-notify'
  | 'by-hand'
  | 'tacker-recovery'
  | 'opaque'
  | 'peers-by-hand'
  | 'FL-06'
  | 'balanced-by-hand';

/** [A] S-08: three calls of 1 s, then 0.5 s until the flow entries are installed. */
const CHAIN_UPDATE = '3.5 s';
const NOTHING_SAID = 'the descriptor does not say';

/** Partition of the VDUs of a VNF into groups: a shared address or a rule that keeps equal VDUs apart makes one group. */
export function unitsOf(vnf: Vnf, context: Context): readonly Unit[] {
  const units: Unit[] = [];
  const used = new Set<string>();
  const join = (names: readonly string[], by: Unit['by']): void => {
    const vdus = vnf.vdus.filter(({ name }) => names.includes(name));
    if (vdus.length < 2 || vdus.some(({ name }) => used.has(name))) return;
    for (const { name } of vdus) used.add(name);
    units.push({ vdus, ...(by === undefined ? {} : { by }) });
  };
  for (const [name, members] of vnf.shared) join(members, { kind: 'address', name });
  for (const rule of vnf.separations) {
    if (!rule.apart || rule.vdus.length < 2) continue;
    const vdus = vnf.vdus.filter(({ name }) => rule.vdus.includes(name));
    if (vdus.every((vdu) => isAlike(vdu, vdus[0]!))) join(rule.vdus, { kind: 'apart', name: rule.name });
    else if (!vdus.every(({ name }) => used.has(name))) {
      context.find(
        rule.entry.place,
        'unequal-members',
        `"${rule.name}" keeps VDUs apart that differ in image or size: they are no members of one group, and groups cannot be kept apart`,
      );
      context.ledger.approximate(rule.entry, 'members of different groups cannot be kept apart');
    }
  }
  const single = vnf.vdus.filter(({ name }) => !used.has(name)).map((vdu): Unit => ({ vdus: [vdu] }));
  const order = (unit: Unit): number => vnf.vdus.indexOf(unit.vdus[0]!);
  return [...units, ...single].sort((a, b) => order(a) - order(b));
}

const isAlike = (a: Vdu, b: Vdu): boolean => a.image === b.image && JSON.stringify(a.size) === JSON.stringify(b.size);

/** The group of a unit in the words of a scenario; undefined when it has no instances. */
export function buildGroup(setting: Setting, hosts: Hosts, context: Context): BuiltGroup | undefined {
  const { id, unit, roles, sites, pool, chained } = setting;
  const [first] = unit.vdus as readonly [Vdu];
  const path = `groups.${id}`;
  const members =
    roles === undefined
      ? unit.vdus.reduce((sum, vdu) => sum + setting.instances(vdu), 0)
      : (roles.active + roles.standby) * Math.max(1, setting.instances(first));
  if (members === 0) {
    context.find(first.place, 'no-instances', `${first.name} has no instances at this level; it becomes no group`);
    return undefined;
  }
  const { scheme, standbys } = schemeOf(members, setting, context);
  for (const { name, why } of unit.vdus)
    if (why !== undefined && roles === undefined)
      context.assume(`${path}.members`, members, `${name}: ${why.why}`, why.source);
  const monitors = unit.vdus
    .flatMap((vdu) => vdu.monitors)
    .filter((each, i, all) => all.findIndex(({ kind }) => kind === each.kind) === i);
  const alarms = unit.vdus.flatMap((vdu) => vdu.alarms);
  const alarm = overloadOf(scheme, alarms, path, context);
  const heal = healOf(setting, monitors, scheme === 'simplex' ? alarm : undefined, context);
  const flow = flowOf(scheme, heal, roles !== undefined, chained);
  const separation = separationOf(setting, members, context);
  const detection = detectionOf(setting, scheme, monitors, alarm, context);
  const times = timesOf(setting, flow, heal, monitors, context);
  const placed = slotsOf(first.size);
  context.assume(`${path}.placement.slots`, placed.slots, placed.why, placed.source);
  const pools = sites.flatMap((site) => hosts.place(site, pool, members, placed.slots, separation.level));
  context.assume(`${path}.state.stateful`, false, 'sessions and their state are not described', '[EA]');
  const text = {
    scheme,
    ...(scheme === 'simplex' ? {} : { members }),
    ...(standbys === undefined ? {} : { standbys }),
    instance: instanceOf(setting, alarm, monitors, context),
    placement: {
      pools,
      slots: placed.slots,
      antiAffinity: { level: separation.level, ...(separation.level === 'none' ? {} : { hard: separation.hard }) },
    },
    flow,
    ...(Object.keys(times).length === 0 ? {} : { times }),
    ...(Object.keys(detection.text).length === 0 ? {} : { detection: detection.text }),
    state: { stateful: false },
  };
  const rules = [
    heal.title,
    ...(unit.by === undefined ? [] : [unit.by.kind === 'address' ? `share address ${unit.by.name}` : '']),
    ...(separation.title === '' ? [] : [separation.title]),
    ...alarms.map(
      (each) =>
        `alarm ${each.metric} ${each.below ? 'low' : 'high'} ${each.period} s × ${each.evaluations} → ${each.actions.join(', ')}`,
    ),
    ...unit.vdus.flatMap((vdu) =>
      vdu.most !== undefined && vdu.most > setting.instances(vdu)
        ? [`${unit.vdus.length > 1 ? `${vdu.name} ` : ''}at most ${vdu.most}`]
        : [],
    ),
  ].filter((rule) => rule !== '');
  const row = { id, scheme, members, monitors: monitors.map(({ title }) => title), rules };
  return { text, detectors: detection.detectors, flow, row, place: first.place };
}

function schemeOf(
  members: number,
  { id, unit, roles }: Setting,
  context: Context,
): { readonly scheme: string; readonly standbys?: number } {
  const path = `groups.${id}.scheme`;
  if (roles !== undefined) {
    if (members === 1) return { scheme: 'simplex' };
    if (roles.standby === 0) return { scheme: 'load-balanced' };
    if (roles.active === 1 && members === roles.active + roles.standby) return { scheme: 'active-standby' };
    return { scheme: 'shared-standby', standbys: (members / (roles.active + roles.standby)) * roles.standby };
  }
  if (members === 1) return { scheme: 'simplex' };
  if (unit.by?.kind === 'address') {
    context.assume(
      path,
      'active-standby',
      `VDUs that may use the address of ${unit.by.name}: one of them has it`,
      '[A] A-07',
    );
    return { scheme: 'active-standby' };
  }
  if (unit.by?.kind === 'apart' && members === 2) {
    context.assume(
      path,
      'active-standby',
      `equal VDUs that "${unit.by.name}" keeps apart protect each other`,
      '[A] A-09',
    );
    return { scheme: 'active-standby' };
  }
  context.assume(
    path,
    'load-balanced',
    'equal instances share the load, and the others carry the share of one that fails',
    '[A] A-21',
  );
  return { scheme: 'load-balanced' };
}

/** Actions that create the instance again. */
const HEALING = /^(?:respawn\w*|recovery|(?:vdu_)?auto_?heal(?:ing)?)$/i;

/** The alarm that notices overload; members that share the load have no gray faults in scenarios. */
function overloadOf(scheme: string, alarms: readonly Alarm[], path: string, context: Context): Alarm | undefined {
  const alarm = alarms.find(({ below }) => !below);
  if (alarm === undefined || scheme === 'simplex' || scheme === 'active-standby') return alarm;
  context.assume(
    `${path}: overload`,
    'none',
    `scenarios have no overload of members that share the load: ${alarm.name} never fires`,
    '[EA] SEM-27',
  );
  return undefined;
}

interface Heal {
  /** `control`: the control path replaces the instance; `hand`: an operator does. */
  readonly by: 'control' | 'hand';
  readonly notify: boolean;
  readonly title: string;
}

/** Who replaces a failed instance. */
function healOf(
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
    return { by: 'control', notify, title: 'recovery' };
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

function flowOf(scheme: string, { by, notify }: Heal, cluster: boolean, chained: boolean): FlowId {
  if (cluster && scheme !== 'simplex' && scheme !== 'load-balanced') return 'tacker-recovery';
  if (scheme === 'simplex') return by === 'hand' ? 'by-hand' : chained || notify ? 'respawn-and-notify' : 'respawn';
  if (scheme === 'active-standby') return by === 'hand' ? 'peers-by-hand' : 'opaque';
  return by === 'hand' ? 'balanced-by-hand' : 'FL-06';
}

function timesOf(
  { id, chained }: Setting,
  flow: FlowId,
  { notify }: Heal,
  monitors: readonly Monitor[],
  context: Context,
): Readonly<Record<string, string>> {
  if (flow === 'tacker-recovery') {
    context.assume(`groups.${id}.times.poolUpdate`, '1 s', 'one update of the pool of the load balancer', '[A] S-06');
    context.assume(`groups.${id}.times.spawn`, '70 s', 'creating a member of the cluster', '[A] S-06');
    return { poolUpdate: '1 s', spawn: '70 s' };
  }
  if (flow !== 'respawn-and-notify') return {};
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

/** How far members are kept apart: the strictest rule that applies to all of the unit. */
function separationOf(
  { id, vnf, unit }: Setting,
  members: number,
  context: Context,
): Pick<Separation, 'hard'> & { readonly level: 'none' | Separation['level']; readonly title: string } {
  const names = unit.vdus.map(({ name }) => name);
  const own = vnf.separations.filter(({ vdus }) => names.every((name) => vdus.includes(name)));
  const apart = own.filter((rule) => rule.apart).sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  const [rule] = apart;
  const together = own.find((each) => !each.apart);
  const path = `groups.${id}.placement.antiAffinity`;
  if (rule !== undefined && together !== undefined && LEVELS.indexOf(together.level) <= LEVELS.indexOf(rule.level))
    context.find(
      rule.entry.place,
      'contradicting-rules',
      `"${rule.name}" keeps apart what "${together.name}" keeps together`,
    );
  if (rule !== undefined)
    return { level: rule.level, hard: rule.hard, title: `apart by ${rule.scope}${rule.hard ? '' : ' if possible'}` };
  if (together !== undefined) {
    context.assume(
      path,
      'none',
      `"${together.name}" keeps members together; they may share a node, but need not`,
      '[EA] A-09',
    );
    return { level: 'none', hard: false, title: `together by ${together.scope}` };
  }
  if (members > 1)
    context.assume(
      path,
      'none',
      'no rule keeps the members apart',
      '[U] the scheduler of the VIM does not do so unasked',
    );
  return { level: 'none', hard: false, title: '' };
}

const LEVELS: readonly Separation['level'][] = ['node', 'rack', 'site'];

function detectionOf(
  { id, targets, roles }: Setting,
  scheme: string,
  monitors: readonly Monitor[],
  alarm: Alarm | undefined,
  context: Context,
): { readonly text: Readonly<Record<string, unknown>>; readonly detectors: Readonly<Record<string, unknown>> } {
  const path = `groups.${id}.detection`;
  const detectors: Record<string, unknown> = {};
  const ids = monitors.map((monitor) => {
    if (monitor.kind === 'zabbix') return 'zabbix-nodata';
    const name = `${id}-${monitor.kind}`;
    detectors[name] = {
      ...monitor.detector,
      ...(monitor.kind === 'ping' ? { targets: Math.min(targets, 10_000) } : {}),
    };
    return name;
  });
  const gray = grayOf(alarm);
  if (monitors.some(({ kind }) => kind === 'ping' || kind === 'http-ping')) {
    context.assume(`${path}: check interval`, '10 s', 'pause of the monitoring loop of the VNFM', '[U] SEM-17');
    if (targets > 1)
      context.assume(
        `${path}: targets`,
        targets,
        'one serial loop visits every monitored group of these files',
        '[U] SEM-17',
      );
  }
  if (monitors.some(({ kind }) => kind === 'ping') && !monitors.some(({ kind }) => kind === 'http-ping'))
    context.assume(
      `${path}: ping`,
      'sees every fault',
      'whether a crashed application still answers a ping is not described',
      '[EA] A-32',
    );
  if (roles !== undefined) {
    if (ids.length === 0)
      context.assume(
        `${path}.detectors`,
        '[tacker-ping]',
        'clusters recover what a ping monitor reports; none is described',
        '[A] A-37',
      );
    return { text: { detectors: ids.length === 0 ? ['tacker-ping'] : ids, ...gray }, detectors };
  }
  if (scheme === 'active-standby' || scheme === 'load-balanced') {
    const usual = scheme === 'active-standby' ? 'heartbeat-peer' : 'lb-health-check';
    context.assume(
      `${path}.detectors`,
      `[${[usual, ...ids].join(', ')}]`,
      `how the members notice each other's faults is not described`,
      scheme === 'active-standby' ? '[A] A-11' : '[A] A-22',
    );
    return { text: { detectors: [usual, ...ids], ...gray }, detectors };
  }
  if (ids.length > 0) return { text: { detectors: ids, ...gray }, detectors };
  context.assume(`${path}.detectors`, '[]', `${NOTHING_SAID} who notices a fault: users report it`, '[EA] SEM-19');
  return { text: { detectors: [], coverage: '0 %', ...gray }, detectors };
}

/** An alarm notices overload, which leaves a member alive: by a law over its evaluation periods. */
function grayOf(alarm: Alarm | undefined): Readonly<Record<string, unknown>> {
  if (alarm === undefined) return {};
  if (alarm.scales || alarm.actions.every((action) => !HEALING.test(action))) return { gray: { coverage: '0 %' } };
  const { low, high } = windowOf(alarm);
  return { gray: { coverage: '100 %', latency: { probe: [low, high] } } };
}

const windowOf = ({ period, evaluations }: Alarm): { readonly low: string; readonly high: string } => ({
  low: `${(evaluations - 1) * period} s`,
  high: `${evaluations * period} s`,
});

function instanceOf(
  { id, unit }: Setting,
  alarm: Alarm | undefined,
  monitors: readonly Monitor[],
  context: Context,
): Readonly<Record<string, unknown>> {
  const path = `groups.${id}.instance`;
  const container = unit.vdus.some((vdu) => vdu.container);
  context.assume(
    path,
    container ? 'container, vnf-app' : 'vm, vnf-app',
    'how often instances and their software fail is not described',
    '[EA] types of the catalogue',
  );
  const failures: Record<string, unknown> = {};
  const restarts = monitors.some(({ kind, actions }) => kind === 'zabbix' && actions.includes('restart'));
  if (restarts) {
    failures['crash'] = { restart: ZABBIX_RESTART };
    context.assume(
      `${path}.app.failures.crash.restart`,
      ZABBIX_RESTART.uniform.join(' … '),
      'three samples of 1 s, evaluation 0.5 s, command 1 s',
      '[A] A-51, NC-22',
    );
  }
  if (alarm !== undefined) {
    context.assume(
      `${path}.app.failures.overload`,
      '1 / year',
      `overload that ${alarm.name} notices; loads are not simulated`,
      '[EA] A-65',
    );
    failures['overload'] = {
      rate: '1 / year',
      cause: 'overload',
      manifestation: 'gray',
      loss: '50 %',
      ...restartOf(alarm),
    };
    context.assume(
      `${path}.app.failures.overload.loss`,
      '50 %',
      'share of the load an overloaded member loses',
      '[EA] A-65',
    );
  }
  return {
    guest: { type: container ? 'container' : 'vm' },
    app: { type: 'vnf-app', ...(Object.keys(failures).length === 0 ? {} : { failures }) },
  };
}

/** Scaling out ends an overload: when the alarm has fired and the new instance has started. */
function restartOf(alarm: Alarm): Readonly<Record<string, unknown>> {
  if (!alarm.scales && alarm.actions.some((action) => HEALING.test(action))) return {};
  if (!alarm.scales && !alarm.actions.some((action) => /^scal/i.test(action))) return { restart: '15 min' };
  const { low, high } = windowOf(alarm);
  return { restart: { shift: '60 s', law: { uniform: [low, high] } } };
}
