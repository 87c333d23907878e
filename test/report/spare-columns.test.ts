import { expect, test } from 'vitest';
import { table } from '../../src/report/document/document.ts';
import { renderText } from '../../src/report/document/text.ts';

/** Non-regression: names stay whole; what is less important makes room for them. */
const steps = table(
  ['>time, s', 'entity~', 'flow~?1', 'needs~?3', 'side?2'],
  [['0.010', 'core/compute-1', 'restore', 'crew, host', 'infra']],
);
const print = (width: number): string => renderText([steps], { width, paint: (_, text) => text });

test('a wide terminal shows every column', () => {
  expect(print(60)).toBe(
    `${['time, s  entity          flow     needs       side', '  0.010  core/compute-1  restore  crew, host  infra'].join('\n')}\n`,
  );
});

test('a narrower one wraps between words first, then leaves spare columns out in their order, and says so', () => {
  expect(print(46)).toBe(
    `${['time, s  entity          flow     needs  side', '  0.010  core/compute-1  restore  crew,  infra', '                                  host'].join('\n')}\n`,
  );
  expect(print(40).split('\n')).toEqual([
    'time, s  entity          needs     side',
    '  0.010  core/compute-1  crew,     infra',
    '                         host',
    '(left out on so narrow a terminal: flow)',
    '',
  ]);
  expect(print(32)).toMatch(/^time, s {2}entity {10}needs\n {2}0\.010 {2}core\/compute-1 {2}crew,\n/);
});

test('only where nothing is left to leave out are names broken', () => {
  expect(print(20)).toMatch(/^time, s {2}entity\n {2}0\.010 {2}core\/\n {9}compute-1\n/);
});
