import type { Flow, Step } from '../../../src/model/flow.ts';
import type {
  Detector,
  ElementSpec,
  FailureMode,
  Group,
  Scenario,
  Service,
  Site,
  StructureSpec,
} from '../../../src/model/scenario.ts';

/** Which of its names a scenario keeps when it gets a prefix: what two scenarios then have in common. */
export interface Common {
  readonly elements?: boolean;
  readonly sites?: boolean;
  readonly control?: boolean;
  readonly repair?: boolean;
}

/** The scenario under other names: every id gets `prefix`, but for the kinds that stay common. */
export function prefixed(scenario: Scenario, prefix: string, common: Common = {}): Scenario {
  const ids = {
    control: new Set(common.control === true ? [] : Object.keys(scenario.control)),
    repair: new Set(common.repair === true ? [] : Object.keys(scenario.repair)),
    roots: new Set([
      ...(common.elements === true ? [] : Object.keys(scenario.elements)),
      ...(common.sites === true ? [] : Object.keys(scenario.sites)),
      ...(common.control === true ? [] : Object.keys(scenario.control)),
      ...Object.keys(scenario.groups),
    ]),
  };
  // The id is what comes before a slash or the number of a counted element.
  const rename = (name: string): string => {
    const root = name.split('/')[0]!;
    const counted = root.replace(/-\d+$/, '');
    return ids.roots.has(root) || ids.roots.has(counted) ? prefix + name : name;
  };
  const key = (id: string, set: ReadonlySet<string>): string => (set.has(id) ? prefix + id : id);
  const failures = (list: readonly FailureMode[]): FailureMode[] =>
    list.map((mode) =>
      mode.restore.by === 'repair'
        ? { ...mode, restore: { ...mode.restore, policy: key(mode.restore.policy, ids.repair) } }
        : mode,
    );
  const element = (spec: ElementSpec): ElementSpec => ({
    ...spec,
    failures: failures(spec.failures),
    ...(spec.on === undefined ? {} : { on: rename(spec.on) }),
  });
  const site = (of: Site): Site => ({
    failures: failures(of.failures),
    domains: map(of.domains, (domain) => ({ ...domain, failures: failures(domain.failures) })),
    nodes: map(of.nodes, (pool) => ({ ...pool, failures: failures(pool.failures) })),
  });
  const needs = (list: readonly string[]): string[] => list.map((need) => key(need, ids.control));
  const detector = (each: Detector): Detector => ({ ...each, needs: needs(each.needs) });
  const step = (each: Step): Step => ({ ...each, needs: needs(each.needs) });
  const flow = (each: Flow): Flow => ({
    ...each,
    id: prefix + each.id,
    remediation: each.remediation.map(step),
    recovery: each.recovery.map(step),
  });
  const group = (of: Group): Group => {
    const { replication, store, ...state } = of.state;
    const { standby, detectors } = of.detection;
    return {
      ...of,
      instance: of.instance.map((layer) => ({ ...layer, failures: failures(layer.failures) })),
      placement: { ...of.placement, pools: of.placement.pools.map(rename) },
      flow: prefix + of.flow,
      detection: {
        ...of.detection,
        detectors: detectors.map(detector),
        standby: { ...standby, ...(standby.needs === undefined ? {} : { needs: needs(standby.needs) }) },
      },
      state: {
        ...state,
        ...(replication === undefined ? {} : { replication: rename(replication) }),
        ...(store === undefined ? {} : { store: rename(store) }),
      },
    };
  };
  const spec = (of: StructureSpec): StructureSpec =>
    of.kind === 'leaf' ? { kind: 'leaf', of: rename(of.of) } : { ...of, inputs: of.inputs.map(spec) };
  return {
    ...scenario,
    elements: mapKeys(scenario.elements, rename, element),
    sites: mapKeys(scenario.sites, rename, site),
    control: mapKeys(scenario.control, rename, (fn) => ({
      ...fn,
      failures: failures(fn.failures),
      ...(fn.on === undefined ? {} : { on: rename(fn.on) }),
    })),
    repair: mapKeys(
      scenario.repair,
      (id) => key(id, ids.repair),
      (policy) => policy,
    ),
    flows: mapKeys(scenario.flows, (id) => prefix + id, flow),
    groups: mapKeys(scenario.groups, rename, group),
    services: mapKeys(
      scenario.services,
      (id) => prefix + id,
      (service) => ({ ...service, structure: spec(service.structure) }),
    ),
  };
}

/** Two scenarios in one; what has the same name is taken from the first. */
export function merged(a: Scenario, b: Scenario): Scenario {
  return {
    ...a,
    elements: { ...b.elements, ...a.elements },
    sites: { ...b.sites, ...a.sites },
    control: { ...b.control, ...a.control },
    repair: { ...b.repair, ...a.repair },
    flows: { ...b.flows, ...a.flows },
    groups: { ...b.groups, ...a.groups },
    services: { ...a.services, ...b.services },
  };
}

/** The structures of two services under a gate of their own, read as the first is. */
export function joined(kind: 'all' | 'any', a: Service, b: Service): Service {
  return { ...a, structure: { kind, inputs: [a.structure, b.structure] } };
}

function map<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return mapKeys(record, (key) => key, change);
}

function mapKeys<T>(
  record: Readonly<Record<string, T>>,
  rename: (key: string) => string,
  change: (value: T) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [rename(key), change(value)]));
}
