import type { ImportedGroup, ImportReport } from '../../model/descriptor.ts';
import type { Place } from '../../model/problem.ts';
import { didYouMean } from '../../scenario/read/suggest.ts';
import { ANY_VIM } from './cluster.ts';
import type { Context } from './context.ts';
import { type BuiltGroup, buildGroup, type FlowId, type Roles, type Unit, unitsOf } from './groups.ts';
import { Hosts } from './hosts.ts';
import type { Cluster, Path, Plan, Vdu, Vnf } from './plan.ts';
import { blackBox } from './vnf.ts';

/** A scenario as it will be written: sections in order, and where each group, service and chain comes from. */
export interface Draft {
  readonly sections: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly origins: ReadonlyMap<string, Place>;
  readonly rows: readonly ImportedGroup[];
  readonly services: ImportReport['services'];
}

const steps = {
  byOperator: { terminate: { by: 'operator', duration: 'manualRestore', needs: [] } },
};

/** Own flows of imported scenarios, on those of the catalogue. */
const FLOWS: Readonly<Partial<Record<FlowId, unknown>>> = {
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
  'tacker-recovery': {
    base: 'FL-02',
    title: 'Recovery of a cluster: the standby joins the pool, then the failed member is created again (FL-11)',
    remediation: [
      {
        id: 'promote',
        by: 'nfvo',
        duration: '0 s',
        needs: ['standby', 'nfvo'],
        effects: ['promote'],
        phase: 'remediation',
      },
      {
        id: 'join-pool',
        by: 'nfvo',
        duration: 'poolUpdate',
        needs: ['nfvo', 'vim'],
        effects: ['connect'],
        mark: 'restored',
        phase: 'remediation',
      },
    ],
  },
};

/** One VNF in the scenario: its descriptor, under its own name. */
interface Instance {
  readonly name: string;
  readonly vnf: Vnf;
  readonly cluster?: Cluster;
  readonly units: readonly Unit[];
}

