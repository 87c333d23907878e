import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';

/** Reference: reports for continuous integration, read by parsers of others. The golden files are what the program writes. */
const JUNIT = 'test/golden/check.xml';
const OPENMETRICS = 'test/golden/check.openmetrics.txt';

test('JUnit is well-formed to fast-xml-parser, and its counts are those of its cases', () => {
  const text = readFileSync(JUNIT, 'utf8');
  expect(XMLValidator.validate(text)).toBe(true);
  const always = ['testsuite', 'testcase', 'failure', 'skipped'];
  const { testsuites } = new XMLParser({ ignoreAttributes: false, isArray: (name) => always.includes(name) }).parse(
    text,
  );
  const cases = testsuites.testsuite.flatMap((suite: { testcase?: unknown[] }) => suite.testcase ?? []);
  const failed = cases.filter((one: unknown) => typeof one === 'object' && one !== null && 'failure' in one);
  expect(Number(testsuites['@_tests'])).toBe(cases.length);
  expect(Number(testsuites['@_failures'])).toBe(failed.length);
});

/** Runs a script of Python on a file; undefined where Python or its package is not there. */
function python(script: string, file: string): string | undefined {
  try {
    return execFileSync(process.env['PYTHON'] ?? 'python3', ['-c', script, file], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stderr = '', code } = error as { readonly stderr?: string; readonly code?: string };
    if (code === 'ENOENT' || stderr.includes('ModuleNotFoundError')) return undefined;
    throw error;
  }
}

describe('where Python has the package (pip install prometheus_client; PYTHON names another interpreter)', () => {
  test('the parser of Prometheus accepts OpenMetrics', ({ skip }) => {
    const script = `import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
print(sum(len(family.samples) for family in read(open(sys.argv[1]).read())))`;
    const found = python(script, OPENMETRICS);
    if (found === undefined) return skip('no prometheus_client for Python on this machine');
    const samples = readFileSync(OPENMETRICS, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(Number(found)).toBe(samples.length);
  });
});
