import { describe, expect, test } from 'vitest';
import { mean } from '../../src/model/law.ts';
import type { InputError } from '../../src/model/problem.ts';
import { loadScenario, type ReadOptions, readScenario } from '../../src/scenario/read-scenario.ts';

const HEAD = 'format: carriergrade/scenario/1\n';
const BASE = `${HEAD}groups:
  sbc: { failures: { fault: { rate: 4 / year } } }
services:
  voice: { uses: [sbc] }
`;
const read = (text: string, options: ReadOptions = {}) => readScenario(text, { file: 'f.yaml', ...options });
const scenario = (text: string, options: ReadOptions = {}) => read(text, options).scenario;

describe('defaults', () => {
  const { scenario: plain, explained } = read(BASE);

  test('the smallest scenario is whole', () => {
    expect(plain).toMatchObject({ name: 'f', title: 'f', controlTreatment: 'conditional' });
    expect(plain.groups['sbc']).toMatchObject({ scheme: 'active-standby', members: 2, flow: 'FL-03', retry: 1 });
    expect(Object.keys(plain.flows)).toEqual(['FL-03']);
    expect(plain.repair).toEqual({});
  });

  test('everything nobody stated is an assumption, in words a planner writes', () => {
    const found = new Map(plain.assumptions.map(({ path, value }) => [path, value]));
    expect(found.get('groups.sbc.times.remap')).toBe('1 s');
    expect(found.get('groups.sbc.detection.coverage')).toBe('99 %');
    expect(found.get('groups.sbc.detection.standby.audit')).toBe('{uniform: [0 h, 24 h]}');
    expect(found.get('catalogue.detectors.heartbeat-peer.interval')).toBe('100 ms');
    expect(found.get('control.functions.vim')).toBe('never fails');
    expect(plain.assumptions.every(({ source }) => source !== '')).toBe(true);
  });

  test('what has no effect here is no assumption', () => {
    const paths = plain.assumptions.map(({ path }) => path);
    for (const path of [
      'times.addressTakeover',
      'times.fence',
      'times.coldStart',
      'state.snapshotInterval',
      'placement.slots',
    ]) {
      expect(paths).not.toContain(`groups.sbc.${path}`);
    }
  });

  test('what is stated points to its line', () => {
    expect(explained.find(({ path }) => path === 'groups.sbc.failures.fault.rate')).toEqual({
      path: 'groups.sbc.failures.fault.rate',
      value: '4 / year',
      source: 'f.yaml:3',
      stated: true,
    });
  });
});

