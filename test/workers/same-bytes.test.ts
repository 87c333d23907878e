import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The command as it ships, with threads. */
const BIN = 'dist/carriergrade.js';
const ACTIVE_STANDBY = 'scenarios/active-standby.yaml';
/** Has every thread that starts beside the first say so, in a line of the error stream. */
const WITNESS = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (!isMainThread) writeSync(2, 'a thread starts\\n');
`)}`;

if (existsSync('dist/worker.js')) describe('the built command with threads', builtCommand);
else test(`${BIN} is not built: threads are not tested`, () => {});

function builtCommand(): void {
  const run = (args: readonly string[], bin = BIN, ...node: readonly string[]) =>
    spawnSync(process.execPath, [...node, bin, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const watched = (args: readonly string[]) => run(args, BIN, '--import', WITNESS);
  const threads = ({ stderr }: { readonly stderr: string }) => stderr.split('a thread starts').length;

  const CASES = [
    ['stopped by a precision', [1, 2, 7], ['run', ACTIVE_STANDBY, '--precision', '20%']],
    [
      'with fabrics, all elements',
      [1, 2],
      ['run', 'scenarios/multi-cloud-chain.yaml', '--method', 'histories', '--histories', '8', '--elements'],
    ],
    [
      'with cycles that hire',
      [1, 7],
      ['run', 'scenarios/telco-pair.yaml', '--histories', '2', '--method', 'cycles', '--precision', '2%'],
    ],
  ] as const;

  test.each(CASES)(
    '%s: the same bytes with %j workers',
    (_name, crews, args) => {
      const outputs = crews.map((workers) => watched([...args, '--format', 'json', '--workers', String(workers)]));
      expect(outputs.map(threads)).toEqual(crews);
      for (const { status, stderr, stdout } of outputs) {
        expect(status === 0 || status === 1 || status === 3, stderr).toBe(true);
        expect(stdout === outputs[0]!.stdout).toBe(true);
      }
      expect(outputs[0]!.stdout.length).toBeGreaterThan(1_000);
    },
    240_000,
  );

  test('the event log: the same bytes with 1 and 3 workers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'events-'));
    const logs = [1, 3].map((workers) => {
      const file = join(folder, `${workers}.jsonl`);
      const done = watched([
        'run',
        ACTIVE_STANDBY,
        '--precision',
        '20%',
        '--events',
        file,
        '--workers',
        String(workers),
      ]);
      expect(threads(done)).toBe(workers);
      return readFileSync(file, 'utf8');
    });
    rmSync(folder, { recursive: true });
    expect(logs[0]!.length).toBeGreaterThan(10_000);
    expect(logs.every((log) => log === logs[0])).toBe(true);
  }, 120_000);

  test('an interrupt keeps the prefix that is finished, as bytes of a run of so many histories', async () => {
    const endless = ['--years', '50', '--histories', '1000000', '--precision', '0.01%', '--format', 'json'];
    const child = spawn(process.execPath, [BIN, 'run', ACTIVE_STANDBY, '--workers', '2', '--progress', ...endless]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
      if (err.includes('2 workers')) child.kill('SIGINT');
    });
    const exit = await new Promise((done) => child.once('close', done));
    expect(exit).toBe(130);
    const result = JSON.parse(out);
    expect(result.run.stop).toBe('budget');
    const { histories } = result.run;
    const again = run([
      'run',
      ACTIVE_STANDBY,
      '--years',
      '50',
      '--histories',
      String(histories),
      '--format',
      'json',
      '--precision',
      '0.01%',
      '--workers',
      '1',
    ]);
    expect(again.status).not.toBe(2);
    expect(JSON.parse(again.stdout).services).toEqual(result.services);
  }, 120_000);

  test('killed in the middle, with nothing half-written, the same command goes on to the same bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'killed-'));
    const output = join(folder, 'out.json');
    const args = [
      'run',
      ACTIVE_STANDBY,
      '--histories',
      '80',
      '--precision',
      '0.1%',
      '--method',
      'histories',
      '--workers',
      '2',
    ];
    const child = spawn(process.execPath, [BIN, ...args, '-o', output], { stdio: 'ignore' });
    while (!existsSync(`${output}.partial`)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await new Promise((done) => child.once('close', done));
    expect(readdirSync(folder)).toEqual(['out.json.partial']);
    const resumed = run([...args, '-o', output]);
    expect(resumed.stderr).toBe('');
    expect(readdirSync(folder)).toEqual(['out.json']);
    const whole = join(folder, 'whole.json');
    run([...args, '-o', whole]);
    expect(readFileSync(output, 'utf8') === readFileSync(whole, 'utf8')).toBe(true);
    rmSync(folder, { recursive: true });
  }, 120_000);

  test('a thread that dies ends the run with a message and exit code 2', () => {
    const folder = mkdtempSync(join(tmpdir(), 'broken-'));
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'dist/worker.js'), 'export default function work() { process.exit(9); }\n');
    const { status, stdout, stderr } = run(
      ['run', ACTIVE_STANDBY, '--precision', '1%', '--workers', '2', '--format', 'json'],
      join(folder, 'dist/carriergrade.js'),
    );
    rmSync(folder, { recursive: true });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('a worker died: worker exited with code: 9');
  });

  test.each(['0', 'abc', '-1', '2.5', '2000'])('--workers %s is refused', (workers) => {
    const { status, stdout, stderr } = run(['run', ACTIVE_STANDBY, '--workers', workers]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain("option '--workers <count>'");
  });
}
