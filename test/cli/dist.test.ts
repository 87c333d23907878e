import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { SCENARIO } from './support.ts';

/** The command as it ships, in a process of its own. */
const BIN = 'dist/carriergrade.js';

if (existsSync(BIN)) describe('the built command', builtCommand);
else test(`${BIN} is not built: the shipped command is not tested`, () => {});

function builtCommand(): void {
  const started: ChildProcess[] = [];
  afterAll(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  const run = (...args: readonly string[]) => spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });

  test('data goes to standard output, everything else to the error stream', () => {
    expect(run('inject', SCENARIO, '--element', 'sbc/active', '--format', 'csv')).toMatchObject({
      status: 0,
      stderr: '',
    });
    const failed = run('run', 'none.yaml');
    expect(failed).toMatchObject({ status: 2, stdout: '' });
    expect(failed.stderr).toBe('none.yaml:1:1 error missing-file: none.yaml does not exist\n');
  });

  test.each(['validate', 'explain', 'analyse', 'run'])('%s reads a scenario from standard input', (command) => {
    const text = readFileSync('scenarios/rbd-vs-des.yaml', 'utf8');
    const short = command === 'run' ? ['--years', '10', '--histories', '2'] : [];
    const piped = (input: string) =>
      spawnSync(process.execPath, [BIN, command, '-', ...short, '--format', 'csv'], { encoding: 'utf8', input });
    const { stdout, stderr } = piped(text);
    expect(stderr).toBe('');
    expect(stdout.split('\n').length).toBeGreaterThan(1);
    const broken = piped(text.replace('uses: [single]', 'uses: [singel]'));
    expect(broken.status).toBe(2);
    expect(broken.stderr).toMatch(/^-:\d+:\d+ error dangling-reference/m);
  });

  test('--version starts within 40 ms of an empty program', () => {
    const time = (args: readonly string[]): number => {
      const begin = process.hrtime.bigint();
      expect(spawnSync(process.execPath, [...args]).status).toBe(0);
      return Number(process.hrtime.bigint() - begin) / 1e6;
    };
    // The fastest of several: everything else on the machine only adds.
    const pairs = Array.from({ length: 25 }, () => [time(['-e', '0']), time([BIN, '--version'])] as const);
    const empty = Math.min(...pairs.map(([ms]) => ms));
    const version = Math.min(...pairs.map(([, ms]) => ms));
    expect(version - empty).toBeLessThan(40);
  });

  test('the same seed gives the same bytes in another process', () => {
    const args = ['run', SCENARIO, '--histories', '3', '--years', '10', '--precision', '50%', '--format', 'json'];
    const first = run(...args);
    expect(first.stdout.length).toBeGreaterThan(1000);
    expect(run(...args).stdout).toBe(first.stdout);
  });

  test('a reader that stops reading is no error', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" ${BIN} schema | head -c 10 > /dev/null`], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what is finished is reported, exit code %d', async (signal, code) => {
    const args = [
      BIN,
      'run',
      SCENARIO,
      '--histories',
      '1000000',
      '--precision',
      '0.01%',
      '--progress',
      '--format',
      'json',
    ];
    const child = spawn(process.execPath, args);
    started.push(child);
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.once('data', () => child.kill(signal));
    const exit = await new Promise((resolve) => child.once('close', resolve));
    expect(exit).toBe(code);
    expect(JSON.parse(out)).toMatchObject({ format: 'carriergrade/result/1', run: { stop: 'budget' } });
  });
}
