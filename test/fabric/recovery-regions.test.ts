import { describe, expect, test } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SPREAD_LEVELS } from '../../src/compile/model.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { analyse, campaign, InputError, inject, type LoadedScenario, simulate } from '../../src/index.ts';
import { MICROSECONDS_PER_YEAR } from '../../src/model/time.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { drive } from '../core/support/driver.ts';
import { withConfidence } from '../core/support/estimates.ts';
import { readExample } from '../core/support/files.ts';

/** Reference: B-48 on S-10, 50 ms with what is prepared, and each region measured by its own target. */
describe('reference: recovery regions of a fabric (B-48)', () => {
  const variant = (name: string): LoadedScenario => readExample('leaf-spine', name);
  const outage = (name: string, element: string): number =>
    inject(variant(name), [{ at: 0, element }]).services['guests']!.outageSeconds;

  test.each([
    // Leaves 1 to 8 are in the east, 9 to 16 in the west.
    ['recovery-regions', 'core/leaf-1--spine-1', 0.05],
    ['recovery-regions', 'core/leaf-9--spine-1', 0.05],
    ['slow-region', 'core/leaf-1--spine-1', 0.05],
    ['slow-region', 'core/leaf-9--spine-1', 1.25],
    // A spine is in none: each region replaces its own paths over it.
    ['recovery-regions', 'core/spine-1', 0.05],
    ['slow-region', 'core/spine-1', 1.25],
  ])('%s, %s: %d s', (name, element, seconds) => {
    expect(outage(name, element)).toBeCloseTo(seconds, 9);
  });

  test('without regions nothing is prepared anywhere', () => {
    const text = REGIONS('');
    const loaded = readScenario(text);
    for (const leaf of ['leaf-1', 'leaf-4']) {
      const { services } = inject(loaded, [{ at: 0, element: `core/${leaf}--spine-1` }]);
      expect(services['all']!.outageSeconds).toBeCloseTo(1.25, 9);
    }
  });

  test('single faults: target verdicts by region', () => {
    const missed = (name: string) =>
      Object.fromEntries(
        Object.entries(campaign(variant(name), { kind: 'single' }).regions!).map(
          ([id, { attempts, withinTarget }]): [string, number] => {
            expect(attempts).toBeGreaterThan(500);
            return [id, attempts - withinTarget];
          },
        ),
      );
    expect(missed('recovery-regions')).toEqual({ 'core/east': 0, 'core/west': 0 });
    // Four spines with two modes each strike 8 leaves, 32 uplinks one each.
    expect(missed('slow-region')).toEqual({ 'core/east': 0, 'core/west': 4 * 2 * 8 + 32 });
  });

  test('simulated: the target is met per region', async () => {
    const run = (name: string) => simulate(withConfidence(variant(name)), { years: 5, histories: 10, seed: 'regions' });
    const verdicts = async (name: string) => (await run(name)).targets.map(({ of, verdict }) => `${of} ${verdict}`);
    expect(await verdicts('recovery-regions')).toEqual(['core/east pass', 'core/west pass']);
    expect(await verdicts('slow-region')).toEqual(['core/east pass', 'core/west fail']);
  });
});

const REGIONS = (regions: string, group = ''): string => `format: carriergrade/scenario/1
catalogue: { types: { brittle: { kind: node, failures: { hw: { rate: 40 / year, repair: 100 h } } } } }
sites:
  core:
    nodes: { n: { type: brittle, count: 8, slots: 1 } }
    fabric:
      spines: 2
      leafPairs: 4
      precomputedPaths: false
      pathComputation: 200 ms
      preallocated: false
      allocation: 1 s
      coverage: 100 %
      ${regions}
groups:
  g:
    failures: { crash: { rate: 50 / year, replacement: true } }
    placement: { pools: [core/n] ${group} }
services: { all: { structure: { share: [core/n] } }, g: { uses: [g] } }
`;
const HALVES = 'recoveryRegions: { east: { leafPairs: [1, 2] }, west: { leafPairs: [3, 4] } }';

