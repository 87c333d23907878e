import { DEFAULTS } from '../../catalogue/defaults.ts';
import { countedNames, layerName } from '../../model/element-names.ts';
import { layOutFabric, partsOfFabric } from '../../model/fabric-layout.ts';
import type { ElementKind, FailureMode, Group, Scenario, Strike } from '../../model/scenario.ts';
import { ELEMENT_KINDS } from '../../model/scenario.ts';
import { didYouMean } from '../read/suggest.ts';
import { isMapTree } from '../read/tree.ts';
import type { Section } from './context.ts';
import { type Names, splitAt } from './names.ts';
import { choice, probability, text, texts } from './parsers.ts';

/** One element that can be struck. */
export interface Victim {
  readonly name: string;
  readonly kind: ElementKind;
  /** Id of what it was written as, for the attribution. */
  readonly id: string;
  readonly failures: readonly FailureMode[];
  /** Layer of a group's member. */
  readonly layer: boolean;
  /** What it stands on. */
  readonly on: string | undefined;
}

const STAGES = 'name the stages that it strikes';

type Parts = Pick<Scenario, 'elements' | 'sites' | 'control' | 'groups'>;

/** Everything a shock can strike, by full name. */
export class Victims {
  readonly #all = new Map<string, Victim>();
  readonly #names: Names;
  readonly #groups: Scenario['groups'];

  constructor(names: Names, { elements, sites, control, groups }: Parts) {
    this.#names = names;
    this.#groups = groups;
    const add = (victim: Victim): void => void this.#all.set(victim.name, victim);
    for (const [id, { kind, count, failures, on }] of Object.entries(elements)) {
      for (const name of countedNames(id, count)) add({ name, kind, id, failures, layer: false, on });
    }
    for (const [siteId, site] of Object.entries(sites)) {
      add({ name: siteId, kind: 'site', id: siteId, failures: site.failures, layer: false, on: undefined });
      for (const [id, { kind, failures }] of Object.entries(site.domains)) {
        add({ name: `${siteId}/${id}`, kind, id, failures, layer: false, on: siteId });
      }
      for (const [id, { count, failures, domains }] of Object.entries(site.nodes)) {
        countedNames(`${siteId}/${id}`, count).forEach((name, i) => {
          const domain = domains[i % Math.max(1, domains.length)];
          const on = domain === undefined ? siteId : `${siteId}/${domain}`;
          add({ name, kind: 'node', id, failures, layer: false, on });
        });
      }
    }
    for (const [id, { fabric, nodes }] of Object.entries(sites)) {
      if (fabric === undefined) continue;
      for (const part of partsOfFabric(id, fabric, layOutFabric(id, fabric, nodes))) {
        add({ ...part, id: part.name, layer: false });
      }
    }
    for (const [id, { instances, failures }] of Object.entries(control)) {
      for (const name of countedNames(id, instances)) {
        add({ name, kind: 'control', id, failures, layer: false, on: undefined });
      }
    }
    for (const [id, group] of Object.entries(groups)) {
      for (const { id: layer, kind, failures } of group.instance) {
        for (let member = 1; member <= group.members; member++) {
          add({ name: layerName(id, group, member, layer), kind, id, failures, layer: true, on: undefined });
        }
      }
    }
  }

  get(name: string): Victim {
    return this.#all.get(name)!;
  }

