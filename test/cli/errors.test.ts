import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InputError } from '../../src/model/problem.ts';
import { invoke, SCENARIO } from './support.ts';

const place = { file: 'x.yaml', line: 3, column: 5 };

test('all problems of an input are printed with their places and hints, and counted', async () => {
  const simulate = () =>
    Promise.reject(
      new InputError([
        {
          level: 'error',
          code: 'bad-unit',
          message: 'expected a time',
          place,
          frame: '> 3 | mtbf: 5 m',
          hint: 'did you mean "5 min"?',
        },
        { level: 'warning', code: 'odd', message: 'odd' },
        { level: 'unsupported', code: 'no-chain', message: 'no chain' },
      ]),
    );
  const { code, out, err } = await invoke(['run', SCENARIO], { api: { simulate } });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe(
    'x.yaml:3:5 error bad-unit: expected a time\n> 3 | mtbf: 5 m\n  hint: did you mean "5 min"?\n' +
      'warning odd: odd\nunsupported no-chain: no chain\n2 errors, 1 warning\n',
  );
});

test('an internal error is one clear message; its stack only when asked for', async () => {
  const api = { simulate: () => Promise.reject(new Error('at 12.5 s sbc/1: no such slot')) };
  const plain = await invoke(['run', SCENARIO], { api });
  expect(plain).toMatchObject({ code: 2, out: '' });
  expect(plain.err).toBe(
    'internal error: at 12.5 s sbc/1: no such slot\n' +
      '  This is a defect of carriergrade. CARRIERGRADE_DEBUG=1 shows where it happened.\n',
  );
  const debugging = await invoke(['run', SCENARIO], { api, env: { CARRIERGRADE_DEBUG: '1' } });
  expect(debugging.err).toMatch(/^internal error: Error: at 12.5 s sbc\/1: no such slot\n\s+at /);
});

test('warnings of a scenario go to the error stream, --quiet keeps them back', async () => {
  const { loadScenario, ...library } = await import('../../src/index.ts');
  const api = {
    ...library,
    loadScenario: async (...args: Parameters<typeof loadScenario>) => ({
      ...(await loadScenario(...args)),
      warnings: [{ level: 'warning', code: 'odd', message: 'a mean of a century' }] as const,
    }),
  };
  const loud = await invoke(['spof', SCENARIO], { api });
  expect(loud).toMatchObject({ code: 0, err: 'warning odd: a mean of a century\n' });
  const quiet = await invoke(['spof', SCENARIO, '--quiet'], { api });
  expect(quiet).toMatchObject({ code: 0, err: '', out: loud.out });
});

test.each([
  ['a file that does not exist', ['run', 'none.yaml'], 'none.yaml:1:1 error missing-file: none.yaml does not exist'],
  ['a directory', ['analyse', 'src'], 'src:1:1 error is-a-directory'],
  ['an unknown variant', ['run', SCENARIO, '--variant', 'nfv-snyc'], 'did you mean "nfv-sync"?'],
  ['a setting of nothing', ['explain', SCENARIO, '--set', 'groups.sbc.membrs=3'], 'did you mean "members"?'],
  ['an unknown script', ['inject', SCENARIO, '--script', 'mano'], 'scripts are active-fails, mano-down'],
  ['an unknown element', ['inject', SCENARIO, '--element', 'nobody'], 'unknown-element'],
])('%s is a located problem', async (_what, args, message) => {
  const { code, out, err } = await invoke(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
  expect(err).not.toMatch(/\n\s+at |internal error/);
});

test('broken scenarios cannot be run, suspicious ones can; the reasons are located, without a stack', async () => {
  const refused: string[] = [];
  for (const name of readdirSync('test/fixtures/broken').filter((file) => !file.startsWith('ok-'))) {
    const { code, out, err } = await invoke(['spof', `test/fixtures/broken/${name}`]);
    expect(err, name).toMatch(/^\S+:\d+:\d+ (error|warning) [a-z-]+: /m);
    expect(err, name).not.toMatch(/\n\s+at |internal error/);
    expect({ name, code, silent: out === '' }).toEqual(
      / error [a-z-]+: /.test(err) ? { name, code: 2, silent: true } : { name, code: 0, silent: false },
    );
    if (code === 2) refused.push(name);
  }
  expect(refused.length).toBeGreaterThanOrEqual(30);
});
