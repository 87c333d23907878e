import { describe, expect, it } from 'vitest';
import { coveragePage, readTests } from '../../src/tools/requirements/page.ts';
import { REQUIREMENTS } from '../../src/tools/requirements/requirements.ts';
import { namedIn, titlesOf } from '../../src/tools/requirements/titles.ts';

/** Requirements that no test shows yet; a test that names one takes it off this list. */
const TO_COME: readonly string[] = [];

const named = namedIn(readTests('test'));

describe('requirements', () => {
  it('are 172, each once and with a title', () => {
    const count = (letter: string, last: number): string[] =>
      Array.from({ length: last }, (_, i) => `${letter}-${String(i + 1).padStart(2, '0')}`);
    expect(REQUIREMENTS.map(({ id }) => id)).toEqual([...count('A', 69), ...count('B', 103)]);
    expect(new Set(REQUIREMENTS.map(({ title }) => title)).size).toBe(172);
  });

  it('are each named by the title of a test, or to come', () => {
    const missing = REQUIREMENTS.filter(({ id }) => !named.has(id)).map(({ id }) => id);
    expect(missing).toEqual(TO_COME);
  });

  it('are all that titles name: no test is about a requirement that does not exist', () => {
    const known = new Set(REQUIREMENTS.map(({ id }) => id));
    expect([...named.keys()].filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('the scan of titles', () => {
  // Written with `_` for `-`, lest this file counts as a test of what it names.
  const source = [
    "describe('a pair (A_04)', () => {",
    '  it.each([[1, f(2)], [3, 4]])("%s of `B_33`", () => {});',
    "  test(`A_05, A_04: \\'quoted\\'`, () => {});",
    "  expect('A_06').toBe(A_07); // it is A_08",
    '});',
  ]
    .join('\n')
    .replaceAll('_', '-');

  it('reads describe, it and test in every form, and nothing else', () => {
    expect(titlesOf(source)).toEqual(['a pair (A-04)', '%s of `B-33`', "A-05, A-04: \\'quoted\\'"]);
  });

  it('counts the titles of each file', () => {
    const files = new Map([
      ['test/z.test.ts', source],
      ['test/a.test.ts', "it('A_05', f)".replace('_', '-')],
    ]);
    expect(namedIn(files).get('A-05')).toEqual([
      { file: 'test/a.test.ts', titles: 1 },
      { file: 'test/z.test.ts', titles: 1 },
    ]);
    expect(namedIn(files).get('A-04')).toEqual([{ file: 'test/z.test.ts', titles: 2 }]);
    expect(coveragePage(namedIn(files))).toContain('3 of 172 requirements');
    expect(coveragePage(namedIn(files))).toContain(
      '| A-05 | State kept in an external store or with peers | [a](../test/a.test.ts), [z](../test/z.test.ts) |',
    );
  });
});
