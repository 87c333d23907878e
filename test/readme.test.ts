import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocks, commandsOf, DOCUMENTS, readDocument, root } from './documents.ts';

/** Options after which a file is written. */
const WRITING = ['-o', '--junit', '--openmetrics'];

/** What is said of a file that was written. */
const CONFIRMATION = /^wrote .*\n/gm;

/** What the built command answers; asked again where it may have changed since, because of files. */
const known = new Map<string, Answer>();

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function answerTo(words: readonly string[], usesFiles: boolean): Answer {
  const key = words.join(' ');
  const before = known.get(key);
  if (before !== undefined && !usesFiles) return before;
  const answer = spawnSync(process.execPath, [join(root, 'dist/carriergrade.js'), ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  known.set(key, answer);
  return answer;
}

describe.each(DOCUMENTS)('%s', (file) => {
  const document = readDocument(file);
  const commands = commandsOf(document);
  /** Where files without a folder go: those that a command writes and a later one reads. */
  const written = mkdtempSync(join(tmpdir(), 'carriergrade-readme-'));
  const inFolder = (word: string): string =>
    /^[\w-]+\.(html|json|yaml|xml|txt)$/.test(word) ? join(written, word) : word;

  it('shows commands', () => {
    expect(commands.length).toBeGreaterThanOrEqual(8);
  });

  it.each(commands)('carriergrade %s', (command) => {
    const words = command.split(' ').map(inFolder);
    const { status, stdout, stderr } = answerTo(words, words.join(' ') !== command);
    // What `validate` finds is its answer; the others have nothing to complain about.
    if (words[0] !== 'validate') expect(stderr.replace(CONFIRMATION, '')).toBe('');
    expect([0, 1, 3], `exit code ${status}`).toContain(status);
    const files = words.filter((_, i) => WRITING.includes(words[i - 1]!)).map((name) => readFileSync(name, 'utf8'));
    const answers = words.includes('-o') ? files : [...files, stdout + stderr];
    for (const answer of answers) expect(answer.length).toBeGreaterThan(50);
  });

  it('links to files that exist', () => {
    const targets = [...document.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(1);
    for (const target of targets) expect(() => readFileSync(join(root, dirname(file), target)), target).not.toThrow();
  });
});

describe('the library example of the README', () => {
  it('runs as it stands', () => {
    const [example] = blocks(readDocument('README.md'), 'js');
    const folder = mkdtempSync(join(tmpdir(), 'carriergrade-readme-'));
    const file = join(folder, 'example.mjs');
    writeFileSync(file, example!.replace("'carriergrade'", JSON.stringify(join(root, 'dist/index.js'))));
    const output = execFileSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
    expect(output).toContain('voice');
  });
});