describe('failure modes', () => {
  const modes = (mode: string, kind = 'unit', more = '') =>
    scenario(`${BASE}elements: { x: { kind: ${kind}, failures: { m: ${mode} } } }\n${more}`).elements['x']!
      .failures[0]!;

  test('DX-05: mtbf is the mean up time; all ways of saying it agree', () => {
    for (const mode of [
      '{ mtbf: 8760 h }',
      '{ rate: 1 / year }',
      '{ mttf: 365 d }',
      '{ law: { exponential: 1 year } }',
    ]) {
      expect(modes(mode).timeToFailure).toEqual({ kind: 'exponential', mean: 31_536_000 });
    }
    expect(mean(modes('{ fit: 10000 }').timeToFailure)).toBe(360_000_000);
    expect(mean(modes('{ fit: 10000 FIT }').timeToFailure)).toBe(360_000_000);
  });

  test('B-44: cause and bucket by kind and by what brings it back', () => {
    const where = (mode: string, kind: string) => {
      const { cause, bucket, party } = modes(mode, kind);
      return [cause, bucket, party];
    };
    expect(where('{ rate: 1 / year, repair: 4 h }', 'node')).toEqual(['hw', 'HW', 'HW']);
    expect(where('{ rate: 1 / year, restart: 4 min }', 'node')).toEqual(['sw', 'ISW<=VIM', 'ISW<=VIM']);
    expect(where('{ rate: 1 / year }', 'guest')).toEqual(['sw', 'APP', 'APP']);
    expect(where('{ rate: 1 / year }', 'site')).toEqual(['environmental', 'OPER', 'external']);
    expect(where('{ rate: 1 / year, cause: procedural }', 'node')).toEqual(['procedural', 'OPER', 'OPER']);
    expect(where('{ rate: 1 / year, bucket: APP, party: external }', 'link')).toEqual(['hw', 'APP', 'external']);
  });

  test('control functions: VNFM and NFVO above the VIM, everything else up to it', () => {
    const functions = scenario(
      `${BASE}control: { functions: { vim: { type: control-service }, vnfm: { type: control-service }, sdn: { type: control-service } } }`,
    ).control;
    const bucket = (id: string) => functions[id]!.failures[0]!.bucket;
    expect([bucket('vim'), bucket('vnfm'), bucket('sdn')]).toEqual(['ISW<=VIM', 'ISW>VIM', 'ISW<=VIM']);
  });

  test('repair: by itself without a policy in the file, else under the default policy, or none', () => {
    const repair = 'repair: { default: { crews: 1 } }\n';
    expect(modes('{ rate: 1 / year, repair: 4 h }').restore).toEqual({
      by: 'itself',
      after: { kind: 'deterministic', value: 14_400 },
    });
    expect(modes('{ rate: 1 / year, repair: 4 h }', 'unit', repair).restore).toMatchObject({
      by: 'repair',
      policy: 'default',
    });
    expect(modes('{ rate: 1 / year, repair: 4 h, policy: none }', 'unit', repair).restore).toMatchObject({
      by: 'itself',
    });
  });

  test('nodes of a site are repaired under the default policy, described or not', () => {
    const { repair, sites } = scenario(
      `${BASE}sites: { core: { nodes: { compute: { type: compute-node, count: 3 } } } }`,
    );
    expect(sites['core']!.nodes['compute']).toMatchObject({ role: 'compute', slots: 20, count: 3 });
    const [hw, os] = sites['core']!.nodes['compute']!.failures;
    expect(hw!.restore).toMatchObject({ by: 'repair', policy: 'default' });
    expect(os!.restore).toEqual({ by: 'itself', after: { kind: 'deterministic', value: 300 } });
    expect(repair['default']).toMatchObject({ crews: Number.POSITIVE_INFINITY, dispatch: 'detection' });
  });

  test('a type is changed mode by mode; null removes one, and another way of saying how often replaces the first', () => {
    const node = (failures: string) =>
      scenario(`${BASE}sites: { core: { nodes: { compute: { type: compute-node, failures: ${failures} } } } }`).sites[
        'core'
      ]!.nodes['compute']!.failures;
    expect(node('{ hw: ~ }').map(({ id }) => id)).toEqual(['os']);
    expect(mean(node('{ hw: { mtbf: 1000 h } }')[0]!.timeToFailure)).toBe(3_600_000);
    expect(node('{ hw: { restart: 1 h } }')[0]!.restore).toMatchObject({ by: 'itself' });
    expect(node('{ fan: { rate: 1 / year } }').map(({ id }) => id)).toEqual(['hw', 'os', 'fan']);
  });

  test('an own type may start from another, change one of the catalogue, or replace it', () => {
    const ids = (types: string, type: string) =>
      scenario(`${BASE}catalogue: { types: ${types} }\nelements: { x: { type: ${type} } }`).elements['x']!.failures.map(
        ({ id }) => id,
      );
    const port = 'failures: { port: { rate: 1 / year, repair: 1 h } }';
    expect(ids(`{ edge: { base: leaf, ${port} } }`, 'edge')).toEqual(['hw', 'sw', 'port']);
    expect(ids(`{ leaf: { ${port} } }`, 'leaf')).toEqual(['hw', 'sw', 'port']);
    expect(ids(`{ leaf: { kind: leaf, ${port} } }`, 'leaf')).toEqual(['port']);
  });
});

describe('control path', () => {
  test('mano stands for the functions that are not given', () => {
    const { flows, control, groups } = scenario(
      `${HEAD}control: { functions: { mano: {}, vim: {} } }
groups: { sbc: { failures: { f: { rate: 1 / year } }, detection: { detectors: [mano-health] } } }
services: { voice: { uses: [sbc] } }`,
    );
    expect(Object.keys(control)).toEqual(['mano', 'vim']);
    const needs = (id: string) =>
      [...flows['FL-03']!.remediation, ...flows['FL-03']!.recovery].find((step) => step.id === id)!.needs;
    expect(needs('request')).toEqual(['mano']);
    expect(needs('remap')).toEqual(['vim']);
    expect(needs('spawn')).toEqual(['mano', 'vim', 'slot']);
    expect(groups['sbc']!.detection.detectors[0]!.needs).toEqual(['mano']);
  });

  test('functions the file leaves out never fail, and only those that are needed exist', () => {
    expect(scenario(BASE).control).toEqual({
      vnfm: { instances: 1, quorum: 1, failures: [] },
      vim: { instances: 1, quorum: 1, failures: [] },
      nfvo: { instances: 1, quorum: 1, failures: [] },
    });
    expect(scenario(BASE, { set: ['groups.sbc.flow=FL-01'] }).control).toEqual({});
  });

  test('the quorum is the majority', () => {
    const quorum = (n: number) =>
      scenario(`${BASE}control: { functions: { vim: { instances: ${n} } } }`).control['vim']!.quorum;
    expect([1, 2, 3, 4, 5].map(quorum)).toEqual([1, 2, 2, 3, 3]);
  });
});

