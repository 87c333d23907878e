import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatProblem, InputError, type Problem } from '../../src/model/problem.ts';
import { readTextFile } from '../../src/scenario/read/files.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const FOLDER = 'test/fixtures/broken';

/** Problems of a file, whether it is refused or only warned about. */
function problemsOf(file: string): readonly Problem[] {
  try {
    return readScenario({ file }, { readFile: readTextFile }).warnings;
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

const lineAndCode = (problem: Problem): string => `${problem.place?.line} ${problem.code}`;
/** What the comments `#! code …` at the ends of lines announce. */
function announced(file: string): readonly string[] {
  const lines = readFileSync(file, 'latin1').split('\n');
  return lines.flatMap((line, i) =>
    (/#! (.*)$/.exec(line)?.[1]?.trim().split(/\s+/) ?? []).map((code) => `${i + 1} ${code}`),
  );
}

/** Problems of files that cannot carry a comment. */
const WITHOUT_COMMENTS: Record<string, readonly string[]> = {
  'binary.yaml': ['2 not-text'],
  'empty.yaml': ['1 empty-document'],
};
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

describe('broken files: every problem, its line and its code, and nothing else', () => {
  test.each(files.filter((name) => name !== 'extends-broken.yaml'))('%s', (name) => {
    const file = join(FOLDER, name);
    const problems = problemsOf(file);
    expect(problems.map(lineAndCode).sort()).toEqual([...(WITHOUT_COMMENTS[name] ?? announced(file))].sort());
    for (const problem of problems) {
      expect(problem.place?.file).toBe(file);
      expect(problem.frame).toContain('^');
      expect(formatProblem(problem)).not.toMatch(/undefined|\[object|NaN%|at .*\.ts:\d/);
    }
  });

  test('they announce more than a hundred problems', () => {
    expect(files.flatMap((name) => announced(join(FOLDER, name))).length).toBeGreaterThan(100);
  });
});

test('a problem in the file that is extended is shown there', () => {
  const [problem, ...others] = problemsOf(join(FOLDER, 'extends-broken.yaml'));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: 'duplicate-key',
    place: { file: join(FOLDER, 'duplicate-key.yaml'), line: 6 },
  });
});

test('problems of both files come with their own places', () => {
  const base = 'format: carriergrade/scenario/1\ngroups: { sbc: { failures: { fault: { rate: 4 / yaer } } } }\n';
  const over = 'format: carriergrade/scenario/1\nextends: base.yaml\nservices: { voice: { uses: [sbx] } }\n';
  try {
    readScenario(over, { file: 'dir/over.yaml', readFile: () => base });
    expect.unreachable();
  } catch (error) {
    const problems = (error as InputError).problems.map(({ code, place }) => `${place?.file}:${place?.line} ${code}`);
    expect(problems).toEqual(['dir/base.yaml:2 bad-unit', 'dir/over.yaml:3 dangling-reference']);
  }
});

describe('files that are none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  const codes = (file: string): readonly string[] =>
    problemsOf(file).map((problem) => `${problem.code} ${problem.place?.file === file}`);

  test('missing, a directory, ten megabytes', () => {
    expect(codes(join(folder, 'none.yaml'))).toEqual(['missing-file true']);
    expect(codes(folder)).toEqual(['is-a-directory true']);
    const large = join(folder, 'large.yaml');
    writeFileSync(large, `a: ${'x'.repeat(10_000_000)}`);
    expect(codes(large)).toEqual(['file-too-large true']);
    const larger = join(folder, 'larger.yaml');
    writeFileSync(larger, Buffer.alloc(20_000_000));
    expect(codes(larger)).toEqual(['file-too-large true']);
    rmSync(folder, { recursive: true });
  }, 5_000);
});

describe('command line settings', () => {
  const file = join(FOLDER, 'ok-base.yaml');
  const codes = (set: string[], variant?: string): readonly string[] => {
    try {
      readScenario({ file }, { readFile: readTextFile, set, ...(variant === undefined ? {} : { variant }) });
      return [];
    } catch (error) {
      return (error as InputError).problems.map((problem) => problem.code);
    }
  };

  test.each([
    ['groups.sbc.retry', 'bad-set'],
    ['=3', 'bad-set'],
    ['groups..x=1', 'wrong-type'],
    ['groups.sbc.retyr=3 s', 'unknown-key'],
    ['groups.sbc.retry=3', 'missing-unit'],
    ['groups.sbc.retry=[', 'bad-set'],
    ['groups.sbc.failures.fault.rate.x=3', 'bad-set'],
    ['services.voice.uses=[nothing]', 'dangling-reference'],
    ['groups.sbc.retry=null', 'nothing-to-delete'],
    ['groups.sbc.failures.fault.rate=null', 'missing-key'],
    ['targets[3].limit=1', 'wrong-type'],
  ])('%s is refused', (set, code) => {
    expect(codes([set])).toContain(code);
  });

  test('a problem says which setting it comes from', () => {
    expect(() => readScenario({ file }, { readFile: readTextFile, set: ['groups.sbc.retry=5 m'] })).toThrow(
      /--set groups\.sbc\.retry=5 m/,
    );
  });

  test('an unknown variant', () => {
    expect(codes([], 'traditional')).toEqual(['unknown-variant']);
  });
});
