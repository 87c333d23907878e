import { DEFAULTS } from '../../catalogue/defaults.ts';
import { type FabricLayout, layOutFabric, leafPairOf } from '../../model/fabric-layout.ts';
import { type Group, type Placement, REPLACEMENTS, type Scenario, SEPARATIONS } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { type Flavours, membersOn } from './flavours.ts';
import type { Names } from './names.ts';
import { choice, count, flag, text, texts } from './parsers.ts';

const defaults = DEFAULTS.group.placement;

interface PlacementSurroundings {
  readonly names: Names;
  readonly flavours: Flavours;
  /** VIMs that the roles of a cluster name. */
  readonly vims: readonly string[];
}

interface ReadPlacement {
  readonly placement: Placement;
  /** What the disk of the flavour adds to the time to spawn, seconds. */
  readonly boot: number;
}

/** Where the members of a group run. */
export function readPlacement(part: Section, around: PlacementSurroundings): ReadPlacement {
  const { names } = around;
  const pools = part.optional('pools', texts) ?? [];
  for (const item of part.at('pools').items()) {
    const name = String(item.tree?.content);
    if (names.kindOf(name) === 'pool') continue;
    const hint = didYouMean(name, names.listed(['pool']), 'pools') ?? 'describe one under sites.<site>.nodes';
    item.problem('dangling-reference', `there is no node pool "${name}"`, hint);
  }
  const placed = pools.length > 0;
  checkRegions(part, pools, around);
  const id = part.optional('flavour', text);
  const flavour = id === undefined ? undefined : around.flavours.find(id, part.at('flavour'));
  if (id !== undefined && !placed)
    part
      .at('flavour')
      .problem('useless-value', 'members without a host take nothing from any node', 'pools: [core/compute]');
  const separation = part.at('antiAffinity');
  const placement: Placement = {
    pools: [...new Set(pools)],
    replacement: part.defaulted('replacement', choice(REPLACEMENTS), defaults.replacement, placed),
    slots: part.defaulted('slots', count(1), defaults.slots, placed),
    ...(flavour === undefined ? {} : { flavour: flavour.flavour }),
    antiAffinity: {
      level: separation.defaulted('level', choice(SEPARATIONS), defaults.level, placed),
      hard: separation.defaulted('hard', flag, defaults.hard, placed),
    },
  };
  return { placement, boot: flavour?.boot ?? 0 };
}

/** Whether every group can start: enough places apart from each other, and enough slots for all groups together. */
export function checkPlacement(groups: Section, scenario: Pick<Scenario, 'groups' | 'sites'>): void {
  for (const part of groups.entries()) {
    const group = scenario.groups[part.key];
    if (group !== undefined && group.placement.pools.length > 0) checkGroup(part, group, scenario.sites);
  }
  checkSlots(groups, scenario);
}

function checkGroup(part: Section, { members, placement }: Group, sites: Scenario['sites']): void {
  const { antiAffinity, pools, replacement, slots } = placement;
  const capacity = pools.reduce((sum, pool) => sum + nodesOf(pool, sites) * placesOn(pool, placement, sites), 0);
  const at = part.at('placement');
  if (capacity < members) {
    const shape = placement.flavour === undefined ? '' : ` and flavour ${placement.flavour.id}`;
    const message = `the pools hold ${capacity} members of ${slots} slots${shape}, the group has ${members}`;
    at.problem('no-capacity', message, 'more nodes, more slots or fewer members', { part: 'key' });
    return;
  }
  if (antiAffinity.level === 'none') return;
  const places = distinct(antiAffinity.level, pools, sites);
  if (places < members) {
    const message = `${members} members need ${members} different ${plural(antiAffinity.level)}, the pools have ${places}`;
    if (antiAffinity.hard)
      at.problem('impossible-anti-affinity', message, 'more of them, a lower level, or hard: false', { part: 'key' });
    else at.problem('members-together', `${message}: some share one`, undefined, { level: 'warning', part: 'key' });
  } else if (places === members && antiAffinity.hard && replacement !== 'in-place') {
    const message = `all ${places} ${plural(antiAffinity.level)} hold a member: after the loss of one, a replacement waits for its repair`;
    at.problem('no-spare-place', message, 'one more, or replacement: in-place', { level: 'warning', part: 'key' });
  }
}

