import { DEFAULTS } from '../../catalogue/defaults.ts';
import { SERVICES } from '../../catalogue/services.ts';
import { UPGRADE_BUDGETS } from '../../catalogue/upgrade-budgets.ts';
import { graver, IMPACTS, type Impact } from '../../model/control.ts';
import { layerName } from '../../model/element-names.ts';
import { BUCKETS, type Bucket, type Scenario } from '../../model/scenario.ts';
import {
  DESTINATIONS,
  UPGRADE_MODES,
  UPGRADE_ORDERS,
  type Upgrade,
  type UpgradeBudget,
  type UpgradeMode,
} from '../../model/upgrade.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';
import { law } from './law.ts';
import { type Names, splitAt } from './names.ts';
import { choice, count, flag, numberAbove, probability, text, texts } from './parsers.ts';

const defaults = DEFAULTS.upgrade;

/** Keys that only some modes have a use for. */
const USED_BY: Readonly<Record<string, readonly UpgradeMode[]>> = {
  copy: ['migrate'],
  copyDegradation: ['migrate'],
  pause: ['migrate'],
  build: ['replace'],
  grace: ['graceful', 'replace', 'cold', 'migrate'],
  destination: ['migrate', 'replace', 'cold'],
  fallback: ['migrate', 'replace', 'cold'],
};

type Around = Pick<Scenario, 'groups' | 'control'> & { readonly names: Names };

/** One thing that `targets` names, as written, and the elements it stands for. */
interface Named {
  readonly written: string;
  readonly kind: 'node' | 'control' | 'member';
  readonly elements: readonly string[];
  /** Control function or group behind it. */
  readonly of: string;
}

/** Campaigns of upgrades by id (FL-18). */
export function readUpgrades(section: Section, around: Around): Readonly<Record<string, Upgrade>> {
  return Object.fromEntries(section.entries().map((part) => [part.key, readUpgrade(part, around)]));
}

function readUpgrade(part: Section, around: Around): Upgrade {
  const named = readTargets(part, around);
  const mode = part.defaulted('mode', choice(UPGRADE_MODES), defaults.mode);
  const uses = (key: string): boolean => USED_BY[key]!.includes(mode);
  for (const key of Object.keys(USED_BY)) {
    if (part.has(key) && !uses(key)) {
      const message = `mode ${mode} has no use for "${key}"`;
      part.at(key).problem('no-effect', message, `it belongs to ${USED_BY[key]!.join(', ')}`, { part: 'key' });
    }
  }
  const movesGuests = mode !== 'graceful' && mode !== 'forced';
  const other = named.find(({ kind }) => kind !== 'node');
  if (movesGuests && other !== undefined) {
    const message = `mode ${mode} empties nodes, and "${other.written}" is none`;
    part.at('mode').problem('wrong-mode', message, 'mode: graceful, or forced');
  }
  const fallback = part.defaulted('fallback', choice(['graceful', 'forced', 'none']), defaults.fallback, movesGuests);
  if (movesGuests && fallback === 'none') refuseBound(part, mode, named, around);
  const targets = named.flatMap(({ elements }) => elements);
  const batch = part.defaulted('batch', count(1), defaults.batch);
  if (batch > targets.length && targets.length > 0) {
    const message = `a batch of ${batch} of ${targets.length} targets`;
    part.at('batch').problem('out-of-range', message, `at most ${targets.length}`);
  }
  const waits = part.defaulted('waits', choice(['redundancy', 'targets']), defaults.waits);
  const order = part.defaulted('order', choice(UPGRADE_ORDERS), defaults.order);
  checkVersions(part.at('versions'), named, batch);
  const infrastructure = named.every(({ kind }) => kind !== 'member');
  const bucket: Bucket = part.optional('bucket', choice(BUCKETS)) ?? (infrastructure ? 'ISW<=VIM' : 'APP');
  if (!part.has('bucket')) part.derive('bucket', bucket, '[B] SEM-33');
  return {
    targets,
    mode,
    fallback: fallback === 'none' ? 'graceful' : fallback,
    order,
    batch,
    waitsForRedundancy: waits === 'redundancy',
    perYear: part.defaulted('perYear', numberAbove(0), defaults.perYear),
    start: part.defaulted('start', choice(['periodic', 'random']), defaults.start),
    nodeTime: part.defaulted('nodeTime', law, defaults.nodeTime),
    copy: part.defaulted('copy', law, defaults.copy, uses('copy')),
    pause: part.defaulted('pause', law, defaults.pause, uses('pause')),
    copyDegradation: part.defaulted('copyDegradation', probability, defaults.copyDegradation, uses('copyDegradation')),
    build: part.defaulted('build', law, defaults.build, uses('build')),
    grace: part.defaulted('grace', law, defaults.grace, uses('grace')),
    destination: part.defaulted('destination', choice(DESTINATIONS), defaults.destination, uses('destination')),
    constraints: readConstraints(part, named, order, waits === 'redundancy'),
    ...readBudgets(part, readImpact(part, named)),
    bucket,
  };
}