describe('structures', () => {
  const structure = (text: string) =>
    scenario(`${BASE}elements: { u: { count: 3 }, x: {} }\nsites: { s: { nodes: { n: { count: 2 }, one: {} } } }`, {
      set: [`services.voice=${text}`],
    }).services['voice']!.structure;
  const leaf = (of: string) => ({ kind: 'leaf', of });

  test('counted names mean their members', () => {
    const all = [leaf('u-1'), leaf('u-2'), leaf('u-3')];
    expect(structure('{uses: [u]}')).toEqual({ kind: 'all', inputs: all });
    expect(structure('{structure: u}')).toEqual({ kind: 'all', inputs: all });
    expect(structure('{structure: {atLeast: 2, of: [u]}}')).toEqual({ kind: 'atLeast', atLeast: 2, inputs: all });
    expect(structure('{structure: {any: [u-2, s/n, s/one]}}')).toEqual({
      kind: 'any',
      inputs: [leaf('u-2'), leaf('s/n-1'), leaf('s/n-2'), leaf('s/one')],
    });
  });

  test('one name is a leaf, deeper forms nest', () => {
    expect(structure('{uses: [sbc]}')).toEqual(leaf('sbc'));
    expect(structure('{structure: {all: [sbc, {any: [x, u-1]}]}}')).toEqual({
      kind: 'all',
      inputs: [leaf('sbc'), { kind: 'any', inputs: [leaf('x'), leaf('u-1')] }],
    });
  });
});

describe('targets in the unit of their metric', () => {
  test.each([
    ['availability', '99.999 %', 1e-5],
    ['availability', '5 nines', 1e-5],
    ['dpm', '315.36 s/year', 315.36],
    ['dpmTotal', '1 min / month', 720],
    ['ofm', '1 / year', 1],
    ['reportable', '2 per 1 year', 2],
    ['failoverSuccess', '99 %', 0.99],
  ])('%s %s', (metric, limit, expected) => {
    const of = metric === 'failoverSuccess' ? 'sbc' : 'voice';
    const [target] = scenario(`${BASE}targets: [{ of: ${of}, metric: ${metric}, limit: ${limit} }]`).targets;
    expect(target).toEqual({ id: `${of}.${metric}`, of, metric, limit: expected, level: 'error', text: limit });
  });
});

