import { describe, expect, test } from 'vitest';
import { type Law, mean } from '../../src/model/law.ts';
import { InputError } from '../../src/model/problem.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

const base = `format: carriergrade/scenario/1
targets: [{ of: voice, metric: availability, limit: 99.999 % }]
elements:
  unit: { count: 3, failures: { fault: { rate: 1 / year, restart: 1 h } } }
  feed: { kind: power-feed }
sites: { core: { domains: { rack: { failures: { power: { rate: 1 / year, repair: 4 h } } } }, nodes: { n: { count: 2, slots: 2, domains: [rack], failures: { hw: { rate: 1 / year, repair: 4 h } } } } } }
groups: { sbc: { instance: { guest: { type: vm }, app: { type: vnf-app } }, placement: { pools: [core/n] } } }
services: { voice: { uses: [sbc, unit-1] } }
`;

const shocks = (causes: string) => readScenario(`${base}causes: { ${causes} }\n`).scenario.shocks;
const strikes = (list: string): readonly (readonly string[])[] =>
  shocks(`commonCause: { x: { rate: 1 / year, restart: 1 h, strikes: ${list} } }`)['x']!.modes[0]!.strikes.map(
    ({ victims }) => victims,
  );

describe('victims', () => {
  test.each([
    ['[unit]', [['unit-1', 'unit-2', 'unit-3']]],
    ['[unit-2, core]', [['unit-2'], ['core']]],
    ['[core/n]', [['core/n-1', 'core/n-2']]],
    ['[sbc]', [['sbc/1/app', 'sbc/2/app']]],
    ['[sbc/2]', [['sbc/2/app']]],
    ['[{ of: [sbc], layer: guest }]', [['sbc/1/guest', 'sbc/2/guest']]],
    ['[{ within: [core/rack] }]', [['core/n-1', 'core/n-2']]],
    ['[{ within: [core] }]', [['core/n-1', 'core/n-2']]],
    ['[{ kind: node, of: [unit-1] }]', [['unit-1', 'core/n-1', 'core/n-2']]],
  ])('%s', (list, expected) => {
    expect(strikes(list)).toEqual(expected);
  });
});

test('by class: cause, bucket and party (B-14, B-44)', () => {
  const event = '{ e: { rate: 1 / year, restart: 1 h, strikes: [core/n] } }'.replace('e:', '@:');
  const all = shocks(
    ['commonCause', 'overload', 'security', 'environmental']
      .map((kind) => `${kind}: ${event.replace('@', kind)}`)
      .join(', '),
  );
  const facts = Object.values(all).map(({ modes: [mode] }) => [mode!.cause, mode!.bucket, mode!.party]);
  expect(facts).toEqual([
    ['sw', 'ISW<=VIM', 'ISW<=VIM'],
    ['overload', 'ISW<=VIM', 'ISW<=VIM'],
    ['security', 'OPER', 'external'],
    ['environmental', 'OPER', 'external'],
  ]);
});

describe('operator errors', () => {
  test('nobody said how many: what the allocation leaves, 63.072 s of 315.36 s a year', () => {
    const { operator } = shocks('operator: {}');
    const [mode] = operator!.modes;
    expect(mode!.strikes[0]!.victims).toEqual(['sbc/1/app', 'sbc/2/app']);
    expect(mode!.strikes.flatMap((strike) => strike.victims)).toContain('unit-1');
    expect((31_536_000 / mean(mode!.timeToFailure)) * 1800).toBeCloseTo(63.072, 9);
    expect(mode).toMatchObject({ cause: 'procedural', bucket: 'OPER', party: 'OPER', id: 'everything' });
  });

  test('another allocation and a stricter target', () => {
    const text = `${base.replace('99.999 %', '99.9999 %')}allocation: { APP: 50 %, OPER: 50 % }\ncauses: { operator: { restart: 10 s } }\n`;
    const [mode] = readScenario(text).scenario.shocks['operator']!.modes;
    expect((31_536_000 / mean(mode!.timeToFailure)) * 10).toBeCloseTo(31.536 / 2, 9);
  });

  test('impacts divide the rate', () => {
    const { operator } = shocks(
      'operator: { rate: 10 / year, impact: { one: { share: 70 %, strikes: [{ of: [sbc], hits: one }] }, all: { share: 30 %, strikes: [sbc], replacement: true } } }',
    );
    expect(operator!.modes.map((mode) => 31_536_000 / mean(mode.timeToFailure))).toEqual([
      expect.closeTo(7, 9),
      expect.closeTo(3, 9),
    ]);
    expect(operator!.modes[1]!.restore).toEqual({ by: 'replacement' });
  });

  test('what was derived can be stated as it is printed', () => {
    const text = `${base}causes: { operator: {} }\n`;
    const { scenario, digest } = readScenario(text);
    const derived = scenario.assumptions.filter(({ path }) => path.startsWith('causes.operator'));
    expect(derived.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['causes.operator.rate', 'causes.operator.impact.everything.strikes']),
    );
    const set = derived.map(({ path, value }) => `${path}=${value}`);
    expect(readScenario(text, { set }).digest).toBe(digest);
  });
});

test('beta factor: (1 − β)λ by itself, βλ together, and by default only of software', () => {
  const text = base.replace('sbc: {', 'sbc: { commonCause: { beta: 5 % }, ');
  const { groups, shocks: found } = readScenario(text).scenario;
  const rate = (law: Law): number => 31_536_000 / mean(law);
  const [guest, app] = groups['sbc']!.instance;
  expect(rate(guest!.failures[0]!.timeToFailure)).toBeCloseTo(0.5 * 0.95, 12);
  expect(rate(app!.failures[0]!.timeToFailure)).toBeCloseTo(2 * 0.95, 12);
  const common = found['sbc/common-cause']!.modes;
  expect(common.map((mode) => [mode.id, mode.strikes[0]!.victims.length, mode.restore.by])).toEqual([
    ['os', 2, 'replacement'],
    ['crash', 2, 'replacement'],
  ]);
  expect(rate(common[1]!.timeToFailure)).toBeCloseTo(2 * 0.05, 12);
});