/** Groups whose pools lie within the pools of one of them must fit in these together. */
function checkSlots(groups: Section, { groups: all, sites }: Pick<Scenario, 'groups' | 'sites'>): void {
  const reported = new Set<string>();
  for (const part of groups.entries()) {
    const pools = all[part.key]?.placement.pools ?? [];
    const key = [...pools].sort().join(' ');
    if (pools.length === 0 || reported.has(key)) continue;
    reported.add(key);
    const capacity = pools.reduce((sum, pool) => sum + nodesOf(pool, sites) * slotsOf(pool, sites), 0);
    const inside = Object.values(all).filter(
      ({ placement }) => placement.pools.length > 0 && placement.pools.every((pool) => pools.includes(pool)),
    );
    const needed = inside.reduce((sum, { members, placement }) => sum + members * placement.slots, 0);
    if (inside.length < 2 || needed <= capacity) continue;
    const message = `the ${inside.length} groups on ${pools.join(', ')} take ${needed} slots, the pools have ${capacity}`;
    part.at('placement').problem('no-capacity', message, 'more nodes or slots', { part: 'key' });
  }
}

/** Members of the group that one node of the pool holds. */
function placesOn(name: string, { slots, flavour }: Placement, sites: Scenario['sites']): number {
  const pool = poolOf(name, sites);
  return pool === undefined ? 0 : Math.min(Math.floor(pool.slots / slots), membersOn(pool, flavour));
}

function poolOf(name: string, sites: Scenario['sites']) {
  const site = siteOf(name);
  const pool = name.slice(site.length + 1);
  return Object.hasOwn(sites, site) && Object.hasOwn(sites[site]!.nodes, pool) ? sites[site]!.nodes[pool] : undefined;
}

const siteOf = (pool: string): string => pool.slice(0, Math.max(0, pool.lastIndexOf('/')));
const nodesOf = (name: string, sites: Scenario['sites']): number => poolOf(name, sites)?.count ?? 0;
const slotsOf = (name: string, sites: Scenario['sites']): number => poolOf(name, sites)?.slots ?? 0;
const plural = (level: string): string => `${level.replace('-', ' ')}s`;

/** Number of different nodes, racks or sites in the pools; a node in no domain is a rack of its own. */
function distinct(
  level: Exclude<Placement['antiAffinity']['level'], 'none'>,
  pools: readonly string[],
  sites: Scenario['sites'],
): number {
  if (level === 'node') return pools.reduce((sum, pool) => sum + nodesOf(pool, sites), 0);
  if (level === 'site') return new Set(pools.map(siteOf)).size;
  if (level === 'leaf-pair') {
    return inFabrics(pools, sites, ({ leavesOf }) =>
      [...leavesOf.values()].flatMap(([leaf]) => (leaf === undefined ? [] : leafPairOf(leaf))),
    );
  }
  if (level === 'recovery-region') {
    return inFabrics(
      pools,
      sites,
      ({ leavesOf, recoveryRegionOf }, site) => [...leavesOf.keys()].map((node) => recoveryRegionOf.get(node) ?? site),
      (_node, site) => site,
    );
  }
  const domains = new Set<string>();
  let alone = 0;
  for (const name of pools) {
    const pool = poolOf(name, sites);
    if (pool === undefined) continue;
    if (pool.domains.length === 0) alone += pool.count;
    for (const domain of pool.domains.slice(0, pool.count)) domains.add(`${siteOf(name)}/${domain}`);
  }
  return domains.size + alone;
}

/** Different domains that the fabrics give to the nodes of the pools; without a fabric, nodes or (regions) sites. */
function inFabrics(
  pools: readonly string[],
  sites: Scenario['sites'],
  domainsOf: (layout: FabricLayout, site: string) => readonly string[],
  alone: (node: string, site: string) => string = (node) => node,
): number {
  const found = new Set<string>();
  for (const name of pools) {
    const siteId = siteOf(name);
    const site = sites[siteId];
    const pool = poolOf(name, sites);
    if (site === undefined || pool === undefined) continue;
    if (site.fabric === undefined) for (let i = 0; i < pool.count; i++) found.add(alone(`${name}-${i}`, siteId));
    else {
      const layout = layOutFabric(siteId, site.fabric, { [name.slice(siteId.length + 1)]: pool });
      for (const domain of domainsOf(layout, siteId)) found.add(domain);
    }
  }
  return found.size;
}

/** Members under different managers are something the sources only announce: allowed when the file says so. */
function checkRegions(part: Section, pools: readonly string[], { names, vims }: PlacementSurroundings): void {
  const spanned = new Set(vims.length > 1 ? vims : pools.map((pool) => names.regionOf(pool)));
  const allowed = part.defaulted('acrossRegions', flag, defaults.acrossRegions, spanned.size > 1);
  if (spanned.size < 2 || allowed) return;
  const message = `members may run in ${[...spanned].map((region) => region || 'no region').join(' and ')}, under different VIMs`;
  part.at('pools').problem('roles-span-vims', message, 'pools of one region, or acrossRegions: true', {
    level: 'warning',
    part: 'key',
  });
}
