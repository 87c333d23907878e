import type { Fabric } from '../../model/fabric.ts';
import type { FabricLayout } from '../../model/fabric-layout.ts';
import type { FailureMode, StructureSpec } from '../../model/scenario.ts';
import { parseCount } from '../quantity/quantity.ts';
import { didYouMean } from '../read/suggest.ts';
import type { Section } from './context.ts';

/**
 * What a name of the scenario stands for. Bases of numbered names are `counted` elements, `pool`s of nodes and `control`
 * functions; a base of one is the thing itself. A `set` stands for several groups, or for the same of several regions.
 */
export type NameKind =
  | 'element'
  | 'counted'
  | 'site'
  | 'domain'
  | 'pool'
  | 'group'
  | 'control'
  | 'chain'
  | 'port-chain'
  | 'set'
  | 'shock';

const BASES: readonly NameKind[] = ['counted', 'pool', 'control'];

interface Named {
  readonly kind: NameKind;
  /** Numbered members of a counted element or a pool; 1 for everything else. */
  readonly count: number;
}

/** Classes of events under `causes`; the operator process is one event. */
export const EVENT_CLASSES = ['commonCause', 'overload', 'security', 'environmental'] as const;

export const MAX_COUNT = 1_000_000;
const NUMBERED = /^(.+)-([1-9]\d*)$/;

/** Names of everything that can be referred to, collected before anything refers. */
export class Names {
  readonly #names = new Map<string, Named>();
  /** Numbers of the plain names `<base>-<number>`, by base. */
  readonly #numbered = new Map<string, readonly number[]>();

  /** Failure modes of the parts of fabrics, and of their numbered names. */
  readonly fabricModes = new Map<string, readonly string[]>();

  /** Structures of port chains by id, once they have been read. */
  readonly portChains = new Map<string, StructureSpec>();

  /** What a set stands for. */
  readonly #sets: ReadonlyMap<string, readonly string[]>;

  readonly #regions: ReadonlySet<string>;

