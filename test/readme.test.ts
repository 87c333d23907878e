import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);
}

const commands = blocks('sh')
  .flatMap((block) => block.trim().split('\n'))
  .filter((line) => line.includes('npx carriergrade'))
  .map((line) => line.slice(line.indexOf('carriergrade ') + 'carriergrade '.length));

/** Where files go that a command of the README writes and a later one reads. */
const written = mkdtempSync(join(tmpdir(), 'carriergrade-readme-'));
const inFolder = (word: string): string => (/^(report|result|part-\d)\.\w+$/.test(word) ? join(written, word) : word);

describe('every command of the README', () => {
  it('is found', () => {
    expect(commands.length).toBeGreaterThanOrEqual(8);
  });

  it.each(commands)('carriergrade %s', (command) => {
    const words = command.split(' ').map(inFolder);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/carriergrade.js'), ...words], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(stderr).toBe('');
    const file = words[words.indexOf('-o') + 1]!;
    const data = words.includes('-o') ? readFileSync(file, 'utf8') : stdout;
    expect(data.length).toBeGreaterThan(50);
    expect([0, 1, 3], `exit code ${status}`).toContain(status);
  });
});

describe('the library example of the README', () => {
  it('runs as it stands', () => {
    const [example] = blocks('js');
    const folder = mkdtempSync(join(tmpdir(), 'carriergrade-readme-'));
    const file = join(folder, 'example.mjs');
    writeFileSync(file, example!.replace("'carriergrade'", JSON.stringify(join(root, 'dist/index.js'))));
    const output = execFileSync(process.execPath, [file], { cwd: root, encoding: 'utf8' });
    expect(output).toContain('voice');
  });
});

describe('links of the README', () => {
  it('lead to files that exist', () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
    expect(targets.length).toBeGreaterThan(3);
    for (const target of targets) expect(() => readFileSync(join(root, target)), target).not.toThrow();
  });
});
