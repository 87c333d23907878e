import type { CabledPool, Fabric, FreeFabric } from '../../model/fabric.ts';
import { type FabricLayout, leafPairOf } from '../../model/fabric-layout.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';

/**
 * Verifies what is cabled by hand against how nodes are meant to hang on the fabric (B-90, B-92): unknown nodes and
 * switches are errors; two links to one switch, a missing second link and leaves that are no pair are warnings, because
 * such a cloud can be built and then has the single points of failure it has.
 */
export function checkCabling(
  part: Section,
  site: string,
  fabric: Fabric,
  pools: Readonly<Record<string, CabledPool>>,
  layout: FabricLayout,
): void {
  const switches = layout.switches.filter(({ role }) => role === 'leaf' || role === 'switch').map(({ name }) => name);
  const local = (name: string): string => name.slice(site.length + 1);
  const nodes = [...layout.leavesOf.keys()].map(local);
  for (const node of part.entries()) {
    const warn = (code: string, message: string, hint: string): void =>
      node.problem(code, message, hint, { level: 'warning', part: 'key' });
    if (!nodes.includes(node.key)) {
      node.problem('dangling-reference', `this site has no node "${node.key}"`, didYouMean(node.key, nodes, 'nodes'), {
        part: 'key',
      });
      continue;
    }
    const leaves = fabric.cabling[node.key]!;
    const items = node.items();
    for (const [i, leaf] of leaves.entries()) {
      if (switches.includes(`${site}/${leaf}`)) continue;
      const hint = didYouMean(leaf, switches.map(local), 'switches');
      (items[i] ?? node).problem('dangling-reference', `this fabric has no leaf "${leaf}"`, hint);
    }
    const homing = homingOf(node.key, pools) ?? fabric.homing;
    if (leaves.length === 0) node.problem('mis-cabled', 'a node without a link is never reached');
    else if (homing === 'single') {
      if (leaves.length > 1)
        node.problem(
          'mis-cabled',
          `homing single has one link, this node ${leaves.length}`,
          'another homing, or one link',
        );
    } else if (leaves.length === 1) {
      warn(
        'missing-bond-member',
        `${homing} needs a second link: this node has a single point of failure`,
        'a second leaf',
      );
    } else if (new Set(leaves).size < leaves.length) {
      warn(
        'mis-cabled',
        `both links go to ${leaves[0]}, which takes the node with it`,
        'one link to each leaf of a pair',
      );
    } else if (homing === 'mlag' && fabric.kind === 'leaf-spine' && new Set(leaves.map(leafPairOf)).size > 1) {
      warn('no-pair', `${leaves.join(' and ')} are no pair, and only a pair shares a bond`, 'both leaves of one pair');
    }
  }
}

/** Generated bonds that have one link only: the switch they hang on has no partner (B-90). */
export function checkPartners(part: Section, fabric: Fabric, layout: FabricLayout): void {
  const lone = layout.bundles.find(
    ({ mode, links, of }) =>
      mode !== 'ecmp' && mode !== 'single' && links.length === 1 && !(of.slice(of.indexOf('/') + 1) in fabric.cabling),
  );
  if (lone === undefined) return;
  const { upper } = lone.links[0]!;
  const message = `${upper.slice(upper.indexOf('/') + 1)} has no partner: bonds of ${lone.mode} on it have one link`;
  const where = part.at(fabric.kind === 'free' ? 'access' : 'leaves');
  where.problem('missing-bond-member', message, 'one more switch, or homing: single', {
    level: 'warning',
    part: 'key',
  });
}

/** What all paths of dual-homed nodes have in common: primary and backup path are not disjoint (B-51). */
export function checkDisjointness(part: Section, fabric: Fabric): void {
  const warn = (at: Section, what: string): void => {
    const message = `every path of a node crosses ${what}: primary and backup path are not disjoint`;
    at.problem('shared-path', message, 'one more beside it', { level: 'warning', part: 'key' });
  };
  if (fabric.kind === 'leaf-spine') {
    if (fabric.spines === 1) warn(part.at('spines'), 'the only spine');
    else if (fabric.borderLeaves === 1) warn(part.at('borderLeaves'), 'the only border leaf');
    return;
  }
  if (fabric.access.length < 2) return;
  const isCut = (lost: string): boolean => {
    const joined = reachable(fabric, lost);
    return fabric.access.every((id) => !joined.has(id));
  };
  for (const id of Object.keys(fabric.switches)) if (isCut(id)) warn(part.at('switches').at(id), `switch ${id}`);
  for (const id of Object.keys(fabric.links)) if (isCut(id)) warn(part.at('links').at(id), `link ${id}`);
}

/** Switches joined to an exit when the switch or link `lost` is gone. */
export function reachable({ exits, links }: Pick<FreeFabric, 'exits' | 'links'>, lost?: string): ReadonlySet<string> {
  const joined = new Set(exits.filter((id) => id !== lost));
  for (let before = -1; before !== joined.size; ) {
    before = joined.size;
    for (const [id, { between }] of Object.entries(links)) {
      const [from, to] = between;
      if (id === lost || from === lost || to === lost) continue;
      if (joined.has(from)) joined.add(to);
      else if (joined.has(to)) joined.add(from);
    }
  }
  return joined;
}

/** Homing that the pool of a node states. */
function homingOf(node: string, pools: Readonly<Record<string, CabledPool>>): CabledPool['homing'] {
  const pool = Object.hasOwn(pools, node) ? pools[node] : pools[node.replace(/-\d+$/, '')];
  return pool?.homing;
}