test('a share: weights of counted names are those of each, and all is required unless stated', () => {
  const text = base.replace('uses: [sbc, unit-1]', 'structure: { share: [unit, feed], weights: [1, 3], required: 5 }');
  expect(readScenario(text).scenario.services['voice']!.structure).toEqual({
    kind: 'share',
    inputs: ['unit-1', 'unit-2', 'unit-3', 'feed'].map((of) => ({ kind: 'leaf', of })),
    weights: [1, 1, 1, 3],
    required: 5,
  });
});

test('a variant writes the needs of an inner structure anew', () => {
  const inner = 'internal: { parts: { psu: { count: 2 }, fan: {} }, needs: { all: [psu, fan] } }';
  const text = `${base.replace('kind: power-feed', inner)}variants: { v: { elements: { feed: { internal: { needs: { any: [psu] } } } } } }\n`;
  const { scenario } = readScenario(text, { variant: 'v' });
  expect(scenario.elements['feed']!.internal!.needs).toMatchObject({ kind: 'any' });
});

describe('what is wrong is said where it is', () => {
  const codes = (text: string): readonly string[] => {
    try {
      readScenario(text);
    } catch (error) {
      if (error instanceof InputError) return error.problems.map(({ code, path }) => `${code} ${path}`);
      throw error;
    }
    return [];
  };
  const wrong = (causes: string): readonly string[] => codes(`${base}causes: { ${causes} }\n`);
  const event = (rest: string): string => `commonCause: { x: { rate: 1 / year, ${rest} } }`;

  test.each([
    [event('restart: 1 h, strikes: [unti]'), 'dangling-reference causes.commonCause.x.strikes[0]'],
    [event('restart: 1 h'), 'missing-key causes.commonCause.x'],
    [event('restart: 1 h, strikes: []'), 'missing-key causes.commonCause.x.strikes'],
    [event('strikes: [feed]'), 'missing-key causes.commonCause.x'],
    [event('replacement: true, strikes: [unit]'), 'not-replaceable causes.commonCause.x.replacement'],
    [event('restart: 1 h, repair: 2 h, strikes: [unit]'), 'conflicting-keys causes.commonCause.x'],
    [
      event('restart: 1 h, strikes: [{ of: [sbc], layer: os }]'),
      'dangling-reference causes.commonCause.x.strikes[0].of[0]',
    ],
    [
      event('restart: 1 h, strikes: [{ within: [feed] }]'),
      'dangling-reference causes.commonCause.x.strikes[0].within[0]',
    ],
    [
      'operator: { rate: 1 / year, impact: { one: { share: 70 %, strikes: [sbc] } } }',
      'bad-shares causes.operator.impact',
    ],
    [
      'commonCause: { feed: { rate: 1 / year, restart: 1 h, strikes: [unit] } }',
      'duplicate-name causes.commonCause.feed',
    ],
  ])('%s', (causes, problem) => {
    expect(wrong(causes)).toContain(problem);
  });

  test.each([
    [
      'uses: [sbc, unit-1]',
      'structure: { share: [unit], weights: [1, 2] }',
      'bad-structure services.voice.structure.weights',
    ],
    [
      'uses: [sbc, unit-1]',
      'structure: { share: [unit], required: 4 }',
      'impossible-count services.voice.structure.required',
    ],
    [
      'uses: [sbc, unit-1]',
      'structure: { any: [unit], required: 1 }',
      'bad-structure services.voice.structure.required',
    ],
    ['sbc: {', 'sbc: { commonCause: { modes: [crash] }, ', 'missing-key groups.sbc.commonCause'],
    [
      'sbc: {',
      'sbc: { commonCause: { beta: 5 %, modes: [hang] }, ',
      'dangling-reference groups.sbc.commonCause.modes[0]',
    ],
    [
      'kind: power-feed',
      'internal: { parts: { psu: {} }, needs: { share: [psu] } }',
      'bad-structure elements.feed.internal.needs',
    ],
    [
      'kind: power-feed',
      'internal: { parts: { psu: {} }, needs: fan }',
      'dangling-reference elements.feed.internal.needs',
    ],
    [
      'kind: power-feed',
      'internal: { parts: { psu: { on: [feed] } }, needs: psu }',
      'cyclic-reference elements.feed.on',
    ],
    [
      'slots: 2,',
      'slots: 2, internal: { parts: { psu: { on: [core/n-1] } }, needs: psu },',
      'cyclic-reference sites.core.nodes.n.internal',
    ],
  ])('%s → %s', (old, changed, problem) => {
    expect(codes(base.replace(old, changed))).toContain(problem);
  });

  test('only constant rates can be divided by a beta factor', () => {
    const law = 'failures: { f: { law: { weibull: { shape: 2, mttf: 1000 h } } } }';
    const text = base.replace(
      'instance: { guest: { type: vm }, app: { type: vnf-app } }',
      `${law}, commonCause: { beta: 5 %, modes: [f] }`,
    );
    expect(codes(text)).toContain('not-exponential groups.sbc.commonCause');
  });

  test('an allocation that does not sum to 100 %', () => {
    expect(codes(`${base}allocation: { APP: 50 % }\n`)).toContain('bad-shares allocation');
  });
});
