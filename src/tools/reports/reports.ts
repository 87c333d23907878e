/**
 * Writes the reference reports, or with `--check` compares them: exit code 1 and the names of those that differ.
 * A further argument picks folders: `seed-tables`, `scenarios` or `pages`.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GUIDES } from './guides.ts';
import { type Report, SEED_REPORTS, scenarioReports } from './list.ts';
import { PAGES } from './pages.ts';
import { contents, produce } from './produce.ts';

const FOLDER = 'reports';

const scenarios = readdirSync('scenarios')
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .map((name) => `scenarios/${name}`);
const all: readonly Report[] = [...SEED_REPORTS, ...scenarioReports(scenarios)];

const words = process.argv.slice(2);
const check = words.includes('--check');
const folders = words.filter((word) => word !== '--check');
const wanted = all.filter(
  ({ file }) => folders.length === 0 || folders.some((folder) => file.startsWith(`${folder}/`)),
);
const withPages = folders.length === 0 || folders.includes('pages');
if (wanted.length === 0 && !withPages) {
  process.stderr.write(`no report in ${folders.join(', ')}; folders are seed-tables, scenarios and pages\n`);
  process.exitCode = 2;
}

const started = performance.now();
const texts = new Map<string, string>();
for (const report of wanted) texts.set(report.file, await produce(report));
if (withPages) {
  for (const { file, text } of PAGES) texts.set(file, text());
  texts.set('README.md', contents(all, PAGES, GUIDES));
}
const seconds = ((performance.now() - started) / 1000).toFixed(2);

const different = [...texts].filter(([file, text]) => before(file) !== text).map(([file]) => file);
for (const file of different) process.stdout.write(`${check ? 'differs' : 'written'}: ${FOLDER}/${file}\n`);
if (!check) {
  for (const file of different) {
    mkdirSync(dirname(join(FOLDER, file)), { recursive: true });
    writeFileSync(join(FOLDER, file), texts.get(file)!);
  }
} else if (different.length > 0) process.exitCode = 1;
process.stdout.write(
  `${texts.size} reports in ${seconds} s, ${different.length} ${check ? 'differ' : 'new or changed'}\n`,
);

function before(file: string): string | undefined {
  try {
    return readFileSync(join(FOLDER, file), 'utf8');
  } catch {
    return undefined;
  }
}
