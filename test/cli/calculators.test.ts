import { expect, test } from 'vitest';
import * as calculators from '../../src/calculators.ts';
import * as library from '../../src/index.ts';

test('every calculator is part of the public API, under the same name', () => {
  const names = Object.keys(calculators).sort();
  expect(names.length).toBeGreaterThan(10);
  expect(
    Object.keys(library)
      .filter((name) => names.includes(name))
      .sort(),
  ).toEqual(names);
});