function readTargets(part: Section, { names, groups }: Around): readonly Named[] {
  const list = part.at('targets');
  part.optional('targets', texts);
  if (list.items().length === 0)
    part.problem('missing-key', 'a campaign needs "targets": what it upgrades', 'targets: [core/compute]', {
      part: 'key',
    });
  const seen = new Set<string>();
  return list.items().flatMap((item): readonly Named[] => {
    const written = text(item);
    if (written === undefined) return [];
    const found = resolve(written, names, groups);
    if (found === undefined) {
      const known = names.listed(['pool', 'control', 'group', 'element', 'counted']);
      item.problem(
        'dangling-reference',
        `there is nothing called "${written}" to upgrade`,
        didYouMean(written, known, 'names'),
      );
      return [];
    }
    const twice = found.elements.find((element) => seen.has(element));
    if (twice !== undefined) {
      item.problem('duplicate-name', `${twice} is a target already`);
      return [];
    }
    for (const element of found.elements) seen.add(element);
    return [found];
  });
}

function resolve(written: string, names: Names, groups: Scenario['groups']): Named | undefined {
  const kind = names.kindOf(written);
  if (kind === 'control') return { written, kind: 'control', elements: names.expand(written), of: written };
  if (kind === 'control-instance')
    return { written, kind: 'control', elements: [written], of: written.replace(/-\d+$/, '') };
  if (kind === 'pool' || kind === 'node' || kind === 'element' || kind === 'counted')
    return { written, kind: 'node', elements: names.expand(written), of: written };
  const outermost = (id: string, member: number): string =>
    layerName(id, groups[id]!, member, groups[id]!.instance[0]!.id);
  if (kind === 'group' && Object.hasOwn(groups, written) && groups[written]!.instance.length > 0) {
    const elements = Array.from({ length: groups[written]!.members }, (_, i) => outermost(written, i + 1));
    return { written, kind: 'member', elements, of: written };
  }
  const [id, member] = splitAt(written, Object.keys(groups));
  const group = groups[id];
  if (group === undefined || !/^[1-9]\d*$/.test(member) || Number(member) > group.members) return undefined;
  return { written, kind: 'member', elements: [outermost(id, Number(member))], of: id };
}

/** Guests that cannot be moved by this mode, and nothing is said about what to do with them (B-82). */
function refuseBound(part: Section, mode: UpgradeMode, named: readonly Named[], { groups }: Around): void {
  const pools = new Set(
    named.flatMap(({ written, elements }) => [written, ...elements.map((one) => one.replace(/-\d+$/, ''))]),
  );
  const bound = Object.entries(groups).find(
    ([, group]) =>
      group.placement.pools.some((pool) => pools.has(pool)) &&
      ((group.passthrough === true && mode === 'migrate') || group.placement.replacement === 'in-place'),
  );
  if (bound === undefined) return;
  const why =
    bound[1].passthrough === true ? 'is bound to its hardware and cannot be migrated live' : 'stays on its node';
  const message = `"${bound[0]}" ${why}, and there is no fallback`;
  part.at('fallback').problem('infeasible-upgrade', message, 'fallback: graceful or forced, or mode: cold');
}

