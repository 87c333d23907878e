import { describe, expect, test } from 'vitest';
import type { Law } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const read = (group: string, more = '', set: readonly string[] = []) =>
  readScenario(
    `format: carriergrade/scenario/1
${more}
groups: { farm: { failures: { crash: { rate: 4 / year } }, ${group} } }
services: { web: { uses: [farm] } }`,
    { set },
  );

const problems = (group: string, more = ''): string[] => {
  try {
    read(group, more);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ code }) => code);
    throw error;
  }
};

const farm = (group: string, more = '') => read(group, more).scenario.groups['farm']!;

describe('non-regression: defaults of groups whose members share the load', () => {
  test.each([
    ['active-active', 'FL-05', 'client-timeout', 2, 1],
    ['load-balanced', 'FL-06', 'lb-health-check', 3, 0.5],
    ['n-plus-1', 'FL-06', 'lb-health-check', 3, 0.5],
    ['k-of-n, required: 2', 'FL-06', 'lb-health-check', 3, 1],
  ])('%s', (scheme, flow, detector, members, unitCapacity) => {
    const found = farm(`scheme: ${scheme}`);
    expect(found).toMatchObject({ flow, members, sharing: { standbys: 0, unitCapacity, load: 1 } });
    expect(found.detection.detectors.map(({ id }) => id)).toEqual([detector]);
    expect(found.state.protection).toBe('none');
  });

  test('a ring has FL-08, a second detector and room for two shares; a store has FL-07', () => {
    const ring = farm('scheme: load-balanced, members: 5, state: { protection: peer-ring }');
    expect(ring).toMatchObject({
      flow: 'FL-08',
      sharing: { unitCapacity: 0.4 },
      detection: { confirm: { id: 'peer-check' } },
    });
    const more = 'elements: { store: { type: store } }';
    const stored = farm('scheme: load-balanced, state: { protection: external, store: store }', more);
    expect(stored).toMatchObject({ flow: 'FL-07', state: { storeMode: 'fail' } });
  });

  test('N:1 has one standby and the flow of a pair', () => {
    expect(farm('scheme: shared-standby, members: 5')).toMatchObject({
      flow: 'FL-03',
      sharing: { standbys: 1 },
      state: { stateForAll: false },
    });
  });

  test('what nobody stated is an assumption, with its source', () => {
    const { assumptions } = read('scheme: n-plus-1, members: 5').scenario;
    const of = (path: string) => assumptions.find((each) => each.path === `groups.farm.${path}`);
    expect(of('unitCapacity')).toMatchObject({
      value: '25 %',
      source: '[EA] SEM-31: the others can carry the load of one',
    });
    expect(of('load')).toMatchObject({ value: '1' });
    expect(of('standby.rateFactor')).toBeUndefined();
    expect(of('times.healthCheck')).toMatchObject({ value: '3 s' });
  });
});

test.each([
  'scheme: active-active',
  'scheme: load-balanced, members: 4, state: { protection: peer-ring }, detection: { coverage: 90 % }',
  'scheme: load-balanced, state: { protection: external, store: store }',
  'scheme: n-plus-1, members: 7',
  'scheme: k-of-n, required: 2',
  'scheme: shared-standby, revertive: true',
])('law: every assumption about %s can be stated as it is printed, and changes nothing', (group) => {
  const more = 'elements: { store: { type: store } }';
  const { scenario, digest } = read(group, more);
  expect(scenario.assumptions.length).toBeGreaterThan(30);
  for (const { path, value } of scenario.assumptions) {
    if (value === 'never fails') continue;
    const stated = read(group, more, [`${path}=${value}`]);
    expect([path, stated.digest]).toEqual([path, digest]);
    expect(stated.scenario.assumptions.map((each) => each.path)).not.toContain(path);
  }
});

