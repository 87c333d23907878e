import { didYouMean } from '../../scenario/read/suggest.ts';
import type { Context } from './context.ts';
import { unitsOf } from './groups.ts';
import { byName, type Instance, only } from './instances.ts';
import type { Path, Plan } from './plan.ts';
import type { Unit } from './setting.ts';
import { blackBox } from './vnf.ts';

export interface Stage {
  readonly instance: Instance;
  readonly units: readonly Unit[];
}

/**
 * The groups a path crosses. Forwarders without a descriptor become instances of which nothing is known, and join `all`:
 * two paths through one of them cross the same.
 */
export function resolvePath(path: Path, all: Instance[], plan: Plan, context: Context): readonly Stage[] {
  const named = new Set(
    plan.paths.flatMap(({ hops }) =>
      hops.flatMap(({ forwarder }) => byForwarder(forwarder, all, plan, context, path.name) ?? []),
    ),
  );
  return path.hops.map(({ forwarder, point, place }): Stage => {
    const found = byForwarder(forwarder, all, plan, context, path.name) ?? byPoint(point, forwarder);
    if (found === undefined) {
      const known = [
        ...new Set(
          all.filter(({ vnf }) => vnf.generation !== 'unknown').flatMap(({ name, vnf }) => [name, ...vnf.names]),
        ),
      ];
      context.find(
        place,
        'missing-descriptor',
        `${path.name} crosses "${forwarder}", and no descriptor of it was given; it is one instance of which nothing is known`,
        didYouMean(forwarder, known, 'VNFs'),
      );
      const vnf = blackBox(forwarder, { place });
      const instance: Instance = { name: forwarder, vnf, units: unitsOf(vnf, context) };
      all.push(instance);
      return { instance, units: instance.units };
    }
    const vdu = point === undefined ? undefined : found.vnf.points.get(point);
    if (vdu === undefined) {
      if (point !== undefined && found.vnf.generation !== 'unknown') {
        const why = found.vnf.points.has(point) ? 'that point leads to no VDU' : 'there is no such connection point';
        context.find(
          place,
          'dangling-reference',
          `${path.name} enters ${found.name} at "${point}", and ${why}; all of its VDUs count`,
          didYouMean(point, [...found.vnf.points.keys()], 'connection points'),
        );
      }
      return { instance: found, units: found.units };
    }
    return { instance: found, units: found.units.filter(({ vdus }) => vdus.some(({ name }) => name === vdu)) };
  });

  /** The only VNF with such a connection point, when no forwarder names it. */
  function byPoint(point: string | undefined, forwarder: string): Instance | undefined {
    const found =
      point === undefined
        ? undefined
        : only(all.filter((each) => !named.has(each) && each.vnf.points.get(point) !== undefined));
    if (found !== undefined)
      context.assume(
        `chains.${path.name}: ${forwarder}`,
        found.name,
        `the only VNF with a connection point ${point}`,
        '[EA] A-56',
      );
    return found;
  }
}

/** The instance a forwarder names: itself, its descriptor, or the import that describes it. */
function byForwarder(
  name: string,
  all: readonly Instance[],
  plan: Plan,
  context: Context,
  path: string,
): Instance | undefined {
  const exact = all.find((each) => each.name === name);
  if (exact !== undefined) return exact;
  const vnf = byName(
    all.map((each) => each.vnf),
    name,
  );
  if (vnf !== undefined) return all.find((each) => each.vnf === vnf);
  for (const { imports, constituents } of plan.networks) {
    const index = imports.findIndex((each) => each.name === name);
    if (index < 0 || imports.length !== constituents.length) continue;
    const found = all.find((each) => each.name === constituents[index]!.name);
    if (found !== undefined)
      context.assume(
        `chains.${path}: ${name}`,
        found.name,
        'the descriptors are imported in the order of the VNFs',
        '[EA] A-56',
      );
    return found;
  }
  return undefined;
}
