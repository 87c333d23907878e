import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/index.ts';
import { GUIDES } from '../../src/tools/reports/guides.ts';
import { SEED_REPORTS, scenarioReports } from '../../src/tools/reports/list.ts';
import { PAGES } from '../../src/tools/reports/pages.ts';
import { contents, produce } from '../../src/tools/reports/produce.ts';

/**
 * Non-regression: the reports in `reports/` are what the command line prints, byte by byte (S-01 and the scenarios).
 * `npm run reports` writes them anew.
 */
const { version: released } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const scenarios = readdirSync('scenarios')
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => `scenarios/${name}`);
const REPORTS = [...SEED_REPORTS, ...scenarioReports(scenarios)];

const kept = (file: string): string => readFileSync(`reports/${file}`, 'utf8');

describe.each(REPORTS.map((report) => [report.file, report] as const))('%s', (file, report) => {
  test('is what is printed', async () => {
    expect((await produce(report)).replaceAll(version, released)).toBe(kept(file));
  });
});

test.each(PAGES.map((page) => [page.file, page] as const))('%s is what is generated', (file, page) => {
  expect(page.text()).toBe(kept(file));
});

test('the page of contents lists them all, and there are no others', () => {
  expect(kept('README.md')).toBe(contents(REPORTS, PAGES, GUIDES));
  const files = readdirSync('reports', { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  const known = [...REPORTS, ...PAGES, ...GUIDES].map(({ file }) => file);
  expect(files.sort()).toEqual([...known, 'README.md'].sort());
});

test('a command that cannot run is no report', async () => {
  expect(existsSync('none.yaml')).toBe(false);
  await expect(produce({ file: 'none.md', args: ['run', 'none.yaml'] })).rejects.toThrow('none.yaml does not exist');
});
