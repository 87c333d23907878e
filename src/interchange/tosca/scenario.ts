import type { ImportedGroup, ImportReport } from '../../model/descriptor.ts';
import type { Place } from '../../model/problem.ts';
import type { Context } from './context.ts';
import { FLOWS } from './flows.ts';
import { buildGroup } from './groups.ts';
import { Hosts } from './hosts.ts';
import { Ids } from './ids.ts';
import { type Instance, instancesOf, rolesOf } from './instances.ts';
import { LOOP } from './monitoring.ts';
import { resolvePath } from './paths.ts';
import type { Plan, Vdu } from './plan.ts';
import type { BuiltGroup, Unit } from './setting.ts';

/** A scenario as it will be written: sections in order, and where each group, service and chain comes from. */
export interface Draft {
  readonly sections: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly origins: ReadonlyMap<string, Place>;
  readonly rows: readonly ImportedGroup[];
  readonly services: ImportReport['services'];
}

/** Says the plan in the words of scenarios, at an instantiation level; absent: at the default one. */
export function draft(plan: Plan, context: Context, level?: string): Draft {
  const ids = new Ids();
  const hosts = new Hosts();
  const origins = new Map<string, Place>();
  const all = [...instancesOf(plan, context)];
  const hops = plan.paths.map((path) => ({ path, stages: resolvePath(path, all, plan, context) }));
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
  for (const instance of all) {
    const uses: string[] = [];
    const balancer = instance.cluster?.balancer === true ? addBalancer(instance) : undefined;
    for (const unit of instance.units) {
      const id = ids.take(
        several && !isAlone(instance) ? `${instance.name}-${nameOf(unit)}` : several ? instance.name : nameOf(unit),
      );
      const { roles, sites } = rolesOf(instance, (vim) => ids.site(vim));
      const built = buildGroup(
        {
          id,
          vnf: instance.vnf,
          unit,
          instances: (vdu: Vdu) => (level === undefined ? vdu.instances : (vdu.levels.get(level) ?? vdu.instances)),
          ...(roles === undefined ? {} : { roles }),
          sites,
          ...(balancer === undefined ? {} : { balancer }),
          pool: ids.pool(unit.vdus[0]?.zone ?? 'compute'),
          chained: chained.has(keyOf(instance, unit)),
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
    if (balancer !== undefined) uses.push(balancer);
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
  const looped = Object.values(detectors).some((detector) => (detector as { loop?: unknown }).loop === LOOP.id);
  const monitoring = looped ? { [LOOP.id]: LOOP.text } : {};
  return {
    sections: {
      catalogue,
      monitoring,
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

  /** The element that fails for the load balancer of a cluster. */
  function addBalancer({ name, cluster }: Instance): string {
    const id = ids.take(`${name}-lb`);
    elements[id] = { type: 'load-balancer' };
    origins.set(`elements.${id}`, cluster!.place);
    context.assume(
      `elements.${id}`,
      'one load-balancer',
      'how often the load balancer fails is not described',
      '[EA] types of the catalogue',
    );
    return id;
  }

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
