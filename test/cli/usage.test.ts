import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/commands.ts';
import { invoke, SCENARIO } from './support.ts';

describe('wrong use ends in exit code 2, says what is wrong on the error stream, and writes no data', () => {
  test.each([
    ['nothing at all', [], 'Usage: carriergrade'],
    ['an unknown command', ['rum', SCENARIO], "unknown command 'rum'\n(Did you mean run?)"],
    [
      'an unknown option',
      ['run', SCENARIO, '--sed', '4'],
      "unknown option '--sed'\n(Did you mean one of --seed, --set?)",
    ],
    ['a missing argument', ['run'], "missing required argument 'file'"],
    ['too many arguments', ['run', SCENARIO, SCENARIO], 'too many arguments'],
    ['an unknown format', ['run', SCENARIO, '--format', 'xml'], 'Allowed choices are table, json, csv, markdown'],
    ['a time without a unit', ['run', SCENARIO, '--max-time', '5'], 'error missing-unit: --max-time: expected a time'],
    ['an unknown unit', ['run', SCENARIO, '--max-time', '5 m'], 'error bad-unit: --max-time: expected a time'],
    ['no time at all', ['run', SCENARIO, '--max-time', '0s'], '--max-time: expected a time above 0, got "0s"'],
    ['a precision of nothing', ['run', SCENARIO, '--precision', '0'], '--precision: expected a share between 0 and 1'],
    ['a precision of everything', ['run', SCENARIO, '--precision', '100%'], 'expected a share between 0 and 1'],
    ['one history', ['run', SCENARIO, '--histories', '1'], 'expected a whole number, at least 2'],
    ['half a history', ['run', SCENARIO, '--histories', '2.5'], 'expected a whole number, at least 2'],
    ['no years', ['run', SCENARIO, '--years', '0'], 'expected a number above 0'],
    ['endless years', ['run', SCENARIO, '--years', 'Infinity'], 'expected a number above 0'],
    ['nothing to inject', ['inject', SCENARIO], "name what fails: '--element <name>', '--script <name>' or a campaign"],
    ['two things to inject', ['inject', SCENARIO, '--element', 'vim', '--script', 'x'], 'name what fails'],
    ['a mode of nothing', ['inject', SCENARIO, '--script', 'x', '--mode', 'sw'], "'--mode' goes with '--element'"],
    [
      'another fault at no time',
      ['inject', SCENARIO, '--element', 'vim', '--also', 'vnfm'],
      'for example vim@-60s..120s',
    ],
    [
      'another fault backwards',
      ['inject', SCENARIO, '--element', 'vim', '--also', 'vnfm@5s..1s'],
      '--also: "vnfm@5s..1s" ends before it begins',
    ],
  ])('%s', async (_what, args, message) => {
    const { code, out, err } = await invoke(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('help', () => {
  test('lists the commands and the exit codes', async () => {
    const { code, out, err } = await invoke(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const { name } of COMMANDS) expect(out).toContain(`\n  ${name} `);
    expect(out).toContain('Exit codes: 0 ran and met its targets');
  });

  test.each(COMMANDS.map(({ name, examples }) => [name, examples] as const))(
    '%s shows its examples',
    async (name, examples) => {
      const { code, out } = await invoke([name, '--help']);
      expect(code).toBe(0);
      for (const example of examples) expect(out).toContain(`\n  carriergrade ${example}\n`);
    },
  );

  test.each(['--version', '-V'])('%s', async (option) => {
    expect(await invoke([option])).toMatchObject({ code: 0, out: '0.0.0-test\n', err: '' });
  });
});
