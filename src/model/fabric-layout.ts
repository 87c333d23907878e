import type { Bond, CabledPool, Fabric, FreeFabric, Homing, LeafSpine, PlaneUse } from './fabric.ts';
import type { ElementKind, FailureMode } from './scenario.ts';

export interface LaidSwitch {
  readonly name: string;
  readonly role: 'spine' | 'leaf' | 'border' | 'switch';
  readonly failures: readonly FailureMode[];
  /** Domain of the site it stands in. */
  readonly domain: string | undefined;
}

/** A link goes down with its `upper` end; at the `lower` end it carries that one's traffic. */
export interface LaidLink {
  readonly name: string;
  readonly upper: string;
  readonly lower: string;
  readonly failures: readonly FailureMode[];
}

/** Links that carry the traffic of `of` together. */
export interface Bundle {
  readonly name: string;
  readonly of: string;
  readonly links: readonly LaidLink[];
  readonly mode: 'ecmp' | Homing;
  readonly serves: PlaneUse;
}

/** A fabric with names: bundles nearest to the exit first. */
export interface FabricLayout {
  readonly switches: readonly LaidSwitch[];
  readonly links: readonly LaidLink[];
  readonly bundles: readonly Bundle[];
  /** Links between the switches of a free fabric; their ends are equals. */
  readonly trunks: readonly LaidLink[];
  /** Management controllers of each node. */
  readonly controllers: readonly { readonly node: string; readonly names: readonly string[] }[];
  /** Switches of each node in the order of its links, on the first plane. */
  readonly leavesOf: ReadonlyMap<string, readonly string[]>;
  /** Recovery region, `<site>/<id>`, of the leaves and nodes that are in one. */
  readonly recoveryRegionOf: ReadonlyMap<string, string>;
  /** Names behind the numbered ones: `<site>/spine`, `<site>/leaf`, `<site>/border`. */
  readonly bases: ReadonlyMap<string, readonly string[]>;
}

const numbered = (id: string, count: number): readonly string[] =>
  count === 1 ? [id] : Array.from({ length: count }, (_, i) => `${id}-${i + 1}`);
const local = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Leaf pair, or the leaf where it has no partner, that a leaf belongs to: the anti-affinity domain of its nodes. */
export function leafPairOf(leaf: string): string {
  const match = /^(.*)leaf-(\d+)$/.exec(leaf);
  return match === null ? leaf : `${match[1]}leaf-pair-${Math.ceil(Number(match[2]) / 2)}`;
}

/** An element that a fabric brings, and what it stands on. */
export interface FabricPart {
  readonly name: string;
  readonly kind: ElementKind;
  readonly failures: readonly FailureMode[];
  readonly on: string;
}

/** Everything a site's fabric brings: switches, the path aggregator, links, management controllers. */
export function partsOfFabric(
  site: string,
  fabric: Fabric,
  { switches, links, trunks, controllers }: FabricLayout,
): readonly FabricPart[] {
  const { aggregator, bmc } = fabric;
  return [
    ...switches.map(({ name, role, failures, domain }): FabricPart => {
      return { name, kind: role === 'border' ? 'leaf' : role, failures, on: domain ?? site };
    }),
    ...(aggregator === undefined
      ? []
      : [{ name: `${site}/path-aggregator`, kind: 'unit', failures: aggregator.failures, on: site } as const]),
    ...links.map(({ name, failures, upper }): FabricPart => ({ name, kind: 'link', failures, on: upper })),
    ...trunks.map(({ name, failures }): FabricPart => ({ name, kind: 'link', failures, on: site })),
    ...controllers.flatMap(({ names }) =>
      names.map((name): FabricPart => ({ name, kind: 'bmc', failures: bmc?.failures ?? [], on: site })),
    ),
  ];
}

/** Switches, links and bundles of a site's fabric with their full names. Pools in file order. */
export function layOutFabric(site: string, fabric: Fabric, pools: Readonly<Record<string, CabledPool>>): FabricLayout {
  const layout = {
    switches: [] as LaidSwitch[],
    links: [] as LaidLink[],
    bundles: [] as Bundle[],
    trunks: [] as LaidLink[],
    controllers: [] as FabricLayout['controllers'][number][],
    leavesOf: new Map<string, readonly string[]>(),
    recoveryRegionOf: new Map<string, string>(),
    bases: new Map<string, readonly string[]>(),
  };
  if (fabric.kind === 'leaf-spine') layOutLeafSpine(site, fabric, layout);
  else layOutFree(site, fabric, layout);
  const switches = fabric.kind === 'free' ? fabric.access : numbered(`${site}/leaf`, fabric.leaves);
  for (const [id, pool] of Object.entries(pools)) {
    numbered(`${site}/${id}`, pool.count).forEach((node, i) => {
      const homing = pool.homing ?? fabric.homing;
      const own = fabric.cabling[local(node)]?.map((leaf) => `${site}/${leaf}`);
      const leaves = (mode: Homing): readonly string[] => own ?? dealtLeaves(site, fabric, switches, pool, i, mode);
      layout.leavesOf.set(node, leaves(homing));
      const region = layout.recoveryRegionOf.get(leaves(homing)[0] ?? '');
      if (region !== undefined) layout.recoveryRegionOf.set(node, region);
      if (fabric.bmc !== undefined) {
        layout.controllers.push({ node, names: numbered(`${node}--bmc`, fabric.bmc.redundant ? 2 : 1) });
      }
      bond(layout, fabric, node, '', leaves(homing), homing, 'members');
      for (const [plane, { homing: mode, serves }] of Object.entries(fabric.planes)) {
        bond(layout, fabric, node, `@${plane}`, leaves(mode), mode, serves);
      }
    });
  }
  return layout;
}

