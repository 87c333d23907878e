import { describe, expect, test } from 'vitest';
import { analyse, inject, type LoadedScenario, spof } from '../../src/index.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';

/** Everything that fails stays so for a year, so that what a fault takes down for good is told from a failover. */
const scenario = (fabric: string): LoadedScenario =>
  readScenario(`format: carriergrade/scenario/1
catalogue:
  types:
    lasting-switch: { kind: leaf, failures: { fault: { rate: 1e-9 / year, repair: 365 d } } }
    lasting-link: { kind: link, failures: { fault: { rate: 1e-9 / year, repair: 365 d } } }
    lasting-wire: { kind: link, failures: {} }
    lasting-node: { kind: node, slots: 4, failures: { fault: { rate: 1e-9 / year, repair: 365 d } } }
sites:
  core:
    nodes: { n: { type: lasting-node, count: 4 } }
    fabric: ${fabric}
groups:
  pair:
    failures: { crash: { rate: 1e-9 / year } }
    placement: { pools: [core/n], antiAffinity: { level: node } }
    detection: { coverage: 100 % }
    state: { stateful: false }
services:
  node: { uses: [core/n-1] }
  pair: { uses: [pair] }
  cloud: { structure: { share: [core/n] } }
`);

const parts =
  'spine: { type: lasting-switch }, leaf: { type: lasting-switch }, link: { type: lasting-link }, coverage: 100 %';
const switches =
  'a: { type: lasting-switch }, b: { type: lasting-switch }, m: { type: lasting-switch }, x: { type: lasting-switch }';
const link = (from: string, to: string): string => `${from}-${to}: { type: lasting-link, between: [${from}, ${to}] }`;
const ring = [link('a', 'b'), link('a', 'x'), link('b', 'm'), link('m', 'x')].join(', ');

describe('single points of failure are what striking every element shows (B-87, S-10)', () => {
  test.each([
    ['dual-homed', `{ spines: 2, leafPairs: 2, ${parts} }`],
    ['single-homed', `{ spines: 2, leafPairs: 2, homing: single, ${parts} }`],
    ['one spine', `{ spines: 1, leafPairs: 2, ${parts} }`],
    [
      'active-backup behind border leaves',
      `{ spines: 2, leafPairs: 1, borderLeaves: 2, homing: active-backup, ${parts} }`,
    ],
    ['mis-cabled', `{ spines: 2, leafPairs: 2, cabling: { n-1: [leaf-1, leaf-1] }, ${parts} }`],
    ['two links per pair', `{ spines: 2, leafPairs: 1, linksPerPair: 2, homing: guest-active-backup, ${parts} }`],
    [
      'free ring',
      `{ kind: free, switches: { ${switches} }, links: { ${ring} }, exits: [x], access: [a, b], link: { type: lasting-link }, coverage: 100 % }`,
    ],
    [
      'free line',
      `{ kind: free, switches: { ${switches} }, links: { ${[link('a', 'b'), link('b', 'm'), link('m', 'x')].join(', ')} }, exits: [x], homing: single, link: { type: lasting-link } }`,
    ],
  ])('%s', (_name, fabric) => {
    const loaded = scenario(fabric);
    const points = spof(loaded).services;
    const found: Record<string, string[]> = { node: [], pair: [], cloud: [] };
    for (const name of elementsOf(loaded)) {
      const { services } = inject(loaded, [{ at: 0, element: name }]);
      for (const id of Object.keys(found)) if (services[id]!.downSeconds > 100 * 86_400) found[id]!.push(name);
    }
    for (const id of Object.keys(found)) expect(points[id]!.single, id).toEqual(found[id]!.sort());
  });

  test('the exact side refuses shares and says why', () => {
    const { services } = analyse(scenario(`{ spines: 2, leafPairs: 2, ${parts} }`));
    expect(services['cloud']!.conditional.refused).toMatch(/share of the load/);
    expect(services['node']!.conditional.refused).toMatch(/rerouted/);
    expect(services['pair']!.conditional.refused).toMatch(/reached over a fabric/);
  });

  const lone = [link('a', 'b'), link('b', 'm'), link('m', 'x')].join(', ');
  const behindGraph = (access: string) =>
    `{ kind: free, switches: { ${switches} }, links: { ${lone} }, exits: [x], homing: single, link: { type: ${access} } }`;

  test('a single-homed node behind a graph is a structure, solved exactly', () => {
    const { services } = analyse(scenario(behindGraph('lasting-wire')));
    // Node, four switches and three links in series; each is down one year in 1e9.
    expect(services['node']!.conditional.method).toBe('structure');
    expect(services['node']!.conditional.unavailability! / 8e-9).toBeCloseTo(1, 6);
  });

  test('a switch that is down freezes the clock of its access link, whose repair goes on: first order only', () => {
    const { conditional } = analyse(scenario(behindGraph('lasting-link'))).services['node']!;
    expect(conditional.method).toBe('first-order');
    expect(conditional.refused).toMatch(/core\/n-1--a: its repair goes on while what it runs on is down/);
    expect(conditional.unavailability! / 9e-9).toBeCloseTo(1, 6);
  });
});

function elementsOf({ scenario }: LoadedScenario): string[] {
  return [
    ...new Set(
      Object.values(spof({ scenario, digest: '' }).services).flatMap(({ single, pairs }) => [
        ...single,
        ...pairs.flat(),
      ]),
    ),
  ];
}
