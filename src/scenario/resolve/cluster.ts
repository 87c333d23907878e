import { DEFAULTS } from '../../catalogue/defaults.ts';
import {
  CLUSTER_ACTIONS,
  CLUSTER_ROLES,
  type Cluster,
  HEARTBEAT_SOURCES,
  type HeartbeatSource,
  isUnder,
  type LoadBalancer,
  vimsOf,
} from '../../model/cluster.ts';
import type { Detection, Group, SchemeId } from '../../model/scenario.ts';
import { merge } from '../read/merge.ts';
import { didYouMean } from '../read/suggest.ts';
import { treeOfCatalogue } from '../read/tree.ts';
import type { Section } from './context.ts';
import type { ControlPath } from './control.ts';
import type { Names } from './names.ts';
import { choice, count, text } from './parsers.ts';

const defaults = DEFAULTS.cluster;

/** Detectors of each source of heartbeats, where the group names none. */
const DETECTORS: Readonly<Record<HeartbeatSource, string>> = {
  peer: 'heartbeat-peer',
  nfvo: 'tacker-ping',
  vnfm: 'tacker-ping',
};

/** The group with what follows from its cluster policy laid below it: scheme, members, flow, detector, placement. */
export function withCluster(part: Section): Section {
  const section = part.at('cluster');
  if (!section.exists || part.tree === undefined) return part;
  const roles = readRoles(section.at('roles').muted);
  const action = section.read('action', choice(CLUSTER_ACTIONS)) ?? defaults.action.value;
  const source = section.read('heartbeatSource', choice(HEARTBEAT_SOURCES)) ?? 'vnfm';
  const active = sum(roles.active);
  const standby = sum(roles.standby);
  const scheme = schemeOf(active, standby);
  const spans = vimsIn(part).length > 1;
  const policy = {
    source: '[A] A-35: follows from the policy of the cluster',
    scheme,
    ...(scheme === 'simplex' ? {} : { members: active + standby }),
    ...(scheme === 'shared-standby' ? { standbys: standby } : {}),
    flow: flowOf(scheme, action),
    detection: { detectors: [DETECTORS[source]] },
    // Nobody takes over, so that there is nothing to wait for.
    ...(action === 'respawn' && scheme !== 'simplex' ? { recovery: { starts: 'detected' } } : {}),
    ...(spans ? { placement: { replacement: 'site' } } : {}),
  };
  return part.with(merge(treeOfCatalogue(policy, '[A] A-35'), part.tree));
}

function schemeOf(active: number, standby: number): SchemeId {
  if (standby === 0) return active > 1 ? 'load-balanced' : 'simplex';
  return active > 1 ? 'shared-standby' : 'active-standby';
}

function flowOf(scheme: SchemeId, action: string): string {
  if (action === 'respawn') return scheme === 'load-balanced' ? 'FL-06' : 'respawn';
  if (scheme === 'simplex') return 'FL-11-single';
  return scheme === 'load-balanced' ? 'FL-11-pool' : 'FL-11';
}

/** What the group is as a cluster; undefined when it is none. `group` is what has been read of it. */
export function readCluster(
  part: Section,
  group: Pick<Group, 'scheme' | 'members' | 'sharing' | 'placement'>,
  names: Names,
): Cluster | undefined {
  const section = part.at('cluster');
  if (!section.exists) return undefined;
  if (!section.has('roles'))
    section.problem('missing-key', 'a cluster needs roles', 'roles: {active: {VIM0: 1}, standby: {VIM0: 1}}', {
      part: 'key',
    });
  const roles = readRoles(section.at('roles'));
  const active = sum(roles.active);
  const standby = sum(roles.standby);
  if (section.has('roles') && active === 0)
    section.at('roles').problem('wrong-members', 'nobody in the cluster is active', 'active: {VIM0: 1}');
  const standbys = group.sharing?.standbys ?? (group.scheme === 'active-standby' ? group.members - 1 : 0);
  if (active > 0 && (group.members !== active + standby || standbys !== standby)) {
    part.problem(
      'conflicting-keys',
      `the roles of the cluster say ${active} active and ${standby} standby, the group ${group.members - standbys} and ${standbys}`,
      'leave scheme, members and standbys to the roles',
    );
  }
  checkVims(section.at('roles'), group.placement.pools, names);
  const vnfd = section.optional('vnfd', text) ?? part.key;
  const balancer = section.at('loadBalancer');
  const loadBalancer = balancer.exists ? readLoadBalancer(balancer, names) : undefined;
  return {
    vnfd,
    tenant: section.defaulted('tenant', text, defaults.tenant, false),
    description: section.optional('description', text) ?? '',
    roles,
    ...(loadBalancer === undefined ? {} : { loadBalancer }),
    action: section.defaulted('action', choice(CLUSTER_ACTIONS), defaults.action),
    heartbeatSource: section.defaulted('heartbeatSource', choice(HEARTBEAT_SOURCES), defaults.heartbeatSource),
  };
}