/** Says the plan in the words of scenarios, at an instantiation level; absent: at the default one. */
export function draft(plan: Plan, context: Context, level?: string): Draft {
  const ids = new Ids();
  const hosts = new Hosts();
  const origins = new Map<string, Place>();
  const instances = instancesOf(plan, context);
  const hops = plan.paths.map((path) => resolvePath(path, instances, context));
  const all = [...instances, ...hops.flatMap(({ added }) => added)];
  const chained = new Set(
    hops.flatMap(({ stages }) => stages.flatMap(({ instance, units }) => units.map((unit) => keyOf(instance, unit)))),
  );
  const several = all.length > 1;
  const elements: Record<string, unknown> = {};
  const groups: Record<string, unknown> = {};
  const detectors: Record<string, unknown> = {};
  const flows: Record<string, unknown> = {};
  const services: Record<string, unknown> = {};
  const rows: ImportedGroup[] = [];
  const made: ImportReport['services'][number][] = [];
  const parts = new Map<string, string>();
  const targets = all
    .flatMap(({ units }) => units)
    .filter(({ vdus }) =>
      vdus.some(({ monitors }) => monitors.some(({ kind }) => kind === 'ping' || kind === 'http-ping')),
    ).length;
  for (const instance of all) {
    const uses: string[] = [];
    for (const unit of instance.units) {
      const id = ids.take(
        several && !isAlone(instance) ? `${instance.name}-${nameOf(unit)}` : several ? instance.name : nameOf(unit),
      );
      const { roles, sites } = rolesOf(instance);
      const built = buildGroup(
        {
          id,
          vnf: instance.vnf,
          unit,
          instances: (vdu: Vdu) => (level === undefined ? vdu.instances : (vdu.levels.get(level) ?? vdu.instances)),
          ...(roles === undefined ? {} : { roles }),
          sites: sites.map((site) => ids.site(site)),
          pool: ids.pool(unit.vdus[0]?.zone ?? 'compute'),
          chained: chained.has(keyOf(instance, unit)),
          targets: Math.max(1, targets),
        },
        hosts,
        context,
      );
      if (built === undefined) continue;
      put(id, built);
      parts.set(keyOf(instance, unit), id);
      uses.push(id);
    }
    if (uses.length === 0) continue;
    if (instance.cluster?.balancer === true) {
      const id = ids.take(`${instance.name}-lb`);
      elements[id] = { type: 'load-balancer' };
      origins.set(`elements.${id}`, instance.cluster.place);
      context.assume(
        `elements.${id}`,
        'one load-balancer',
        'how often the load balancer fails is not described',
        '[EA] types of the catalogue',
      );
      uses.push(id);
    }
    const id = ids.take(instance.name, 'service');
    services[id] = { uses };
    origins.set(`services.${id}`, instance.cluster?.place ?? instance.vnf.place);
    made.push({ id, kind: 'service', of: uses.join(', ') });
    if (uses.length > 1)
      context.assume(`services.${id}.uses`, uses.join(', '), 'the VNF is up while all of its parts are', '[EA] A-55');
  }
  for (const service of plan.networks) {
    const uses = service.constituents.flatMap(
      ({ name }) =>
        made.find((each) => each.id === ids.known(name, 'service') || each.id === ids.known(name))?.of.split(', ') ??
        [],
    );
    if (service.constituents.length < 2 || uses.length === 0) continue;
    const id = ids.take(service.name, 'service');
    services[id] = { uses: [...new Set(uses)] };
    made.push({ id, kind: 'service', of: service.constituents.map(({ name }) => name).join(', ') });
    context.assume(
      `services.${id}.uses`,
      'all VNFs',
      'the network service is up while all of its VNFs are',
      '[EA] A-55',
    );
  }
  const chains: Record<string, unknown> = {};
  for (const { path, stages } of hops) {
    const names = stages.flatMap(({ instance, units }) =>
      units.flatMap((unit) => parts.get(keyOf(instance, unit)) ?? []),
    );
    const distinct = [...new Set(names)];
    if (distinct.length === 0) continue;
    const id = ids.take(path.name, 'chain');
    chains[id] = { stages: distinct };
    origins.set(`chains.${id}`, path.place);
    made.push({ id, kind: 'chain', of: distinct.join(' → ') });
    context.assume(
      `chains.${id}`,
      'all of its traffic',
      'which share of the users a classifier selects is not described',
      '[EA] A-58',
    );
    if (distinct.length < names.length)
      context.find(path.place, 'repeated-hop', `${path.name} crosses a group twice; it is up or down once`);
  }
  const catalogue = {
    ...(Object.keys(detectors).length === 0 ? {} : { detectors }),
    ...(Object.keys(flows).length === 0 ? {} : { flows }),
  };
  return {
    sections: {
      catalogue,
      sites: hosts.sites(),
      elements,
      groups,
      services,
      chains,
    },
    origins,
    rows,
    services: made,
  };

  function put(id: string, built: BuiltGroup): void {
    groups[id] = built.text;
    Object.assign(detectors, built.detectors);
    const own = FLOWS[built.flow];
    if (own !== undefined) flows[built.flow] = own;
    origins.set(`groups.${id}`, built.place);
    rows.push(built.row);
  }
}

const keyOf = (instance: Instance, unit: Unit): string => `${instance.name}\n${nameOf(unit)}`;
const nameOf = ({ vdus }: Unit): string => vdus.map(({ name }) => name).join('-');
const isAlone = ({ units, name }: Instance): boolean => units.length === 1 && units[0]!.vdus[0]!.name === name;