describe('variants, extends and settings', () => {
  const VARIANTS = `${BASE}variants:
  one: { groups: { sbc: { flow: FL-01, failures: { fault: { mtbf: 999 h } } } } }
  two: { groups: { sbc: ~, pair: { failures: { f: { rate: 1 / year } } } }, services: { voice: { uses: [pair] } } }
`;

  test('a variant is laid over the scenario', () => {
    expect(read(VARIANTS).variants).toEqual(['one', 'two']);
    const one = scenario(VARIANTS, { variant: 'one' }).groups['sbc']!;
    expect(one.flow).toBe('FL-01');
    expect(mean(one.instance[0]!.failures[0]!.timeToFailure)).toBe(999 * 3600);
    expect(Object.keys(scenario(VARIANTS, { variant: 'two' }).groups)).toEqual(['pair']);
  });

  test('without one, all are checked for errors, and the message names the variant', () => {
    const broken = VARIANTS.replace('FL-01', 'FL-77');
    expect(() => read(broken)).toThrow('variant one: groups.sbc.flow: there is no flow "FL-77"');
    expect(scenario(broken, { variant: 'two' }).name).toBe('f');
  });

  test('a file extends another; null removes, lists are replaced', () => {
    const over = `${HEAD}extends: ../base.yaml\nname: over\ngroups: { sbc: { retry: 3 s }, other: { failures: { f: { rate: 1 / year } } } }\nservices: { voice: { uses: [other] }, data: { uses: [sbc] } }\nvariants: { two: ~ }\n`;
    const asked: string[] = [];
    const readFile = (path: string): string => {
      asked.push(path);
      return VARIANTS;
    };
    const { scenario: merged, variants, explained } = read(over, { file: 'dir/sub/over.yaml', readFile });
    expect(asked).toEqual(['dir/base.yaml']);
    expect(merged.name).toBe('over');
    expect(merged.groups['sbc']!.retry).toBe(3);
    expect(merged.services['voice']!.structure).toEqual({ kind: 'leaf', of: 'other' });
    expect(variants).toEqual(['one']);
    const sources = new Map(explained.map(({ path, source }) => [path, source]));
    expect(sources.get('groups.sbc.failures.fault.rate')).toBe('dir/base.yaml:3');
    expect(sources.get('groups.sbc.retry')).toBe('dir/sub/over.yaml:4');
  });

  test('settings apply after the variant, in order, to any path', () => {
    const set = [
      'groups.sbc.retry=2 s',
      'groups.sbc.retry=3 s',
      'groups.sbc.times.sync={exponential: 30 s}',
      'services.voice.users=5',
    ];
    const { scenario: changed, explained } = read(VARIANTS, { variant: 'one', set });
    expect(changed.groups['sbc']!.retry).toBe(3);
    expect(changed.groups['sbc']!.times['sync']).toEqual({ kind: 'exponential', mean: 30 });
    expect(changed.services['voice']!.users).toBe(5);
    expect(explained.find(({ path }) => path === 'groups.sbc.retry')).toMatchObject({
      value: '3 s',
      source: '--set',
      stated: true,
    });
  });

  test('settings reach lists and ids with dots', () => {
    const text = `${BASE.replaceAll('sbc', 'v1.2')}targets: [{ of: voice, metric: ofm, limit: 1 / year }]\n`;
    const changed = scenario(text, {
      set: ['targets[0].limit=2 / year', 'groups.v1.2.retry=9 s', 'groups."v1.2".manualEscalation=7 min'],
    });
    expect(changed.targets[0]!.limit).toBe(2);
    expect(changed.groups['v1.2']).toMatchObject({ retry: 9, manualEscalation: 420 });
  });
});

describe('digest', () => {
  const digest = (text: string, options: ReadOptions = {}) => read(text, options).digest;

  test('comments, units, order, defaults made explicit and the title make no difference', () => {
    const same = `# another look
format: carriergrade/scenario/1
title: Another title
services: { voice: { "uses": ["sbc"], users: 1 } }
groups: { sbc: { retry: 1000 ms, failures: { fault: { mtbf: 2190 h } } } }
`;
    expect(digest(same)).toBe(digest(BASE));
    expect(digest(BASE)).toMatch(/^[0-9a-f]{16}$/);
  });

  test('every value makes one', () => {
    const settings = [
      'groups.sbc.retry=2 s',
      'services.voice.users=2',
      'simulation.seed=k2',
      'groups.sbc.manualEscalation=never',
      'groups.sbc.flow=FL-01',
    ];
    const digests = settings.map((set) => digest(BASE, { set: [set] }));
    expect(new Set([digest(BASE), ...digests]).size).toBe(settings.length + 1);
  });

  test('JSON is the same scenario', () => {
    const json = {
      format: 'carriergrade/scenario/1',
      groups: { sbc: { failures: { fault: { rate: '4 / year' } } } },
      services: { voice: { uses: ['sbc'] } },
    };
    expect(digest(JSON.stringify(json))).toBe(digest(BASE));
  });
});

describe('compound units', () => {
  const text = BASE.replace('sbc: {', 'sbc: { times: { spawn: 40 GB / (10 Gbit/s) },');

  test('loadScenario brings the unit library when it is needed', async () => {
    expect((await loadScenario(text)).scenario.groups['sbc']!.times['spawn']).toEqual({
      kind: 'deterministic',
      value: 32,
    });
    expect((await loadScenario(BASE)).scenario.groups['sbc']!.retry).toBe(1);
  });

  test('readScenario alone says what is missing', () => {
    try {
      read(text);
      expect.unreachable();
    } catch (error) {
      expect((error as InputError).problems.map(({ code }) => code)).toEqual(['compound-unit']);
    }
  });
});
