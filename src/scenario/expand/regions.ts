import { REGION_ROLES, type Region } from '../../model/scenario.ts';
import { merge } from '../read/merge.ts';
import { printPath } from '../read/path.ts';
import { didYouMean } from '../read/suggest.ts';
import { child, isMapTree, type Tree } from '../read/tree.ts';
import type { Section } from '../resolve/context.ts';
import { choice, count, text } from '../resolve/parsers.ts';
import { type LocalNames, withOutsideNames } from './local-names.ts';

/** Sections a region has of its own. */
const PARTS = ['elements', 'sites', 'control', 'groups', 'chains'] as const;

/** More regions than this are a slip of the keyboard: each is a cloud. */
const MOST_REGIONS = 1000;

/** A region as written, with what it starts from laid below it. */
interface Declared {
  readonly section: Section;
  /** Its own name, or those of `count` equal ones. */
  readonly names: readonly string[];
  readonly local: LocalNames;
}

/** Regions written out: their parts under full names, by section, and what each region is. */
export interface WrittenRegions {
  readonly regions: Readonly<Record<string, Region>>;
  /** Entries to add to each section of the scenario, by full name. */
  readonly parts: Readonly<Record<'elements' | 'sites' | 'functions' | 'groups' | 'chains', ReadonlyMap<string, Tree>>>;
  /** `<region>/<id>` of a repeated region → the names it stands for. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
}

/** Reads the regions and writes out everything in them under its full name, `<region>/<id>`. */
export function writeOutRegions(root: Section): WrittenRegions {
  const declared = root
    .at('regions')
    .entries()
    .map((part) => declare(part, root));
  const parts = {
    elements: new Map<string, Tree>(),
    sites: new Map<string, Tree>(),
    functions: new Map<string, Tree>(),
    groups: new Map<string, Tree>(),
    chains: new Map<string, Tree>(),
  };
  const regions: Record<string, Region> = {};
  const sets = new Map<string, readonly string[]>();
  for (const region of declared) {
    const { section, names, local } = region;
    const role = section.optional('role', choice(REGION_ROLES));
    for (const name of names) {
      if (Object.hasOwn(regions, name) || nameTaken(root, name)) {
        const message = `this gives the name "${name}", which is taken`;
        section.problem('duplicate-name', message, 'regions, sites, elements and groups share their names', {
          part: 'key',
        });
        continue;
      }
      const control = controlOf(region, name, declared, root);
      regions[name] = { control, ...(role === undefined ? {} : { role }) };
      for (const part of PARTS) writeOut(region, part, name, parts);
    }
    if (names.length > 1) {
      for (const id of local)
        sets.set(
          `${section.key}/${id}`,
          names.map((name) => `${name}/${id}`),
        );
    }
  }
  return { regions, parts, sets };
}

function declare(part: Section, root: Section): Declared {
  const section = part.with(withBase(part, root, []));
  const size = section.optional('count', count(1, MOST_REGIONS)) ?? 1;
  const names = size === 1 ? [part.key] : Array.from({ length: size }, (_, i) => `${part.key}-${i + 1}`);
  const local = new Set<string>();
  for (const key of ['elements', 'sites', 'groups', 'chains'] as const) {
    for (const each of section.at(key).entries()) local.add(each.key);
  }
  for (const each of section.at('control').at('functions').entries()) local.add(each.key);
  return { section, names, local };
}

/** The region with its base laid below it; a base is a template of the catalogue or another region. */
function withBase(part: Section, root: Section, below: readonly string[]): Tree | undefined {
  const id = part.optional('base', text);
  if (id === undefined || !isMapTree(part.tree)) return part.tree;
  const at = part.at('base');
  const templates = root.at('catalogue').at('regions');
  const regions = root.at('regions');
  // A region may have the name of its template.
  const base = templates.has(id) ? templates.at(id) : regions.at(id);
  const chain = [...below, printPath(part.path)];
  if (chain.includes(printPath(base.path)) && base.exists) {
    return at.problem('cyclic-reference', `${[...chain, printPath(base.path)].join(' starts from ')}`) ?? part.tree;
  }
  if (!base.exists) {
    const known = [...templates.entries(), ...regions.entries()].map((each) => each.key);
    const hint = didYouMean(id, known, 'regions');
    return at.problem('dangling-reference', `there is no region or template "${id}"`, hint) ?? part.tree;
  }
  const under = withBase(base.muted, root, chain);
  if (!isMapTree(under)) return part.tree;
  const content = new Map(under.content);
  // How often the base is repeated is its own affair.
  content.delete('count');
  content.delete('base');
  return merge({ ...under, content }, part.tree);
}

/** Whose control functions the groups of region `name` ask: its own, those of another region, '' those of the scenario. */
function controlOf({ section }: Declared, name: string, declared: readonly Declared[], root: Section): string {
  const part = section.at('control');
  if (part.tree?.content === 'shared') {
    section.optional('control', text);
    if (root.at('control').at('functions').entries().length > 0) return '';
    part.problem('nothing-shared', 'the scenario has no control functions to share', 'control: {functions: {vim: …}}');
    return '';
  }
  const shared = part.optional('shared', text);
  if (shared === undefined) return name;
  const at = part.at('shared');
  if (part.has('functions')) {
    part
      .at('functions')
      .problem('conflicting-keys', '"functions" and "shared" both say whom its groups ask', undefined, {
        part: 'key',
      });
  }
  const names = declared.flatMap((each) => each.names);
  const owner = declared.find((each) => each.names.includes(shared));
  if (owner === undefined) {
    at.problem('dangling-reference', `there is no region "${shared}"`, didYouMean(shared, names, 'regions'));
  } else if (shared === name) {
    at.problem('cyclic-reference', `region "${name}" cannot share its own control functions`, 'leave "shared" away');
  } else if (owner.section.at('control').has('shared') || owner.section.at('control').tree?.content === 'shared') {
    at.problem(
      'cyclic-reference',
      `region "${shared}" has no control functions of its own`,
      'name the region that has',
    );
  } else return shared;
  return name;
}

function writeOut({ section, local }: Declared, part: (typeof PARTS)[number], name: string, parts: Parts): void {
  const control = part === 'control';
  const written = control ? section.at('control').at('functions') : section.at(part);
  const path = control ? ['control', 'functions'] : [part];
  const target = parts[control ? 'functions' : part];
  for (const each of written.entries()) {
    const tree = withOutsideNames(each.tree!, [...path, each.key], local, name);
    target.set(`${name}/${each.key}`, { ...tree, from: each.path });
  }
}

type Parts = { readonly [K in keyof WrittenRegions['parts']]: Map<string, Tree> };

function nameTaken(root: Section, name: string): boolean {
  return ['elements', 'sites', 'groups', 'services', 'chains'].some(
    (key) => child(root.at(key).tree, name) !== undefined,
  );
}
