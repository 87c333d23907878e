import type { Context } from './context.ts';
import { detectionOf, instanceOf, overloadOf } from './faults.ts';
import { flowOf, type Heal, healOf, timesOf } from './healing.ts';
import type { Hosts } from './hosts.ts';
import type { Separation, Vdu, Vnf } from './plan.ts';
import type { BuiltGroup, Roles, Setting, Unit } from './setting.ts';
import { slotsOf } from './sizes.ts';

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
    ...(roles === undefined
      ? { scheme, ...(scheme === 'simplex' ? {} : { members }), ...(standbys === undefined ? {} : { standbys }) }
      : { cluster: clusterText(setting, roles, heal, members) }),
    instance: instanceOf(setting, alarm, monitors, context),
    placement: {
      pools,
      slots: placed.slots,
      antiAffinity: { level: separation.level, ...(separation.level === 'none' ? {} : { hard: separation.hard }) },
    },
    ...(roles === undefined ? { flow } : {}),
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

/** The cluster in the words of scenarios: scheme, members and flow follow from it. */
function clusterText(
  { vnf, balancer }: Setting,
  { active, standby, bySite, cluster }: Roles,
  heal: Heal,
  members: number,
): Readonly<Record<string, unknown>> {
  const each = members / (active + standby);
  const times = (role: 'active' | 'standby'): Readonly<Record<string, number>> =>
    Object.fromEntries(
      Object.entries(bySite[role]).flatMap(([site, count]) => (count === 0 ? [] : [[site, count * each]])),
    );
  const roles = { active: times('active'), ...(standby === 0 ? {} : { standby: times('standby') }) };
  return {
    vnfd: vnf.name,
    roles,
    ...(balancer === undefined ? {} : { loadBalancer: { element: balancer, ...cluster.pool } }),
    ...(heal.action === 'respawn' ? { action: 'respawn' } : {}),
  };
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