  /** Strikes as written: a name, or a map with of, within, kind. */
  read(list: Section): readonly Strike[] {
    const items = list.items();
    if (items.length === 0)
      list.problem('missing-key', 'a cause that strikes nobody', 'strikes: [leaf-1]', { part: 'key' });
    return items.flatMap((item) => this.#strike(item) ?? []);
  }

  #strike(item: Section): Strike | undefined {
    if (!isMapTree(item.tree)) {
      const victims = this.#named(item, undefined);
      return victims.length === 0 ? undefined : { victims, hits: 'all', probability: 1 };
    }
    const layer = item.optional('layer', text);
    item.optional('of', texts);
    item.optional('within', texts);
    const kind = item.optional('kind', choice(ELEMENT_KINDS));
    const victims = [
      ...item
        .at('of')
        .items()
        .flatMap((each) => this.#named(each, layer)),
      ...item
        .at('within')
        .items()
        .flatMap((each) => this.#within(each)),
      ...[...this.#all.values()].filter((victim) => victim.kind === kind).map((victim) => victim.name),
    ];
    const hits = item.defaulted('hits', choice(['all', 'one']), DEFAULTS.shock.hits);
    const chance = item.defaulted('probability', probability, DEFAULTS.shock.probability);
    if (victims.length > 0) return { victims: [...new Set(victims)], hits, probability: chance };
    const written = ['of', 'within', 'kind'].some((key) => item.has(key));
    const message = written ? 'this names no element' : 'a strike needs of, within or kind';
    return item.problem('missing-key', message, '{of: [sbc], hits: one}');
  }

  #named(item: Section, layer: string | undefined): readonly string[] {
    const name = text(item);
    if (name === undefined) return [];
    const kind = this.#names.kindOf(name);
    if (kind === 'group') return this.#members(name, item, layer);
    if (kind === 'set') {
      return this.#names
        .expand(name)
        .flatMap((each) =>
          Object.hasOwn(this.#groups, each) ? this.#members(each, item, layer) : this.#one(each, item),
        );
    }
    return this.#one(name, item, layer);
  }

  /** Elements behind one name that stands for no group and no set. */
  #one(name: string, item: Section, layer?: string): readonly string[] {
    const kind = this.#names.kindOf(name);
    if (kind === 'chain') {
      item.problem('dangling-reference', `"${name}" is a chain, an element or group is needed here`, STAGES);
      return [];
    }
    if (kind !== undefined && kind !== 'shock') return this.#names.expand(name);
    const [id, member] = splitAt(name, Object.keys(this.#groups));
    const group = this.#groups[id];
    if (group !== undefined && /^[1-9]\d*$/.test(member) && Number(member) <= group.members) {
      return this.#layerOf(id, group, item, layer).map((each) => layerName(id, group, Number(member), each));
    }
    const known = this.#names.listed(['element', 'counted', 'site', 'domain', 'pool', 'control', 'group', 'set']);
    item.problem('dangling-reference', `there is nothing called "${name}" to strike`, didYouMean(name, known, 'names'));
    return [];
  }

  #members(id: string, item: Section, layer: string | undefined): readonly string[] {
    const group = Object.hasOwn(this.#groups, id) ? this.#groups[id] : undefined;
    if (group === undefined) return [];
    return this.#layerOf(id, group, item, layer).flatMap((each) =>
      Array.from({ length: group.members }, (_, i) => layerName(id, group, i + 1, each)),
    );
  }

  #layerOf(id: string, { instance }: Group, item: Section, layer: string | undefined): readonly string[] {
    const found = layer === undefined ? instance.at(-1) : instance.find((each) => each.id === layer);
    if (found !== undefined) return [found.id];
    const ids = instance.map((each) => each.id);
    item.problem(
      'dangling-reference',
      `the members of "${id}" have no layer "${layer}"`,
      didYouMean(layer ?? '', ids, 'layers'),
    );
    return [];
  }

  /** Nodes and elements that stand on `item`, over any number of steps; domains themselves are not struck. */
  #within(item: Section): readonly string[] {
    const name = text(item);
    if (name === undefined || !this.#names.requireElement(name, item)) return [];
    const standsOn = (victim: Victim | undefined): boolean =>
      victim !== undefined && (victim.on === name || (victim.on !== undefined && standsOn(this.#all.get(victim.on))));
    const found = [...this.#all.values()].filter(
      (victim) => victim.kind !== 'rack' && victim.kind !== 'power-feed' && standsOn(victim),
    );
    if (found.length === 0) item.problem('dangling-reference', `nothing stands on "${name}"`);
    return found.map((victim) => victim.name);
  }
}
