import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { invoke } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = ['scenarios/descriptors/web-cluster.yaml', 'scenarios/descriptors/web-cluster-policy.yaml'];
const run = (...rest: readonly string[]) => invoke(['import', 'tosca', ...FILES, ...rest]);

describe('import tosca', () => {
  it('writes the scenario to standard output and the report to the error stream', async () => {
    const { code, out, err } = await run();
    expect(code).toBe(0);
    expect(out).toContain('format: carriergrade/scenario/1');
    expect(err).toContain('Imported descriptors');
    expect(err).toContain('scheme');
  });

  it('--quiet leaves the error stream empty', async () => {
    expect((await run('--quiet')).err).toBe('');
  });

  it('what it writes is accepted by validate, explain, inject and run', async () => {
    const file = join(folder, 'scenario.yaml');
    expect(await run('-o', file, '--quiet')).toMatchObject({ code: 0, out: '', err: '' });
    for (const words of [
      ['validate', file],
      ['explain', file],
      ['inject', file, '--element', 'WEB/active'],
      ['run', file, '--histories', '2', '--years', '2'],
    ])
      expect((await invoke([...words, '--quiet'])).code, words[0]).toBe(0);
  });

  it('the report: in the format of its name, or the one asked for', async () => {
    const scenario = join(folder, 'other.yaml');
    const report = join(folder, 'report.json');
    expect(await run('-o', scenario, '--report', report)).toMatchObject({ out: '', err: '' });
    const json = JSON.parse(readFileSync(report, 'utf8'));
    expect(json).toMatchObject({
      format: 'carriergrade/import/1',
      groups: [{ id: 'WEB', scheme: 'active-standby', members: 2 }],
    });
    for (const file of json.files) expect(file.taken + file.approximated + file.ignored).toBe(file.keys);
    const { out } = await run('-o', scenario, '--report', '-', '--format', 'csv');
    expect(out.split('\n')[0]).toBe('what,file,line,column,key,value,text,below,source');
    expect(JSON.parse((await run('--format', 'json', '-o', scenario)).err).format).toBe('carriergrade/import/1');
    expect((await run('-o', scenario, '--report', '-', '--format', 'markdown')).out).toContain('## Findings');
  });

  it('both outputs in one stream are refused', async () => {
    const { code, out, err } = await run('--report', '-');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('conflicting-options');
  });

  it('what is no descriptor is refused with its place, and nothing is written', async () => {
    const file = join(folder, 'none.yaml');
    const { code, err } = await invoke(['import', 'tosca', 'scenarios/active-standby.yaml', '-o', file]);
    expect(code).toBe(2);
    expect(err).toContain('scenarios/active-standby.yaml:');
    expect(existsSync(file)).toBe(false);
    expect((await invoke(['import', 'tosca', join(folder, 'missing.yaml')])).code).toBe(2);
    expect((await invoke(['import', 'heat', ...FILES])).code).toBe(2);
  });
});
