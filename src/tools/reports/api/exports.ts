import { readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { type Declaration, type DeclarationFile, readDeclarations } from './declarations.ts';

/** A name that can be imported: what it is, and the source file (relative to `src/`) that declares it. */
export interface PublicExport {
  readonly name: string;
  readonly file: string;
  readonly declaration: Declaration;
  /** True for a class of which only the type is exported. */
  readonly typeOnly: boolean;
}

/**
 * Public exports of a declaration file in alphabetical order, followed through what it hands on. Values that are handed
 * on as types only cannot be imported and are left out.
 *
 * @param folder where the declaration files are, for example `dist/types`
 * @param entry for example `index.ts`
 * @throws Error where a name that is handed on is declared nowhere
 */
export function publicExports(folder: string, entry: string): readonly PublicExport[] {
  const files = new Map<string, DeclarationFile>();
  const read = (file: string): DeclarationFile => {
    let known = files.get(file);
    if (known === undefined) {
      known = readDeclarations(readFileSync(join(folder, file.replace(/\.ts$/, '.d.ts')), 'utf8'));
      files.set(file, known);
    }
    return known;
  };
  return [...exportsOf(entry, read).values()]
    .filter(({ typeOnly, declaration }) => !(typeOnly && isValue(declaration)))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function exportsOf(file: string, read: (file: string) => DeclarationFile): ReadonlyMap<string, PublicExport> {
  const { declared, handed } = read(file);
  const found = new Map<string, PublicExport>();
  const add = (one: PublicExport): void => {
    if (found.get(one.name)?.typeOnly !== false) found.set(one.name, one);
  };
  for (const declaration of declared) add({ name: declaration.name, file, declaration, typeOnly: false });
  for (const { from, names, typeOnly } of handed) {
    const there = exportsOf(join(file, '..', from), read);
    const wanted = names === 'all' ? [...there.keys()].map((of) => ({ of, as: of, typeOnly })) : names;
    for (const name of wanted) {
      const one = there.get(name.of);
      if (one === undefined) throw new Error(`${file} exports ${name.of} of ${from}, which does not declare it`);
      const exists = one.declaration.kind === 'class' || isValue(one.declaration);
      add({ ...one, name: name.as, typeOnly: one.typeOnly || (name.typeOnly && exists) });
    }
  }
  return found;
}

const isValue = ({ kind }: Declaration): boolean => kind === 'function' || kind === 'const';