/** Pairs of targets, the earlier first; in a listed order they must not contradict it unless that is what is asked for. */
function readConstraints(
  part: Section,
  named: readonly Named[],
  order: string,
  waitsForRedundancy: boolean,
): Upgrade['constraints'] {
  const first = named.map((_, i) => named.slice(0, i).reduce((sum, { elements }) => sum + elements.length, 0));
  const placesOf = (name: string): readonly number[] | undefined => {
    const at = named.findIndex(({ written }) => written === name);
    return at < 0 ? undefined : named[at]!.elements.map((_, i) => first[at]! + i);
  };
  const force = part.defaulted('force', flag, defaults.force, false);
  if (force && waitsForRedundancy)
    part
      .at('force')
      .problem(
        'conflicting-keys',
        'a campaign that goes on with targets out cannot wait for redundancy',
        'waits: targets',
      );
  const all: [number, number][] = [];
  for (const item of part.at('constraints').items()) {
    const ends = (['upgrade', 'after'] as const).map((key) => {
      const name = item.optional(key, text);
      const places = name === undefined ? undefined : placesOf(name);
      if (places === undefined) {
        const known = named.map(({ written }) => written);
        item
          .at(key)
          .problem(
            'dangling-reference',
            `"${name ?? ''}" is no target of this campaign`,
            didYouMean(name ?? '', known, 'targets'),
          );
      }
      return places ?? [];
    });
    const [later, earlier] = [ends[0]!, ends[1]!];
    for (const before of earlier) for (const after of later) all.push([before, after]);
    if (force || earlier.length === 0 || later.length === 0) continue;
    if (earlier.some((place) => later.includes(place)))
      item.problem('cyclic-constraint', 'a target cannot be upgraded before itself');
    else if (order === 'listed' && Math.max(...earlier) > Math.min(...later)) {
      const message = `the list upgrades "${item.read('upgrade', text)}" before "${item.read('after', text)}"`;
      item.problem(
        'wrong-order',
        message,
        'change the order of "targets", or order: standby-first; force: true runs it all the same',
      );
    }
  }
  if (!force && hasCycle(all))
    part.at('constraints').problem('cyclic-constraint', 'no order satisfies all of them', undefined, { part: 'key' });
  return all;
}

/** Whether no topological order of the targets exists. */
function hasCycle(pairs: readonly (readonly [number, number])[]): boolean {
  let left = [...pairs];
  for (;;) {
    const later = new Set(left.map(([, after]) => after));
    const rest = left.filter(([before]) => later.has(before));
    if (rest.length === 0) return false;
    if (rest.length === left.length) return true;
    left = rest;
  }
}

/** Instances of one function or group that run different versions side by side have to be able to (B-85). */
function checkVersions(part: Section, named: readonly Named[], batch: number): void {
  if (!part.exists) return;
  const from = part.optional('from', text);
  const to = part.optional('to', text);
  part.optional('compatible', texts);
  if (from === undefined || to === undefined) {
    part.problem('missing-key', 'versions need "from" and "to"', 'versions: {from: "16", to: "17"}', { part: 'key' });
    return;
  }
  const pairs = part
    .at('compatible')
    .items()
    .map((item) => text(item) ?? '');
  if (pairs.includes(`${from} ${to}`) || pairs.includes(`${to} ${from}`)) return;
  const mixed = named.find(({ kind, elements }) => kind !== 'node' && elements.length > batch);
  if (mixed === undefined) return;
  const message = `instances of "${mixed.written}" would run ${from} and ${to} side by side, which are not compatible`;
  part.problem('incompatible-versions', message, `compatible: ["${from} ${to}"], or batch: ${mixed.elements.length}`, {
    part: 'key',
  });
}

/** What the campaign is held against (B-76). */
function readBudgets(part: Section, impact: Impact): Pick<Upgrade, 'impact' | 'downtimeBudget' | 'redundancyBudget'> {
  const budgetOf = (wanted: UpgradeBudget['id']): UpgradeBudget => {
    const { id, measure, secondsPerYear } = UPGRADE_BUDGETS.find((each) => each.id === wanted)!;
    return { id, measure, secondsPerYear };
  };
  const storage = part.defaulted('storage', flag, defaults.storage, false);
  return {
    impact,
    ...(impact === 'N/A' ? {} : { downtimeBudget: budgetOf(impact.toLowerCase() as UpgradeBudget['id']) }),
    redundancyBudget: budgetOf(storage ? 'degraded-storage' : 'degraded'),
  };
}

/** Class of B-76: as stated, else the gravest among the control services it upgrades (B-79), else Critical. */
function readImpact(part: Section, named: readonly Named[]): Impact {
  const stated = part.optional('impact', choice(IMPACTS));
  if (stated !== undefined) return stated;
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const known = new Map(SERVICES.map(({ name, upgrade }) => [plain(name), upgrade]));
  const impacts = named.map(({ kind, of }) => (kind === 'control' ? known.get(plain(of)) : undefined));
  const all = impacts.every((impact) => impact !== undefined);
  const gravest = all ? impacts.reduce<Impact>((worst, impact) => graver(worst, impact), 'N/A') : 'Critical';
  part.derive('impact', gravest, all ? '[B] B-79, upgrade' : '[B] B-76, guests');
  return gravest;
}
