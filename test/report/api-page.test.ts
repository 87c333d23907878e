import { describe, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { readDeclarations } from '../../src/tools/reports/api/declarations.ts';
import { apiPage, libraryExports } from '../../src/tools/reports/api/page.ts';

describe('the public exports', () => {
  const exports = libraryExports();

  test('all have a docstring', () => {
    const bare = exports
      .filter(({ declaration }) => declaration.doc === '')
      .map(({ file, name }) => `${file}: ${name}`);
    expect(bare).toEqual([]);
  });

  test('are those that a program gets: the values are the ones of the library itself', () => {
    const kinds = ['function', 'const', 'class'];
    const values = exports.filter(({ declaration, typeOnly }) => kinds.includes(declaration.kind) && !typeOnly);
    expect(values.map(({ name }) => name)).toEqual(Object.keys(library).sort());
  });

  test('each stand on the page once', () => {
    const titles = [...apiPage(exports).matchAll(/^### (.*)$/gm)].map((match) => match[1]);
    expect(titles.toSorted()).toEqual(exports.map(({ name }) => name).toSorted());
  });
});

describe('a declaration file', () => {
  const { declared, handed } = readDeclarations(`
import type { Way } from './way.ts';
/** Not exported. */
interface Hidden { readonly x: { y: 1; }; }
/**
 * First line,
 * second line.
 *
 * @throws RangeError for { and ;
 */
export declare function walk(way: Way<{ a: '};' }>, options?: Hidden): string;
/** A pair. */
export interface Pair<T> extends Hidden {
    /** Left; of the pair. */
    readonly left: T;
    readonly right: {
        /** Inside. */
        readonly deep: () => void;
    };
}
export declare class Wall extends Error {
    private readonly secret;
    readonly height: number;
    constructor(height: number);
}
/** One or the other. */
export type Choice =
/** The one. */
{
    readonly one: 1;
}
/** The other. */
 | {
    readonly other: 2;
};
export type Plain = 'a' | 'b';
export { walk as stroll, type Way } from './way.ts';
export type * from './types.ts';
export {};
`);

  test('gives every exported name with its docstring, and no other', () => {
    expect(declared.map(({ kind, name, doc }) => [kind, name, doc])).toEqual([
      ['function', 'walk', 'First line, second line.\n@throws RangeError for { and ;'],
      ['interface', 'Pair', 'A pair.'],
      ['class', 'Wall', ''],
      ['type', 'Choice', 'One or the other.'],
      ['type', 'Plain', ''],
    ]);
  });

  test('gives code without comments on one line', () => {
    expect(declared.map(({ code }) => code)).toEqual([
      "function walk(way: Way<{ a: '};' }>, options?: Hidden): string",
      'interface Pair<T> extends Hidden',
      'class Wall extends Error',
      'type Choice',
      "type Plain = 'a' | 'b'",
    ]);
  });

  test('gives fields and alternatives with their docstrings', () => {
    expect(declared.map(({ members }) => members)).toEqual([
      [],
      [
        { doc: 'Left; of the pair.', code: 'readonly left: T' },
        { doc: '', code: 'readonly right: { readonly deep: () => void; }' },
      ],
      [
        { doc: '', code: 'readonly height: number' },
        { doc: '', code: 'constructor(height: number)' },
      ],
      [
        { doc: 'The one.', code: '{ readonly one: 1; }' },
        { doc: 'The other.', code: '{ readonly other: 2; }' },
      ],
      [],
    ]);
  });

  test('says what it hands on', () => {
    expect(handed).toEqual([
      {
        from: './way.ts',
        typeOnly: false,
        names: [
          { of: 'walk', as: 'stroll', typeOnly: false },
          { of: 'Way', as: 'Way', typeOnly: true },
        ],
      },
      { from: './types.ts', typeOnly: true, names: 'all' },
    ]);
  });
});