  constructor(
    root: Section,
    sets: ReadonlyMap<string, readonly string[]> = new Map(),
    regions: readonly string[] = [],
  ) {
    this.#sets = sets;
    this.#regions = new Set(regions);
    for (const part of root.at('elements').entries()) {
      const size = countOf(part);
      this.#add(part, part.key, size > 1 ? 'counted' : 'element', size);
    }
    for (const site of root.at('sites').entries()) {
      this.#add(site, site.key, 'site', 1);
      for (const part of site.at('domains').entries()) this.#add(part, `${site.key}/${part.key}`, 'domain', 1);
      for (const [name, size] of switchesOf(site.at('fabric'))) {
        this.#add(site.at('fabric'), `${site.key}/${name}`, size > 1 ? 'counted' : 'element', size);
      }
      for (const part of site.at('nodes').entries()) this.#add(part, `${site.key}/${part.key}`, 'pool', countOf(part));
    }
    for (const part of root.at('control').at('functions').entries())
      this.#add(part, part.key, 'control', countOf(part, 'instances'));
    for (const part of root.at('groups').entries()) this.#add(part, part.key, 'group', 1);
    for (const part of shockSections(root)) this.#add(part, part.key, 'shock', 1);
    for (const section of ['upgrades', 'proofTests'])
      for (const part of root.at(section).entries()) this.#add(part, part.key, 'shock', 1);
    for (const part of root.at('chains').entries()) this.#add(part, part.key, 'chain', 1);
    for (const part of root.at('portChains').entries()) this.#add(part, part.key, 'port-chain', 1);
    for (const [name, members] of sets) {
      if (!this.#names.has(name)) this.#names.set(name, { kind: 'set', count: members.length });
    }
  }

  /** Kind of a name; numbered members of a counted element are elements, of a pool nodes. */
  kindOf(name: string): NameKind | 'node' | 'control-instance' | undefined {
    const found = this.#names.get(name);
    if (found !== undefined) return found.kind;
    const base = this.#baseOf(name);
    if (base?.kind === 'pool') return 'node';
    return base?.kind === 'control' ? 'control-instance' : base && 'element';
  }

  /** The full names `name` stands for: the numbered ones of a base, else itself. */
  expand(name: string): readonly string[] {
    const found = this.#names.get(name);
    if (found?.kind === 'set') return this.#sets.get(name)!.flatMap((each) => this.expand(each));
    if (found === undefined || found.count === 1) return [name];
    return Array.from({ length: found.count }, (_, i) => `${name}-${i + 1}`);
  }

  /** Region a name belongs to; '' for none. */
  regionOf(name: string): string {
    const [first = ''] = name.split('/');
    return this.#regions.has(first) ? first : '';
  }

  /** Names of the given kinds, for messages. */
  listed(kinds: readonly NameKind[]): readonly string[] {
    return [...this.#names].filter(([, named]) => kinds.includes(named.kind)).map(([name]) => name);
  }

  /** Checks that `name` is one full element name; reports at `section` otherwise. */
  requireElement(name: string, section: Section): boolean {
    const kind = this.kindOf(name);
    const single = this.expand(name).length === 1;
    if (kind === 'element' || kind === 'site' || kind === 'domain' || kind === 'node' || (kind === 'pool' && single))
      return true;
    if (kind === 'counted' || kind === 'pool' || kind === 'set') {
      section.problem(
        'dangling-reference',
        `"${name}" stands for several elements`,
        `name one of them, for example "${this.expand(name)[0]}"`,
      );
    } else if (kind === undefined) {
      const known = this.listed(['element', 'counted', 'site', 'domain', 'pool']);
      section.problem('dangling-reference', `there is no element "${name}"`, didYouMean(name, known, 'elements'));
    } else {
      section.problem('dangling-reference', `"${name}" is a ${kind}, an element is needed here`);
    }
    return false;
  }

  /** Links, controllers and all else that a fabric brings besides its switches; and what of it can fail. */
  addFabric(section: Section, site: string, fabric: Fabric, layout: FabricLayout): void {
    const note = (name: string, failures: readonly FailureMode[]): void => {
      this.fabricModes.set(
        name,
        failures.map(({ id }) => id),
      );
    };
    const add = (name: string, failures: readonly FailureMode[]): void => {
      note(name, failures);
      if (this.kindOf(name) === undefined) this.#add(section, name, 'element', 1);
    };
    for (const { name, failures } of layout.switches) add(name, failures);
    for (const [base, [first]] of layout.bases) {
      note(base, layout.switches.find(({ name }) => name === first)?.failures ?? []);
    }
    for (const { name, failures } of [...layout.links, ...layout.trunks]) add(name, failures);
    for (const { names } of layout.controllers) for (const name of names) add(name, fabric.bmc!.failures);
    if (fabric.aggregator !== undefined) add(`${site}/path-aggregator`, fabric.aggregator.failures);
  }

  #add(section: Section, name: string, kind: NameKind, size: number): void {
    const base = BASES.includes(kind) && size > 1;
    const other = this.#names.get(name) ?? this.#baseOf(name);
    const number = base ? this.#numbered.get(name)?.find((each) => each <= size) : undefined;
    if (other !== undefined || number !== undefined) {
      const taken =
        other === undefined ? `"${name}-${number}", which is taken` : `"${name}", which is taken by a ${other.kind}`;
      section.problem('duplicate-name', `this gives the name ${taken}`, 'all sections share their names: rename one', {
        part: 'key',
      });
      return;
    }
    this.#names.set(name, { kind, count: size });
    const match = NUMBERED.exec(name);
    if (match !== null) this.#numbered.set(match[1]!, [...(this.#numbered.get(match[1]!) ?? []), Number(match[2])]);
  }

  #baseOf(name: string): Named | undefined {
    const match = NUMBERED.exec(name);
    const base = match === null ? undefined : this.#names.get(match[1]!);
    if (base === undefined || base.count === 1 || !BASES.includes(base.kind)) return undefined;
    return Number(match![2]) <= base.count ? base : undefined;
  }
}

/** Count of an element or pool before it is read properly; 1 where it is missing or wrong. */
function countOf(section: Section, key = 'count'): number {
  const reading = parseCount(section.at(key).tree?.content, 1, MAX_COUNT);
  return reading.ok ? reading.value : 1;
}

/** Switches of a fabric by name and number, before it is read properly. */
function switchesOf(fabric: Section): readonly (readonly [name: string, count: number])[] {
  if (!fabric.exists) return [];
  const own = fabric.at('switches').entries();
  if (own.length > 0) {
    const links = fabric.at('links').entries();
    return [...own, ...links].map((part) => [part.key, 1]);
  }
  const leaves = fabric.has('leafPairs') ? 2 * countOf(fabric, 'leafPairs') : countOf(fabric, 'leaves');
  const borders = fabric.has('borderLeaves') ? ([['border', countOf(fabric, 'borderLeaves')]] as const) : [];
  return [['spine', countOf(fabric, 'spines')], ['leaf', leaves], ...borders];
}

/** Where the file describes causes that strike several elements at once: events by id, and the operator process. */
function shockSections(root: Section): readonly Section[] {
  const causes = root.at('causes');
  const events = EVENT_CLASSES.flatMap((cause) => causes.at(cause).entries());
  return causes.has('operator') ? [...events, causes.at('operator')] : events;
}

/** `name` taken apart after the first of `owners` it begins with; both are empty when it belongs to none. */
export function splitAt(name: string, owners: readonly string[]): readonly [string, string] {
  const owner = owners.find((each) => name.startsWith(`${each}/`));
  return owner === undefined ? ['', ''] : [owner, name.slice(owner.length + 1)];
}
