import { describe, expect, test } from 'vitest';
import { displayWidth } from '../../src/report/document/width.ts';
import { REPORT_FORMATS, type ReportFormat, render } from '../../src/report/render.ts';
import { OUTPUTS } from './fixtures/outputs.ts';
import { result } from './fixtures/result.ts';

describe.each(Object.entries(OUTPUTS))('every report of %s', (_name, output) => {
  test.each(REPORT_FORMATS)(
    '%s: same bytes twice, ends with a line break, shows no artefact of floating point',
    (format) => {
      const text = render(output, { format });
      expect(render(output, { format })).toBe(text);
      expect(text.endsWith('\n')).toBe(true);
      const shown = text.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '');
      if (format !== 'json') expect(shown).not.toMatch(/[1-9][\d.]{17}|NaN|undefined|\[object/);
    },
  );

  test.each([80, 100, 140])('the table keeps to %d columns, without trailing blanks or control characters', (width) => {
    for (const line of render(output, { width }).split('\n')) {
      expect(displayWidth(line), line).toBeLessThanOrEqual(width);
      expect(line).toBe(line.trimEnd());
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that is the point.
      expect(line).not.toMatch(/[\u0000-\u001f]/);
    }
  });

  test('JSON is the output itself', () => {
    const read = JSON.parse(render(output, { format: 'json' }));
    expect(read).toEqual(JSON.parse(JSON.stringify(output)));
  });

  test('all lines of a CSV file have the same number of fields', () => {
    const rows = fields(render(output, { format: 'csv' }));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });
});

test('colours change nothing but colours', () => {
  const painted = render(result, { paint: (_tone, text) => `\u001b[1m${text}\u001b[22m` });
  expect(painted.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '').replaceAll(/ +$/gm, '')).toBe(render(result));
});

test('150 000 elements are no problem', () => {
  const elements = Array.from({ length: 150_000 }, (_, i) => ({ ...result.elements[0]!, name: `core/compute-${i}` }));
  expect(render({ ...result, elements }, { allElements: true }).includes('core/compute-149999')).toBe(true);
});

test('a format that does not exist is named, with those that do', () => {
  expect(() => render(result, { format: 'xml' as ReportFormat })).toThrow(
    'there is no format "xml"; formats are table, json, csv, markdown',
  );
});

test('every measure of a service stands in the CSV with its interval', () => {
  const rows = fields(render(result, { format: 'csv' }));
  const voice = rows.filter(([kind, name]) => kind === 'service' && name === 'voice');
  expect(voice.find(([, , measure]) => measure === 'dpm.all')).toEqual([
    'service',
    'voice',
    'dpm.all',
    's/year',
    '184.6',
    '176.9',
    '192.3',
    'histories',
    '200',
  ]);
  expect(
    rows.find(
      ([kind, name, measure]) => kind === 'element' && name === 'core/compute-1' && measure === 'causedDpm',
    )?.[4],
  ).toBe('0.0001');
  expect(rows.find(([kind, name]) => kind === 'target' && name === 'voice.dpm')?.[3]).toBe('fail');
});

/** Fields of RFC 4180 text. */
function fields(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}