type Draft = {
  readonly switches: LaidSwitch[];
  readonly links: LaidLink[];
  readonly bundles: Bundle[];
  readonly trunks: LaidLink[];
  readonly recoveryRegionOf: Map<string, string>;
  readonly bases: Map<string, readonly string[]>;
};

function layOutLeafSpine(site: string, fabric: LeafSpine, layout: Draft): void {
  const spines = numbered(`${site}/spine`, fabric.spines);
  const leaves = numbered(`${site}/leaf`, fabric.leaves);
  const borders = fabric.borderLeaves === 0 ? [] : numbered(`${site}/border`, fabric.borderLeaves);
  layout.bases.set(`${site}/spine`, spines).set(`${site}/leaf`, leaves);
  if (borders.length > 0) layout.bases.set(`${site}/border`, borders);
  const place = (names: readonly string[], role: LaidSwitch['role'], { failures, domains }: LeafSpine['leaf']): void =>
    names.forEach((name, i) => {
      const domain = domains.length === 0 ? undefined : domains[i % domains.length]!;
      layout.switches.push({ name, role, failures, domain: domain === undefined ? undefined : `${site}/${domain}` });
    });
  for (const [id, { leafPairs }] of Object.entries(fabric.recoveryRegions ?? {})) {
    for (const pair of leafPairs) {
      for (const leaf of leaves.slice(2 * pair - 2, 2 * pair)) layout.recoveryRegionOf.set(leaf, `${site}/${id}`);
    }
  }
  place(spines, 'spine', fabric.spine);
  place(leaves, 'leaf', fabric.leaf);
  place(borders, 'border', fabric.leaf);
  const bundle = (of: string, uppers: readonly string[], what: string): void => {
    if (uppers.length === 0) return;
    const links = uppers.flatMap((upper) =>
      Array.from({ length: fabric.linksPerPair }, (_, i): LaidLink => {
        const name = `${of}--${local(upper)}${fabric.linksPerPair === 1 ? '' : `.${i + 1}`}`;
        return { name, upper, lower: of, failures: fabric.link };
      }),
    );
    layout.links.push(...links);
    layout.bundles.push({ name: `${of}:${what}`, of, links, mode: 'ecmp', serves: 'members' });
  };
  for (const spine of spines) bundle(spine, borders, 'exits');
  for (const leaf of leaves) bundle(leaf, spines, 'uplinks');
}

function layOutFree(site: string, fabric: FreeFabric, layout: Draft): void {
  for (const [id, failures] of Object.entries(fabric.switches)) {
    layout.switches.push({ name: `${site}/${id}`, role: 'switch', failures, domain: undefined });
  }
  for (const [id, { between, failures }] of Object.entries(fabric.links)) {
    const [lower, upper] = between;
    layout.trunks.push({ name: `${site}/${id}`, lower: `${site}/${lower}`, upper: `${site}/${upper}`, failures });
  }
}

/** Of `switches`, those of the i-th node of a pool: both of the next pair, or the next one. */
function dealtLeaves(
  site: string,
  fabric: Fabric,
  switches: readonly string[],
  pool: CabledPool,
  i: number,
  homing: Homing,
): readonly string[] {
  if (fabric.kind === 'free') {
    const pick = (offset: number): string => `${site}/${switches[(i + offset) % switches.length]!}`;
    return homing === 'single' || switches.length === 1 ? [pick(0)] : [pick(0), pick(1)];
  }
  if (switches.length === 1) return switches;
  const { leafPairs } = pool;
  const ofPair = (pair: number): readonly string[] => switches.slice(2 * pair - 2, 2 * pair);
  const pairs = leafPairs?.length ?? Math.ceil(switches.length / 2);
  if (homing !== 'single') return ofPair(leafPairs?.[i % pairs] ?? (i % pairs) + 1);
  const all = leafPairs?.flatMap(ofPair) ?? switches;
  return [all[i % all.length]!];
}

function bond(
  layout: Draft,
  fabric: Fabric,
  node: string,
  plane: string,
  leaves: readonly string[],
  mode: Homing,
  serves: PlaneUse,
): void {
  // Two links to one switch, a mis-cabling, are told apart by their number.
  const links = leaves.map((upper, i): LaidLink => {
    const again = leaves.indexOf(upper) < i ? `.${i + 1}` : '';
    return { name: `${node}--${local(upper)}${again}${plane}`, upper, lower: node, failures: fabric.link };
  });
  layout.links.push(...links);
  layout.bundles.push({ name: `${node}:bond${plane}`, of: node, links, mode: mode as Bond | 'single', serves });
}