function readRoles(section: Section): Cluster['roles'] {
  const [active, standby] = CLUSTER_ROLES.map((role) =>
    Object.fromEntries(
      section
        .at(role)
        .entries()
        .map((vim) => [vim.key, section.at(role).optional(vim.key, count(0, 10_000)) ?? 0]),
    ),
  );
  return { active: active!, standby: standby! };
}

const sum = (members: Readonly<Record<string, number>>): number => Object.values(members).reduce((a, b) => a + b, 0);

function readLoadBalancer(part: Section, names: Names): LoadBalancer {
  const { method, protocol, port, subnet, target } = defaults.loadBalancer;
  const element = part.optional('element', text);
  if (element !== undefined) names.requireElement(element, part.at('element'));
  return {
    ...(element === undefined ? {} : { element }),
    method: part.defaulted('method', text, method, false),
    protocol: part.defaulted('protocol', text, protocol, false),
    port: part.defaulted('port', count(1, 65_535), port, false),
    subnet: part.defaulted('subnet', text, subnet, false),
    target: part.defaulted('target', text, target, false),
  };
}

/** VIMs that the roles of the cluster in `part` name, each once; none where there is no cluster. */
export function vimsIn(part: Section): readonly string[] {
  return [...new Set(vimsOf({ roles: readRoles(part.at('cluster').at('roles').muted) }))];
}

/** A VIM is a site or a region in which the group has a pool. */
function checkVims(section: Section, pools: readonly string[], names: Names): void {
  for (const role of CLUSTER_ROLES) {
    for (const part of section.at(role).entries()) {
      if (pools.length === 0 || pools.some((pool) => isUnder(pool, part.key, names.regionOf(pool)))) continue;
      const known = [...new Set(pools.map((pool) => pool.split('/').at(-2) ?? pool))];
      const message = `no pool of the group is on a site or in a region "${part.key}"`;
      part.problem('dangling-reference', message, didYouMean(part.key, known, 'VIMs'), { part: 'key' });
    }
  }
}

/** Who sends heartbeats, where the cluster says so, in place of whom the detectors name. */
export function heardBy(part: Section, detection: Detection, control: ControlPath, simplex: boolean): Detection {
  const section = part.at('cluster').at('heartbeatSource');
  const source = section.exists ? choice(HEARTBEAT_SOURCES)(section.muted) : undefined;
  if (source === undefined) return detection;
  if (source === 'peer' && simplex) {
    section.problem('wrong-detector', 'the only member of a cluster has no peer to hear from', 'heartbeatSource: vnfm');
    return detection;
  }
  for (const { id, loop, needs } of detection.detectors) {
    if (loop === undefined || (source !== 'peer' && needs.includes(control.resolve([source])[0]!))) continue;
    const message = `detector "${id}" probes in the loop ${loop.id}, which runs elsewhere`;
    section.problem('conflicting-keys', message, `the loop: {in: ${source}}, or another detector`);
  }
  const replaced = new Set(['peer', ...control.resolve(['nfvo', 'vnfm'])]);
  const own = source === 'peer' ? ['peer'] : control.resolve([source]);
  const detectors = detection.detectors.map((detector) => ({
    ...detector,
    needs: [...new Set([...own, ...detector.needs.filter((need) => !replaced.has(need))])],
  }));
  return { ...detection, detectors };
}
