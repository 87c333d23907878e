import { type Document, isScalar, type ParsedNode, visit } from '../../adapters/yaml.ts';
import { Exact } from '../quantity/units.ts';

/** A problem before it knows its file: offsets into the text. */
export interface Located {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly offset: number;
  readonly length?: number;
}

/** Collections inside collections; the deepest legal scenario has about 12. */
export const MAX_DEPTH = 64;

/**
 * What the grammar allows and this format does not: repeated keys, keys that are not text, other dialects. Numbers with more digits
 * than a double keeps are turned into their text, which the quantity readers read exactly.
 */
export function dialectProblems(document: Document.Parsed): readonly Located[] {
  const found: Located[] = [];
  if (document.directives.yaml.explicit && document.directives.yaml.version !== '1.2') {
    found.push({ code: 'yaml-version', message: 'only YAML 1.2 is read', offset: 0 });
  }
  visit(document, {
    Map: (_, map, path) => {
      if (path.length > 2 * MAX_DEPTH) {
        found.push({ code: 'too-deep', message: `maps are nested more than ${MAX_DEPTH} deep`, offset: map.range![0] });
        return visit.BREAK;
      }
      const keys = new Set<string>();
      for (const { key } of map.items as readonly { key: ParsedNode }[]) {
        const [offset, end] = key.range;
        const at = { offset, length: end - offset };
        if (!isScalar(key) || key.value === null) {
          found.push({ code: 'bad-key', message: 'a key must be a plain word or quoted text', ...at });
        } else if (keys.has(String(key.value))) {
          const message = `key "${key.value}" is given twice in this map`;
          found.push({ code: 'duplicate-key', message, hint: 'keep one of the two', ...at });
        } else keys.add(String(key.value));
      }
      return undefined;
    },
    Alias: (_, alias) => {
      const { range } = alias as ParsedNode;
      const anchored = (alias.resolve(document) as ParsedNode | undefined)?.range;
      if (anchored !== undefined && range[0] >= anchored[1]) return;
      const fault = anchored === undefined ? `has no &${alias.source} before it` : 'stands inside what it repeats';
      found.push({ code: 'bad-alias', message: `*${alias.source} ${fault}`, offset: range[0] });
    },
    Scalar: (_, scalar) => {
      const { source, value } = scalar;
      if (typeof value !== 'number' || source === undefined || source.length < 16 || !/^[\d.eE+-]+$/.test(source))
        return;
      if (!new Exact(source).eq(value)) scalar.value = source;
    },
  });
  return found;
}

/** Offset of the first character that is no text: control characters and the mark of bytes that are not UTF-8; −1 for none. */
export function firstGarbage(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 13)) return i;
  }
  return -1;
}

/** Offset of the first flow bracket deeper than `limit`, or −1. Brackets in text count too; nobody nests those either. */
export function firstDeeperThan(text: string, limit: number): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 91 || code === 123) {
      if (++depth > limit) return i;
    } else if (code === 93 || code === 125) depth = Math.max(0, depth - 1);
  }
  return -1;
}
