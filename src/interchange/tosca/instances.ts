import { didYouMean } from '../../scenario/read/suggest.ts';
import { ANY_VIM } from './cluster.ts';
import type { Context } from './context.ts';
import { unitsOf } from './groups.ts';
import type { Cluster, Plan, Vnf } from './plan.ts';
import type { Roles, Unit } from './setting.ts';
import { blackBox } from './vnf.ts';

/** One VNF in the scenario: its descriptor, under its own name. */
export interface Instance {
  readonly name: string;
  readonly vnf: Vnf;
  readonly cluster?: Cluster;
  readonly units: readonly Unit[];
}

/** VNFs under the names of the network service, those no service names, and clusters in place of their VNF. */
export function instancesOf(plan: Plan, context: Context): readonly Instance[] {
  const instances: Instance[] = [];
  const used = new Set<Vnf>();
  const names = new Set<string>();
  const add = (name: string, vnf: Vnf, cluster?: Cluster): void => {
    let own = name;
    for (let i = 2; names.has(own); i++) own = `${name}.${i}`;
    names.add(own);
    const units = cluster === undefined ? unitsOf(vnf, context) : vnf.vdus.map((vdu): Unit => ({ vdus: [vdu] }));
    instances.push({ name: own, vnf, units, ...(cluster === undefined ? {} : { cluster }) });
  };
  for (const service of plan.networks) {
    for (const { name, type, place, entry } of service.constituents) {
      const found =
        byName(plan.vnfs, type) ??
        byName(plan.vnfs, name) ??
        (plan.vnfs.length === 1 && service.constituents.length === 1 ? plan.vnfs[0] : undefined);
      if (found === undefined) {
        context.find(
          place,
          'missing-descriptor',
          `no descriptor of "${type === '' ? name : type}" was given; ${name} is one instance of which nothing is known`,
          didYouMean(
            type,
            plan.vnfs.flatMap((vnf) => vnf.names),
            'VNFs',
          ),
        );
        context.ledger.approximate(entry, 'a VNF of which nothing else is known');
        add(name, blackBox(name, { place }));
        continue;
      }
      used.add(found);
      add(name, found);
    }
  }
  for (const cluster of plan.clusters) {
    const { target } = cluster;
    const free = plan.vnfs.filter((vnf) => !used.has(vnf));
    const withPoint = free.filter(({ points }) => target !== undefined && points.has(target.name));
    const vnf = withPoint[0] ?? free[0];
    if (target !== undefined && withPoint.length > 0)
      context.ledger.take(target.entry, 'the connection point through which members are reached');
    else if (target !== undefined) {
      const known = free.flatMap(({ points }) => [...points.keys()]);
      context.find(
        target.place,
        'dangling-reference',
        vnf === undefined
          ? `target "${target.name}" is a connection point of a VNFD that was not given`
          : `target "${target.name}" is no connection point of ${vnf.name}`,
        didYouMean(target.name, known, 'connection points') ?? 'name the VNFD of the members as well',
      );
      context.ledger.approximate(target.entry, 'a connection point that is not described');
    }
    const vims = new Set([...cluster.active.keys(), ...cluster.standby.keys()].filter((vim) => vim !== ANY_VIM));
    if (vims.size > 1)
      context.find(
        cluster.place,
        'several-vims',
        `members on ${[...vims].join(', ')}: clusters are meant for one VIM (A-36); each becomes a site of its own`,
      );
    if (vnf !== undefined) used.add(vnf);
    add(vnf === undefined ? cluster.name : vnf.name, vnf ?? blackBox('member', { place: cluster.place }), cluster);
  }
  for (const vnf of plan.vnfs) if (!used.has(vnf) && vnf.vdus.length > 0) add(vnf.name, vnf);
  return instances;
}

/** Site of whatever names none. */
const USUAL_SITE = 'nfvi';

/** Members by role, and the sites they are on. */
export function rolesOf(
  { cluster }: Instance,
  siteOf: (vim: string) => string,
): { readonly roles?: Roles; readonly sites: readonly string[] } {
  if (cluster === undefined) return { sites: [siteOf(USUAL_SITE)] };
  const sum = (members: ReadonlyMap<string, number>): number => [...members.values()].reduce((a, b) => a + b, 0);
  const vims = [...new Set([...cluster.active.keys(), ...cluster.standby.keys()])].filter((vim) => vim !== ANY_VIM);
  const sites = (vims.length === 0 ? [USUAL_SITE] : vims).map(siteOf);
  // Members of which no VIM is stated are where the first of the others are.
  const bySite = (members: ReadonlyMap<string, number>): Readonly<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const [vim, count] of members) {
      const site = vim === ANY_VIM ? sites[0]! : siteOf(vim);
      found[site] = (found[site] ?? 0) + count;
    }
    return found;
  };
  return {
    roles: {
      active: sum(cluster.active),
      standby: sum(cluster.standby),
      bySite: { active: bySite(cluster.active), standby: bySite(cluster.standby) },
      cluster,
    },
    sites,
  };
}

export function byName(vnfs: readonly Vnf[], name: string): Vnf | undefined {
  const lower = name.toLowerCase();
  return (
    vnfs.find(({ names }) => names.includes(name)) ??
    vnfs.find(({ names }) => names.some((each) => each.toLowerCase() === lower)) ??
    only(
      vnfs.filter(
        ({ names }) =>
          lower.length > 3 &&
          names.some((each) => each.toLowerCase().endsWith(lower) || lower.endsWith(each.toLowerCase())),
      ),
    )
  );
}

export const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
