import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Campaign, render } from '../../src/index.ts';
import { invoke, SCENARIO } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'campaign-'));
const write = (name: string, body: string): string => {
  const file = join(folder, name);
  writeFileSync(file, `format: carriergrade/scenario/1\n${body}`);
  return file;
};
const LONE = write(
  'lone.yaml',
  'elements: { box: { failures: { fault: { rate: 1 / year, restart: 1 h } } } }\nservices: { voice: { uses: [box] } }\n',
);
const STILL = write('still.yaml', 'elements: { box: {} }\nservices: { voice: { uses: [box] } }\n');
const NO_SERVICES = write(
  'none.yaml',
  'elements: { box: { failures: { fault: { rate: 1 / year, restart: 1 h } } } }\n',
);
const PROMISE = write(
  'promise.yaml',
  'elements: { box: { count: 2, failures: { fault: { rate: 1 / year, restart: 1 h } } } }\n' +
    'services:\n  alone: { uses: [box-1], faultsTolerated: 1 }\n  pair: { structure: { any: [box] }, faultsTolerated: 1 }\n',
);

describe('wrong campaigns end with code 2 and a reason, without a stack', () => {
  test.each([
    ['no faults at once', [SCENARIO, '--random', '0'], "'--random <k>' argument '0' is invalid"],
    ['half a fault', [SCENARIO, '--random', '1.5'], 'expected a whole number, at least 1'],
    ['more faults than elements', [LONE, '--random', '2'], 'too-few-elements'],
    ['a pair of one element', [LONE, '--pairs'], '2 faults at once need 2 elements that fail, the scenario has 1'],
    ['nothing that fails', [STILL, '--single'], 'nothing-to-inject'],
    ['no services', [NO_SERVICES, '--single'], 'a scenario needs "services" or "chains"'],
    ['negative runs', [SCENARIO, '--random', '2', '--runs', '-1'], 'expected a whole number, at least 1'],
    ['no runs', [SCENARIO, '--random', '2', '--runs', '0'], 'expected a whole number, at least 1'],
    ['an empty seed', [SCENARIO, '--random', '2', '--seed', ''], 'expected a text'],
    ['two campaigns', [SCENARIO, '--single', '--pairs'], "'--single' and '--pairs' are different campaigns"],
    ['a campaign and one element', [SCENARIO, '--single', '--element', 'vim'], 'a campaign injects every fault'],
    ['a campaign and one more fault', [SCENARIO, '--pairs', '--also', 'vim@1s'], 'a campaign injects every fault'],
    ['a gap between single faults', [SCENARIO, '--single', '--gap', '1 s'], "'--gap' goes with '--pairs'"],
    ['runs of pairs', [SCENARIO, '--pairs', '--runs', '5'], "'--runs' goes with '--random'"],
    ['a seed without a campaign', [SCENARIO, '--element', 'vim', '--seed', 'x'], "'--seed' goes with '--random'"],
    ['rows without a campaign', [SCENARIO, '--element', 'vim', '--each'], "'--each' goes with a campaign"],
    ['a gap that is no time', [SCENARIO, '--pairs', '--gap', 'later'], '--gap: expected a time'],
    ['a negative gap', [SCENARIO, '--pairs', '--gap=-1 s'], '--gap: expected a time of at least 0 s'],
    ['a gap without a unit', [SCENARIO, '--pairs', '--gap', '5'], '--gap: expected a time such as'],
    ['an order that is none', [SCENARIO, '--pairs', '--order', 'any'], 'Allowed choices are both, given'],
    ['no pairs', [SCENARIO, '--pairs', '--limit', '0'], 'expected a whole number, at least 1'],
    ['a window that is no time', [SCENARIO, '--random', '2', '--within', 'x'], '--within: expected a time'],
  ])('%s', async (_what, args, message) => {
    const { code, out, err } = await invoke(['inject', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n\s+at |internal error/);
  });
});

test('a service that promises to tolerate a fault and does not makes it exit code 1', async () => {
  const { code, out } = await invoke(['inject', PROMISE, '--single', '--format', 'json']);
  expect(code).toBe(1);
  const { services, rows } = JSON.parse(out) as Campaign;
  expect(services['alone']!.faultsTolerated).toEqual({ promised: 1, kept: false });
  expect(services['pair']!.faultsTolerated).toEqual({ promised: 1, kept: true });
  expect(rows.map(({ breaks }) => breaks)).toEqual([['alone.faultsTolerated', 'alone.reportable'], []]);
  // Two faults at once are more than was promised.
  expect((await invoke(['inject', PROMISE, '--pairs'])).code).toBe(0);
});

test('expected figures by hand: rates, seconds and what single faults cost a year', async () => {
  const { out } = await invoke(['inject', PROMISE, '--single', '--format', 'json']);
  const { services, rows } = JSON.parse(out) as Campaign;
  expect(rows[0]).toMatchObject({
    faults: [{ element: 'box-1', mode: 'fault', atSeconds: 0 }],
    injections: 1,
    services: { alone: { verdict: 'down', outageSeconds: 3600, lostShareSeconds: 3600, unrepaired: 'down' } },
  });
  expect(rows[0]!.perYear).toBeCloseTo(1, 12);
  expect(services['alone']!.singleFaultDpm).toBeCloseTo(3600, 9);
  expect(services['pair']!.singleFaultDpm).toBe(0);
});

test('pairs: a gap beyond the repair leaves nothing in common, one within it leaves the rest', async () => {
  const pairs = async (...gap: string[]): Promise<readonly number[]> => {
    const { out } = await invoke(['inject', PROMISE, '--pairs', '--each', '--format', 'json', ...gap]);
    const { rows } = JSON.parse(out) as Campaign;
    return rows.map(({ services }) => services['pair']!.downSeconds);
  };
  expect(await pairs()).toEqual([3600]);
  expect(await pairs('--gap', '600 s')).toEqual([3000, 3000]);
  expect(await pairs('--gap', '600 s', '--order', 'given')).toEqual([3000]);
  expect(await pairs('--gap', '2 h')).toEqual([0, 0]);
  // Half-way through the hour in which the first one is down.
  expect(await pairs('--gap', 'exposure')).toEqual([1800, 1800]);
  const { out } = await invoke(['inject', PROMISE, '--pairs', '--gap', '600 s', '--limit', '1', '--format', 'json']);
  expect((JSON.parse(out) as Campaign).campaign).toMatchObject({ injections: 1, possible: 2, gap: { seconds: 600 } });
});

test('what a fault breaks: budgets of a year that it uses up alone, reportable outages, failover targets', async () => {
  const budgets = write(
    'budgets.yaml',
    `targets:
  - { of: voice, metric: dpm, limit: 1000 s/year }
  - { id: five-nines, of: voice, metric: availability, limit: 99.999 % }
  - { id: loose, of: voice, metric: dpm, limit: 4000 s/year }
  - { id: often, of: voice, metric: ofm, limit: 0.5 / year }
elements: { box: { failures: { fault: { rate: 1 / year, restart: 1 h } } } }
groups: { sbc: { failures: { fault: { rate: 1 / year } }, failover: { target: 1 s } } }
services: { voice: { uses: [box, sbc] } }
`,
  );
  const { out } = await invoke(['inject', budgets, '--single', '--format', 'json']);
  const breaks = Object.fromEntries(
    (JSON.parse(out) as Campaign).rows.map(({ faults, breaks }) => [faults[0]!.element, breaks]),
  );
  expect(breaks).toEqual({
    box: ['voice.reportable', 'voice.dpm', 'five-nines'],
    // Down for 1.5 s, which is more than the group aims at.
    'sbc/1': ['sbc.failoverTarget'],
    'sbc/2': [],
  });
});

test('every format', async () => {
  const { out } = await invoke(['inject', PROMISE, '--single', '--format', 'json']);
  const report = JSON.parse(out) as Campaign;
  for (const format of ['table', 'markdown', 'csv'] as const) {
    const text = render(report, { format });
    expect(text).toContain('box-1:fault');
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  }
  expect(render(report, { format: 'table' })).toContain('1 fault: broken');
  expect(render(report, { format: 'csv' }).split('\n')).toHaveLength(1 + 4 + 1);
});
