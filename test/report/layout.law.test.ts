import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Document, heading, line, list, table } from '../../src/report/document/document.ts';
import { renderMarkdown } from '../../src/report/document/markdown.ts';
import { renderText } from '../../src/report/document/text.ts';
import { displayWidth, wrapText } from '../../src/report/document/width.ts';

const RUNS = { numRuns: 500, seed: 20_260_102 };
const plain = { width: 40, paint: (_tone: string, text: string): string => text };

test('wrapping loses nothing and keeps to the width where a word allows it', () => {
  const words = fc.array(fc.stringMatching(/^[a-zé語]{1,12}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.integer({ min: 24, max: 60 }), (given, width) => {
      const text = given.join(' ');
      const lines = wrapText(text, width);
      expect(lines.join(' ')).toBe(text);
      for (const part of lines) expect(displayWidth(part)).toBeLessThanOrEqual(width);
    }),
    RUNS,
  );
});

test('a word that is too long is broken after a hyphen or a slash, and only then', () => {
  expect(wrapText('check-consistency of core/compute-1', 12)).toEqual([
    'check-',
    'consistency',
    'of core/',
    'compute-1',
  ]);
  expect(wrapText('core/compute-1', 20)).toEqual(['core/compute-1']);
  expect(wrapText('unbreakable', 4)).toEqual(['unbreakable']);
});

test.each([
  ['abc', 3],
  ['語音', 4],
  ['e\u0301', 1],
  ['', 0],
])('the width of %j is %d', (text, width) => expect(displayWidth(text)).toBe(width));

describe('a table for a terminal', () => {
  test('columns are aligned, wide characters count twice', () => {
    const document: Document = [
      table(
        ['name', '>value'],
        [
          ['語音', '1.5'],
          ['voice', '12.5'],
        ],
      ),
    ];
    expect(renderText(document, plain)).toBe('name   value\n語音     1.5\nvoice   12.5\n');
  });

  test('columns that may be wrapped give way, continuation lines keep the indentation', () => {
    const rows = [[{ text: 'a rather long name of something', indent: 1 }, 'value', 'never wrapped']];
    expect(
      renderText(
        [
          table(
            ['', '', ''].map((_, i) => (i === 0 ? '~' : '')),
            rows,
          ),
        ],
        plain,
      ),
    ).toBe('  a rather long     value  never wrapped\n  name of\n  something\n');
  });

  test('no header where no column has a title', () => {
    expect(renderText([table(['', ''], [['a', 'b']])], plain)).toBe('a  b\n');
  });
});

test('headings, lines and lists', () => {
  const document: Document = [
    heading(1, 'Report'),
    heading(2, 'Part'),
    line('text'),
    heading(3, 'Detail'),
    list(['one', 'two']),
  ];
  expect(renderText(document, plain)).toBe('Report\n\nPart\n  text\n\n  Detail\n    - one\n    - two\n');
  expect(renderMarkdown(document)).toBe('# Report\n\n## Part\n\ntext\n\n### Detail\n\n- one\n- two\n');
});

test('names are text in Markdown, whatever they hold', () => {
  const text = renderMarkdown([table(['a'], [['x|y *b* <i> [l](u) `c`\n# d']])]);
  expect(text).toContain('| x\\|y \\*b\\* \\<i\\> \\[l\\](u) \\`c\\` \\# d |');
});
