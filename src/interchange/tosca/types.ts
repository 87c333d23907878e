import { type Entry, entriesOf, entry, type Item, textOf } from './tree.ts';

/** What a node template is to an availability model. */
export type Role =
  | 'vdu'
  | 'container'
  | 'connection-point'
  | 'virtual-cp'
  | 'virtual-link'
  | 'path'
  | 'vnf'
  | 'ns'
  | 'pnf'
  | 'storage'
  | 'other';

/** In order: the first that matches the end of a type name, in lower case and without the misspellings of scanned texts. */
const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/\.(?:virtualcp|vipcp)$/, 'virtual-cp'],
  [
    /(?:virtual(?:block|object|file)?storage|blockstorage|blockstorageattachment|block_?storage)(?:\.tacker)?$/,
    'storage',
  ],
  [/\.osco?ntainerdeployableunit$/, 'container'],
  [
    /(?:nfv|mec)\.vdu(?:\.(?:tacker|compute|apmec|computedesc))?$|\.vdu\.compute$|^tosca\.nodes\.(?:compute|container\.application)$/,
    'vdu',
  ],
  [/(?:nfv|mec)\.(?:\w*cpd?|sap|sapd|vnfextcpd?)(?:\.\w+)?$|^tosca\.nodes\.network\.port$/, 'connection-point'],
  [
    /(?:nfv|mec)\.(?:vl|ns?virtuallink|vnfvirtuallink|virtuallink|nsvirtuallink)(?:desc|\.\w+)?$|^tosca\.nodes\.network\.network$/,
    'virtual-link',
  ],
  [/nfv\.(?:fp|nfp|nffp|forwarding\w*)(?:\.tacker(?:v2)?)?$/, 'path'],
  [/nfv\.ns$/, 'ns'],
  [/nfv\.pnf\w*$/, 'pnf'],
  [/nfv\.vnf\d*(?:\.\w+)*$|^tosca\.nodes\.mec\.mea\w*$/, 'vnf'],
  [/nfv\./, 'other'],
  [/^tosca\.nodes\./, 'other'],
];

/** A type name as it should have been written: scanned texts have `toska` and `toasca`. */
export function normalised(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^(?:toska|toasca|tosaca|toscca)\./, 'tosca.');
}

/** Whether the name begins with a misspelt `tosca`. */
export const isMisspelt = (name: string): boolean => /^(?:toska|toasca|tosaca|toscca)[._]/i.test(name.trim());

/** Types that the files define, each with the one it is derived from. */
export class Types {
  readonly #parents = new Map<string, string>();
  readonly #entries = new Map<string, Entry>();

  /** Reads `node_types`, `policy_types` and `group_types` of a document. */
  add(document: Item): void {
    for (const section of ['node_types', 'policy_types', 'group_types']) {
      for (const each of entriesOf(entry(document, section)?.value)) {
        this.#entries.set(each.key, each);
        const parent = textOf(entry(each.value, 'derived_from')?.value);
        if (parent !== undefined) this.#parents.set(each.key, parent);
      }
    }
  }

  /** The definition of a type in the files. */
  definition(name: string): Entry | undefined {
    return this.#entries.get(name);
  }

  /** The type and all it is derived from, as far as the files tell, normalised. */
  ancestry(name: string): readonly string[] {
    const names: string[] = [];
    let next: string | undefined = name;
    while (next !== undefined && names.length < 32) {
      names.push(normalised(next));
      const parent: string | undefined = this.#parents.get(next);
      next = parent === next ? undefined : parent;
    }
    return names;
  }

  /** Role of a node template of this type; undefined when neither the name nor its ancestors tell. */
  role(name: string): Role | undefined {
    const names = this.ancestry(name);
    for (const each of names) {
      const found = ROLES.find(([pattern]) => pattern.test(each))?.[1];
      if (found !== undefined && found !== 'other') return found;
    }
    return names.some((each) => ROLES.some(([pattern]) => pattern.test(each))) ? 'other' : undefined;
  }

  /** Last words of the first ancestor that belongs to a standard, for example `scaling` or `antiaffinityrule`. */
  kind(name: string): string {
    const known = this.ancestry(name).filter((each) => each.startsWith('tosca.'));
    return (known.at(0) ?? normalised(name)).split('.').at(-1)!;
  }
}
