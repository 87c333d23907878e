import type { Bond, Fabric, PathProtection, RecoveryRegion } from '../model/fabric.ts';
import { type Bundle, type FabricLayout, layOutFabric } from '../model/fabric-layout.ts';
import type { Group, Scenario } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { GateList } from './structure.ts';

/**
 * A fabric as elements, gates and protection groups (B-91): a link goes down with its upper end; links that carry the
 * traffic of one element together are the members of a group that reroutes; what gets through to an element is its
 * `reach`. The engine knows nothing of leaves and spines.
 */
export interface FabricPlan {
  /** By site. */
  readonly layouts: ReadonlyMap<string, FabricLayout>;
  /** Groups of the bundles of several links, those nearest to the exit first. */
  readonly groups: Readonly<Record<string, Group>>;
}

export function planFabrics(scenario: Scenario): FabricPlan {
  const layouts = new Map<string, FabricLayout>();
  const groups: Record<string, Group> = {};
  for (const [id, { fabric, nodes }] of Object.entries(scenario.sites)) {
    if (fabric === undefined) continue;
    const layout = layOutFabric(id, fabric, nodes);
    layouts.set(id, layout);
    const capacity = fabric.kind === 'leaf-spine' ? fabric.uplinkCapacity : 1;
    for (const bundle of layout.bundles) {
      if (bundle.links.length === 1) continue;
      const { reroute, bonds } = protectionOf(bundle, id, fabric, layout);
      groups[bundle.name] =
        bundle.mode === 'ecmp'
          ? bundleGroup(bundle, reroute, capacity / bundle.links.length)
          : bundleGroup(bundle, bonds[bundle.mode as Bond], 1);
    }
  }
  return { layouts, groups };
}

/** Who notices and replaces what the bundle loses: its recovery region, or the fabric as a whole (B-48). */
function protectionOf(
  { of }: Bundle,
  site: string,
  fabric: Fabric,
  layout: FabricLayout,
): Pick<RecoveryRegion, 'reroute' | 'bonds'> {
  const region = layout.recoveryRegionOf.get(of)?.slice(site.length + 1);
  if (region === undefined || fabric.kind === 'free') return fabric;
  return fabric.recoveryRegions![region]!;
}

/** Links that stand in for each other: no instances to replace, each comes back by its own repair. */
function bundleGroup(bundle: Bundle, protection: PathProtection, unitCapacity: number): Group {
  const shared = bundle.mode === 'ecmp' || bundle.mode === 'mlag';
  const { coverage, detection, report } = protection;
  return {
    scheme: shared ? 'load-balanced' : 'active-standby',
    members: bundle.links.length,
    ...(shared ? { sharing: { standbys: 0, required: 0, unitCapacity, load: 1 } } : {}),
    instance: [],
    existing: bundle.links.map((link) => link.name),
    placement: { pools: [], replacement: 'pool', slots: 1, antiAffinity: { level: 'none', hard: false } },
    standby: { kind: 'hot', rateFactor: 1 },
    flow: protection.flow,
    times: protection.times,
    probabilities: {},
    detection: {
      detectors: [{ id: 'fabric', latency: detection, needs: [] }],
      coverage,
      coverageExposed: coverage,
      // biome-ignore lint/suspicious/noThenProperty: the word of the scenario contract
      uncovered: { detect: report, then: 'flow' },
      standby: { coverage, audit: report },
      whileExposed: 'normal',
    },
    recovery: { starts: 'restored', concurrency: Number.POSITIVE_INFINITY, takeover: 'immediate' },
    state: {
      stateful: false,
      protection: 'none',
      snapshotInterval: 1,
      sessionHold: 1,
      required: false,
      reattach: 0,
    },
    retry: 0,
    manualEscalation: Number.POSITIVE_INFINITY,
    failoverDeadline: 15,
    failoverTarget: protection.target,
  };
}

/** Signals of what lies between elements and the outside, by element index. */
export interface Attachments {
  readonly reach: ReadonlyMap<number, number>;
  /** The same for the control path, which may have a network of its own. */
  readonly controlReach: ReadonlyMap<number, number>;
  readonly bmc: ReadonlyMap<number, number>;
}

/** Adds the gates of every fabric. `groupSignal` finds the signal of a bundle's group. */
export function attachFabrics(
  scenario: Scenario,
  plan: FabricPlan,
  list: ElementList,
  gates: GateList,
  groupSignal: (name: string) => number,
): Attachments {
  const reach = new Map<number, number>();
  const controlReach = new Map<number, number>();
  const bmc = new Map<number, number>();
  const index = (name: string): number => list.indexOf.get(name)!;
  for (const [id, layout] of plan.layouts) {
    const fabric = scenario.sites[id]!.fabric!;
    if (fabric.kind === 'free') {
      const at = new Map(layout.switches.map(({ name }, i) => [name, i]));
      const joined = gates.addConnected(`${id}/fabric`, {
        vertices: layout.switches.map(({ name }) => index(name)),
        edges: layout.trunks.map(({ name, lower, upper }) => [index(name), at.get(lower)!, at.get(upper)!]),
        exits: fabric.exits.map((exit) => at.get(`${id}/${exit}`)!),
      });
      for (const [i, { name }] of layout.switches.entries()) reach.set(index(name), joined[i]!);
    }
    for (const bundle of layout.bundles) {
      const element = index(bundle.of);
      const through = bundleSignal(bundle);
      const add = (to: Map<number, number>): void => {
        const other = to.get(element);
        to.set(element, other === undefined ? through : gates.addProduct(`${bundle.of}:networks`, [other, through]));
      };
      add(bundle.serves === 'members' ? reach : controlReach);
    }
    for (const { node, names } of layout.controllers) {
      bmc.set(index(node), gates.add(`${node}:bmc`, 1, names.map(index)));
    }
  }
  return { reach, controlReach, bmc };

  function bundleSignal(bundle: Bundle): number {
    if (bundle.links.length > 1) return groupSignal(bundle.name);
    const link = bundle.links[0]!;
    const beyond = reach.get(index(link.upper));
    return gates.addProduct(bundle.name, beyond === undefined ? [index(link.name)] : [index(link.name), beyond]);
  }
}
