/** Where the tests of a requirement stand: the files in whose titles it is named, and how many titles. */
export interface Named {
  readonly file: string;
  readonly titles: number;
}

/** `describe`, `it` or `test`, also `.each(…)` and the like, and the string that names it. */
const TITLE =
  /\b(?:describe|it|test)(?:\.\w+)*(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))?\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
const ID = /\b[AB]-\d{2,3}\b/g;

/** The titles of a test file, as written. */
export function titlesOf(source: string): readonly string[] {
  return [...source.matchAll(TITLE)].map((match) => match[2]!);
}

/**
 * Which requirements the titles of the tests name.
 *
 * @param files text by path
 */
export function namedIn(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly Named[]> {
  const found = new Map<string, Named[]>();
  for (const [file, source] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const counts = new Map<string, number>();
    for (const title of titlesOf(source))
      for (const id of new Set(title.match(ID))) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const [id, titles] of counts) found.set(id, [...(found.get(id) ?? []), { file, titles }]);
  }
  return found;
}
