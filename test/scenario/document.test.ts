import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/model/problem.ts';
import { readDocument } from '../../src/scenario/read/document.ts';
import { MAX_CHARACTERS } from '../../src/scenario/read/limits.ts';
import { closest, didYouMean } from '../../src/scenario/read/suggest.ts';

const text = `groups:
  sbc:
    times: { spawn: 60 s, sync: 3 }
    list: [a, { b: c }]
  alias: &x { y: 1 }
other: *x
`;

describe('positions', () => {
  const document = readDocument(text, 'f.yaml');
  const at = (...path: (string | number)[]) => {
    const { line, column, length } = document.placeOf(path);
    return [line, column, length];
  };

  test('of values', () => {
    expect(at('groups', 'sbc', 'times', 'spawn')).toEqual([3, 21, 4]);
    expect(at('groups', 'sbc', 'list', 1, 'b')).toEqual([4, 20, 1]);
    expect(at('groups', 'sbc', 'list', 0)).toEqual([4, 12, 1]);
  });

  test('of keys, for maps and on demand', () => {
    expect(at('groups', 'sbc', 'times')).toEqual([3, 5, 5]);
    expect(document.placeOf(['groups', 'sbc', 'times', 'sync'], 'key')).toMatchObject({ line: 3, column: 27 });
  });

  test('of what is missing: the deepest part that exists', () => {
    expect(at('groups', 'sbc', 'nothing', 'here')).toEqual([2, 3, 3]);
    expect(at('nothing')).toEqual([1, 1, 1]);
  });

  test('through aliases', () => {
    expect(at('other', 'y')).toEqual([5, 18, 1]);
    expect(document.value['other']).toEqual({ y: 1 });
  });

  test('in a printed problem', () => {
    const problem = document.problem(['groups', 'sbc', 'times', 'sync'], 'missing-unit', 'a unit is missing', '3 s');
    expect(formatProblem(problem)).toBe(
      [
        'f.yaml:3:33 error missing-unit: a unit is missing',
        '  2 |   sbc:',
        '> 3 |     times: { spawn: 60 s, sync: 3 }',
        '    |                                 ^',
        '  4 |     list: [a, { b: c }]',
        '  hint: 3 s',
      ].join('\n'),
    );
    expect(problem.path).toBe('groups.sbc.times.sync');
  });
});

test('JSON, byte order marks, Windows line ends and tabs inside brackets are fine', () => {
  for (const source of [
    '{"a": 1, "b": [2]}',
    '\uFEFFa: 1\nb: [2]\n',
    'a: 1\r\nb: [2]\r\n',
    '{\n\t"a": 1,\n\t"b": [2]\n}',
  ]) {
    const { value, problems } = readDocument(source, 'f');
    expect(problems).toEqual([]);
    expect(value).toEqual({ a: 1, b: [2] });
  }
});

test('numbers that a double cannot hold keep their digits as text', () => {
  const { value } = readDocument('a: 0.99999999999999999\nb: 0.99999\nc: 12345678901234567890\n', 'f');
  expect(value).toEqual({ a: '0.99999999999999999', b: 0.99999, c: '12345678901234567890' });
});

test('only YAML 1.2: yes is a text, no is a text', () => {
  expect(readDocument('a: yes\nb: no\nc: 010\n', 'f').value).toEqual({ a: 'yes', b: 'no', c: 10 });
});

test('keys that are special to JavaScript are ordinary keys', () => {
  const { value } = readDocument('__proto__: { x: 1 }\nconstructor: 2\n', 'f');
  expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

describe('inputs made to hurt are refused quickly', () => {
  const hostile: Record<string, [string, string]> = {
    'ten million characters': [`a: ${'x'.repeat(10 * 1024 * 1024)}`, 'file-too-large'],
    'a hundred thousand brackets': ['['.repeat(100_000), 'too-deep'],
    'a thousand nested maps': [Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'too-deep'],
    'a hundred nested maps': [Array.from({ length: 100 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'too-deep'],
    'zero bytes': [`a: ${'\0'.repeat(100)}`, 'not-text'],
  };
  test.each(Object.entries(hostile))(
    '%s',
    (_, [source, code]) => {
      const { problems } = readDocument(source, 'f.yaml');
      expect(problems.map((problem) => problem.code)).toEqual([code]);
      expect(problems[0]!.place?.file).toBe('f.yaml');
      expect(problems[0]!.frame!.length).toBeLessThan(500);
    },
    5_000,
  );

  test('a text just below the limit is read', () => {
    const source = `a: "${'x'.repeat(MAX_CHARACTERS - 5)}"`;
    expect(readDocument(source, 'f').problems).toEqual([]);
  }, 20_000);
});

test('suggestions: the closest within a third of the length, the case ignored', () => {
  expect(closest('coverag', ['detectors', 'coverage'])).toBe('coverage');
  expect(closest('FL03', ['FL-01', 'FL-03'])).toBe('FL-03');
  expect(closest('VIM', ['vnfm', 'vim'])).toBe('vim');
  expect(closest('banana', ['coverage'])).toBeUndefined();
  expect(didYouMean('banana', ['a', 'b'], 'allowed')).toBe('allowed: a, b');
  expect(didYouMean('banana', [])).toBeUndefined();
});
