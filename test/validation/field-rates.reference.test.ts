import { describe, expect, it } from 'vitest';
import { FIELD_RATES } from '../../src/catalogue/field-rates.ts';
import { readValidation, validationAvailable } from './available.ts';

/** Numbers of a text, thousands separators removed. */
const numbers = (text: string): readonly string[] =>
  text.replaceAll(/(?<=\d)[, ](?=\d{3}\b)/g, '').match(/\d+(?:\.\d+)?|(?<=\D)\.\d+/g) ?? [];

describe.skipIf(!validationAvailable('README.md'))('reference: field data collected by others', () => {
  it('every published number of the catalogue stands in the collection', () => {
    const page = readValidation('README.md');
    const section =
      page.slice(page.indexOf('## D.'), page.indexOf('## E.')) +
      page.slice(page.indexOf('### B14'), page.indexOf('### B15'));
    const known = new Set(numbers(section.replaceAll('0.001', '.001')).map(Number));
    const missing = Object.entries(FIELD_RATES).flatMap(([id, { published, year }]) =>
      [...numbers(published).map(Number), ...(year === undefined ? [] : [year])]
        .filter((value) => !known.has(value) && !WORDS.has(value))
        .map((value) => `${id}: ${value}`),
    );
    expect(missing).toEqual([]);
  });
});

/** Written otherwise there: years as two digits, "Q3-25", the request of an arXiv paper of 2021, "1 in 5", "a third". */
const WORDS = new Set([2021, 2022, 2023, 2024, 2025, 2016, 2017, 2018, 2019, 2020]);