describe('non-regression: what makes no sense is refused', () => {
  test.each([
    ['scheme: load-balanced, members: 2, state: { protection: peer-ring }', 'no-ring'],
    ['scheme: active-active, state: { protection: peer-ring }', 'no-ring'],
    ['scheme: k-of-n, required: 2, state: { protection: peer-ring }', 'no-ring'],
    ['state: { protection: peer-ring }', 'no-ring'],
    ['scheme: k-of-n', 'missing-key'],
    ['scheme: k-of-n, members: 3, required: 4', 'impossible-quorum'],
    ['scheme: load-balanced, members: 3, unitCapacity: 30 %', 'overloaded'],
    ['scheme: active-active, load: 2.5', 'overloaded'],
    ['scheme: active-active, unitCapacity: 0 %', 'out-of-range'],
    ['scheme: shared-standby, members: 3, standbys: 3', 'wrong-members'],
    ['scheme: load-balanced, standbys: 1', 'useless-value'],
    ['unitCapacity: 60 %', 'useless-value'],
    ['scheme: k-of-n, required: 2, unitCapacity: 60 %', 'useless-value'],
    ['scheme: k-of-n, required: 2, load: 1.2', 'useless-value'],
    ['scheme: load-balanced, revertive: true', 'useless-value'],
    ['scheme: simplex, revertive: true', 'useless-value'],
    ['scheme: load-balanced, standby: { kind: cold }', 'useless-value'],
    ['scheme: load-balanced, fencing: { required: true }', 'useless-value'],
    ['scheme: load-balanced, detection: { standby: { coverage: 90 % } }', 'useless-value'],
    ['scheme: load-balanced, detection: { confirm: peer-check }', 'useless-value'],
    ['scheme: load-balanced, state: { stateForAll: true }', 'useless-value'],
    ['scheme: load-balanced, recovery: { takeover: failover }', 'useless-value'],
    ['scheme: load-balanced, state: { required: true }', 'useless-value'],
    ['state: { storeMode: fail }', 'useless-value'],
    ['scheme: load-balanced, flow: FL-02', 'wrong-flow'],
    ['flow: FL-06', 'wrong-flow'],
    ['scheme: simplex, flow: FL-06', 'wrong-flow'],
    ['scheme: load-balanced, times: { switchover: 1 s }', 'unknown-key'],
    ['state: { protection: external, store: farm }', 'cyclic-reference'],
  ])('%s', (group, code) => {
    expect(problems(group)).toContain(code);
  });

  test('a scripted fault of a standby where nobody stands by', () => {
    const script = (element: string): string => `injections: { one: [{ at: 0 s, element: ${element} }] }`;
    expect(problems('scheme: load-balanced', script('farm/standby'))).toEqual(['dangling-reference']);
    expect(problems('scheme: load-balanced', script('farm/active'))).toEqual([]);
    expect(problems('scheme: shared-standby', script('farm/standby'))).toEqual([]);
  });

  test('a detector that needs the group it watches, or something unknown', () => {
    const detector = (needs: string): string =>
      `catalogue: { detectors: { look: { base: lb-health-check, needs: [${needs}] } } }`;
    const group = 'scheme: load-balanced, detection: { detectors: [look] }';
    expect(problems(group, detector('farm'))).toEqual(['wrong-detector']);
    expect(problems(group, detector('nobody'))).toEqual(['dangling-reference']);
    expect(problems(group, `elements: { box: { type: load-balancer } }\n${detector('box')}`)).toEqual([]);
  });
});

describe('reference: SEM-17, latency of the detectors of shared load', () => {
  const latency = (keys: string): Law =>
    farm('scheme: load-balanced, detection: { detectors: [own] }', `catalogue: { detectors: { own: { ${keys} } } }`)
      .detection.detectors[0]!.latency;
  test.each([
    ['kind: client-timeout, timeout: 1 s, tries: 3', { kind: 'deterministic', value: 3 }],
    ['kind: dns, ttl: 0 s, timeout: 1 s, tries: 1', { kind: 'deterministic', value: 1 }],
    ['kind: dns, ttl: 30 s, timeout: 1 s, tries: 2', { kind: 'probe', low: 2, high: 32 }],
    ['base: lb-health-check', { kind: 'probe', low: 3, high: 4 }],
    ['base: lb-health-check, timeout: 0 s', { kind: 'probe', low: 2, high: 3 }],
    ['base: lb-health-check, phase: 0 s', { kind: 'deterministic', value: 3 }],
    ['base: lb-health-check, phase: 250 ms', { kind: 'deterministic', value: 3.25 }],
  ])('%s', (keys, law) => {
    expect(latency(keys)).toEqual(law);
  });

  test('a check comes within one interval', () => {
    const more = 'catalogue: { detectors: { own: { base: lb-health-check, phase: 2 s } } }';
    expect(problems('scheme: load-balanced, detection: { detectors: [own] }', more)).toEqual(['out-of-range']);
  });
});
