import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/commands.ts';
import { invoke, SCENARIO } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-report-'));
const stored = join(folder, 'result.json');
const RUN = ['run', SCENARIO, '--histories', '4', '--years', '20', '--precision', '50%'];

beforeAll(async () => {
  expect((await invoke([...RUN, '-o', stored])).err).toBe('');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('report: a stored result', () => {
  test.each(['table', 'json', 'csv', 'markdown', 'html'])('is shown as %s as the run showed it', async (format) => {
    const again = await invoke(['report', stored, '--format', format]);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toBe((await invoke([...RUN, '--format', format])).out);
  });

  test('without any outage has infinite nines again', async () => {
    const file = join(folder, 'never.json');
    const args = ['run', 'scenarios/leaf-spine.yaml', '--histories', '2', '--years', '1', '--method', 'histories'];
    await invoke([...args, '-o', file]);
    expect((await invoke(['report', file])).out).toBe((await invoke(args)).out);
  });

  test.each([
    ['no JSON', '{', 'error bad-result: FILE: not JSON'],
    [
      'another output',
      '{"format":"carriergrade/trace/1"}',
      'this is a carriergrade/trace/1, not a carriergrade/result/1',
    ],
    ['no output', '[]', 'this is no result'],
    ['a result with a hole', '{"format":"carriergrade/result/1"}', 'scenario: '],
  ])('that is %s is refused', async (_what, text, message) => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, text);
    const { code, out, err } = await invoke(['report', file]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message.replace('FILE', file));
  });

  test.each([
    [['--plot', '--format', 'csv'], '--plot: goes with --format table or markdown, not csv'],
    [['--interactive'], '--interactive: goes with --format html, not table'],
  ])('refuses options its format has no use for: %j', async (options, message) => {
    const { code, err } = await invoke(['report', stored, ...options]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('--plot', () => {
  test('draws lengths and roots, within the width of the terminal', async () => {
    const { out } = await invoke(['report', stored, '--plot'], { terminal: 80, env: { NO_COLOR: '1' } });
    expect(out).toContain('Lengths of outages');
    expect(out).toContain('Roots of the downtime');
    expect(out).toContain('█');
    expect(
      Math.max(
        ...stripVTControlCharacters(out)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });
});

describe('init', () => {
  const schemes = [
    'simplex',
    'active-standby',
    'active-active',
    'load-balanced',
    'n-plus-1',
    'k-of-n',
    'shared-standby',
  ];
  test.each(schemes)(
    'writes a %s scenario that is valid without a warning and runs, variants included',
    async (scheme) => {
      const file = join(folder, `${scheme}.yaml`);
      const { code, err } = await invoke(['init', file, '--scheme', scheme, '--nines', '4']);
      expect({ code, err }).toEqual({ code: 0, err: `wrote ${file}; next: carriergrade run ${file}\n` });
      expect(readFileSync(file, 'utf8').match(/^ *#/gm)!.length).toBeGreaterThan(8);
      expect(await invoke(['validate', file])).toMatchObject({ code: 0, err: '' });
      for (const variant of [[], ['--variant', 'better-detection']]) {
        const ran = await invoke(['run', file, '--histories', '2', '--years', '5', ...variant]);
        expect(ran.err).toBe('');
        expect([0, 1, 3]).toContain(ran.code);
      }
      const element = /inject FILE --element (\S+)/.exec(readFileSync(file, 'utf8'))![1]!;
      expect((await invoke(['inject', file, '--element', element])).err).toBe('');
    },
  );

  test('replaces nothing unasked', async () => {
    const file = join(folder, 'mine.yaml');
    writeFileSync(file, 'mine');
    const refused = await invoke(['init', file]);
    expect(refused).toMatchObject({ code: 2, err: `error: ${file} is there already; --force replaces it\n` });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await invoke(['init', file, '--force'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('carriergrade/scenario/1');
  });

  test.each([
    [['--scheme', 'simplex', '--members', '2'], 'a simplex group has one member, got 2'],
    [['--members', '1'], 'active-standby needs at least 2 members, got 1'],
    [['--members', '5', '--nodes', '4'], '5 members on different nodes need as many nodes, got 4'],
    [['--name', 'My service'], 'a name has small letters, digits and dashes, got "My service"'],
  ])('refuses %j', async (options, message) => {
    expect(await invoke(['init', ...options])).toMatchObject({ code: 2, out: '', err: `error: ${message}\n` });
  });
});

describe('completion', () => {
  const script = async (shell: string): Promise<string> => (await invoke(['completion', shell])).out;
  const complete = async (...words: readonly string[]): Promise<string[]> => {
    const program = `${await script('bash')}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})\nCOMP_CWORD=${words.length - 1}\n_carriergrade\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', program], { encoding: 'utf8' }).trim().split('\n');
  };

  test('of bash knows commands, options, words and files', async () => {
    expect(await complete('carriergrade', 'val')).toEqual(['validate']);
    expect(await complete('carriergrade', 'run', '--format', '')).toEqual(['table', 'json', 'csv', 'markdown', 'html']);
    expect(await complete('carriergrade', 'run', '--hist')).toEqual(['--histories']);
    expect(await complete('carriergrade', 'completion', 'z')).toEqual(['zsh']);
    expect(await complete('carriergrade', 'run', 'scenarios/active-st')).toEqual(['scenarios/active-standby.yaml']);
  });

  test.each(['bash', 'zsh', 'fish'])('of %s names every command', async (shell) => {
    const text = await script(shell);
    for (const { name } of COMMANDS) expect(text).toContain(name);
    expect(text).toContain('histories');
  });

  test('of no other shell', async () => {
    expect((await invoke(['completion', 'cmd'])).err).toContain('Allowed choices are bash, zsh, fish');
  });
});