test('two sites, one with its paths prepared: each takes its own steps', () => {
  const site = (prepared: boolean): string =>
    `{ nodes: { n: { type: compute-node, count: 2 } }, fabric: { spines: 2, leaves: 2, coverage: 100 %, precomputedPaths: ${prepared} } }`;
  const loaded = readScenario(`format: carriergrade/scenario/1
sites: { a: ${site(true)}, b: ${site(false)} }
services: { a: { structure: { share: [a/n] } }, b: { structure: { share: [b/n] } } }
`);
  const outage = (id: string): number =>
    inject(loaded, [{ at: 0, element: `${id}/leaf-1--spine-1` }]).services[id]!.outageSeconds;
  expect([outage('a'), outage('b')]).toEqual([0.05, 0.25]);
});

describe('law: a member is rebuilt in the recovery region in which it started', () => {
  /** Highest number of regions that hosted one member over a long history. */
  function regionsPerMember(text: string): number[] {
    const model = compile(readScenario(text).scenario);
    const { elements, seats } = model;
    const level = SPREAD_LEVELS.indexOf('recovery-region');
    const driver = drive(model, 'regions', new SilentObserver());
    const seen = [...seats.home].map(() => new Set<number>());
    driver.history(0, 5 * MICROSECONDS_PER_YEAR, () => {
      driver.process.world.seatHost.forEach((host, seat) => {
        if (host > 0 && seats.home[seat]! >= 0)
          seen[seat]!.add(elements.domains[SPREAD_LEVELS.length * (host - 1) + level]!);
      });
    });
    return seen.filter((_, seat) => seats.home[seat]! >= 0).map((regions) => regions.size);
  }

  test('recovery-region: in one; pool: in both', () => {
    expect(regionsPerMember(REGIONS(HALVES, ', replacement: recovery-region'))).toEqual([1, 1]);
    expect(regionsPerMember(REGIONS(HALVES, ', replacement: pool'))).toEqual([2, 2]);
  });

  test('members apart by recovery region start in different ones', () => {
    const apart = ', antiAffinity: { level: recovery-region, hard: true }, replacement: recovery-region';
    const { seats, names } = compile(readScenario(REGIONS(HALVES, apart)).scenario);
    const homes = [...seats.home].filter((home) => home >= 0).map((home) => names.elements[home]);
    // Nodes are dealt over the four pairs: 1, 2, 5, 6 are in the east.
    expect(homes).toEqual(['core/n-1', 'core/n-3']);
    expect(regionsPerMember(REGIONS(HALVES, apart))).toEqual([1, 1]);
  });

  test('nothing exact is claimed of what was not taught to the exact side', () => {
    const { services } = analyse(readScenario(REGIONS(HALVES, ', replacement: recovery-region')));
    expect(services['g']!.conditional.exact).not.toBe(true);
    expect(services['g']!.conditional.refused).toBeDefined();
  });
});

describe('broken inputs', () => {
  test.each([
    ['a pair there is not', 'recoveryRegions: { east: { leafPairs: [5] } }', 'no pair 5'],
    [
      'a pair in two regions',
      'recoveryRegions: { a: { leafPairs: [1, 2] }, b: { leafPairs: [2] } }',
      'in recovery region "a" already',
    ],
    ['a pair twice', 'recoveryRegions: { a: { leafPairs: [1, 1] } }', 'listed twice'],
    ['no pair', 'recoveryRegions: { a: { failover: 50 ms } }', 'needs the leaf pairs'],
    ['a coverage over 1', 'recoveryRegions: { a: { leafPairs: [1], coverage: 120 % } }', '120 %'],
    ['a word of fabrics that regions lack', 'recoveryRegions: { a: { leafPairs: [1], spines: 2 } }', 'unknown key'],
    [
      'noticing slower than recovering',
      'recoveryRegions: { a: { leafPairs: [1], failover: 5 ms, detection: 20 ms } }',
      'takes longer than the quickest failover',
    ],
  ])('%s', (_what, regions, message) => {
    try {
      readScenario(REGIONS(regions));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      const { problems } = error as InputError;
      expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
      for (const { place } of problems) expect(place?.line).toBeGreaterThan(0);
    }
  });

  test('members further apart than there are regions', () => {
    const text = REGIONS(HALVES, ', antiAffinity: { level: recovery-region, hard: true }').replace(
      '  g:\n',
      '  g:\n    members: 3\n',
    );
    expect(() => readScenario(text)).toThrow(/3 different recovery regions, the pools have 2/);
  });
});