/** VNFs under the names of the network service, those no service names, and clusters in place of their VNF. */
function instancesOf(plan: Plan, context: Context): readonly Instance[] {
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

/** Members by role, and the sites they are on. */
function rolesOf({ cluster }: Instance): { readonly roles?: Roles; readonly sites: readonly string[] } {
  if (cluster === undefined) return { sites: ['nfvi'] };
  const sum = (members: ReadonlyMap<string, number>): number => [...members.values()].reduce((a, b) => a + b, 0);
  const vims = [...new Set([...cluster.active.keys(), ...cluster.standby.keys()])].filter((vim) => vim !== ANY_VIM);
  return {
    roles: { active: sum(cluster.active), standby: sum(cluster.standby) },
    sites: vims.length === 0 ? ['nfvi'] : vims,
  };
}

function byName(vnfs: readonly Vnf[], name: string): Vnf | undefined {
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

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

interface Stage {
  readonly instance: Instance;
  readonly units: readonly Unit[];
}

/** The groups a path crosses; forwarders without a descriptor are instances of which nothing is known. */
function resolvePath(
  path: Path,
  instances: readonly Instance[],
  context: Context,
): { readonly path: Path; readonly stages: readonly Stage[]; readonly added: readonly Instance[] } {
  const added: Instance[] = [];
  const stages = path.hops.map(({ forwarder, point, place }): Stage => {
    const found = find(forwarder, point);
    if (found === undefined) {
      const known = instances.flatMap(({ name, vnf }) => [name, ...vnf.names]);
      context.find(
        place,
        'missing-descriptor',
        `${path.name} crosses "${forwarder}", and no descriptor of it was given; it is one instance of which nothing is known`,
        didYouMean(forwarder, known, 'VNFs'),
      );
      const vnf = blackBox(forwarder, { place });
      const instance: Instance = { name: forwarder, vnf, units: unitsOf(vnf, context) };
      unknown.get(context)!.push(instance);
      added.push(instance);
      return { instance, units: instance.units };
    }
    const vdu = point === undefined ? undefined : found.vnf.points.get(point);
    if (vdu === undefined) {
      if (point !== undefined && found.vnf.generation !== 'unknown')
        context.find(
          place,
          'dangling-reference',
          `${path.name} enters ${found.name} at "${point}", and ${found.vnf.points.has(point) ? 'that point leads to no VDU' : 'there is no such connection point'}; all of its VDUs count`,
          didYouMean(point, [...found.vnf.points.keys()], 'connection points'),
        );
      return { instance: found, units: found.units };
    }
    return { instance: found, units: found.units.filter(({ vdus }) => vdus.some(({ name }) => name === vdu)) };
  });
  return { path, stages, added };

  function find(name: string, point: string | undefined): Instance | undefined {
    const known = unknown.get(context) ?? [];
    unknown.set(context, known);
    const all = [...instances, ...known];
    const exact = all.find((each) => each.name === name);
    if (exact !== undefined) return exact;
    const vnf = byName(
      all.map((each) => each.vnf),
      name,
    );
    if (vnf !== undefined) return all.find((each) => each.vnf === vnf);
    const byPoint =
      point === undefined ? undefined : only(instances.filter((each) => each.vnf.points.get(point) !== undefined));
    if (byPoint !== undefined)
      context.assume(
        `chains.${path.name}: ${name}`,
        byPoint.name,
        `the only VNF with a connection point ${point}`,
        '[EA] A-56',
      );
    return byPoint;
  }
}

/** Black boxes of the paths read so far: two paths through one forwarder cross the same instance. */
const unknown = new WeakMap<Context, Instance[]>();

/** Names of a scenario: letters, digits, `-`, `_`, `.`; each once, whatever it names. */
class Ids {
  readonly #used = new Set<string>(RESERVED);
  readonly #given = new Map<string, string>();
  readonly #sites = new Map<string, string>();
  readonly #pools = new Map<string, string>();

  take(name: string, kind = ''): string {
    const plain = idOf(name);
    let id = plain;
    if (this.#used.has(id) && kind !== '') id = `${plain}-${kind}`;
    for (let i = 2; this.#used.has(id); i++) id = `${plain}.${i}`;
    this.#used.add(id);
    const key = `${kind}\n${name}`;
    if (!this.#given.has(key)) this.#given.set(key, id);
    return id;
  }

  known(name: string, kind = ''): string | undefined {
    return this.#given.get(`${kind}\n${name}`);
  }

  site(name: string): string {
    return this.#named(this.#sites, name);
  }

  pool(name: string): string {
    return this.#named(this.#pools, name);
  }

  #named(known: Map<string, string>, name: string): string {
    const before = known.get(name);
    if (before !== undefined) return before;
    const plain = idOf(name);
    let id = plain;
    for (let i = 2; [...known.values()].includes(id) || this.#used.has(id); i++) id = `${plain}.${i}`;
    known.set(name, id);
    return id;
  }
}

/** Words that steps need, which would be taken for something else. */
const RESERVED = [
  'peer',
  'standby',
  'active',
  'host',
  'slot',
  'crew',
  'replication',
  'remediated',
  'confirmed',
  'bmc',
  'spare',
  'nfvo',
  'vnfm',
  'vim',
  'nfvi',
];

export function idOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|[-._]+$/g, '')
    .slice(0, 80);
  if (plain === '') return 'unnamed';
  if (/^\d+$/.test(plain)) return `vdu-${plain}`;
  return Object.hasOwn(Object.prototype, plain) || plain === '__proto__' ? `${plain}-` : plain;
}
