import { describe, expect, it } from 'vitest';
import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { MOST_CHANCE } from '../../src/compile/slice/alike.ts';
import { Influence } from '../../src/compile/slice/influence.ts';
import { type ServiceSlice, sliceServices } from '../../src/compile/slice/services.ts';
import { RunTotals, sumLists } from '../../src/measures/run-totals.ts';
import type { FailureMode, Group, NodePool, Scenario } from '../../src/model/scenario.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import { shapeOf } from '../../src/simulate/history-watch.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import {
  all,
  control,
  exponential,
  fixed,
  flow,
  group,
  HOUR,
  itself,
  leaf,
  mode,
  placed,
  policy,
  pool,
  REPLACEMENT,
  repair,
  scenario,
  service,
  site,
  step,
} from '../core/support/build.ts';
import { sampleOf, Z } from '../core/support/histories.ts';

const moving = (level: 'node' | 'rack' | 'none' = 'node', hard = true): Group['placement'] =>
  placed(['s/n'], { antiAffinity: { level, hard } });
const nodeFault = (meanHours: number): FailureMode => mode(exponential(meanHours * HOUR), itself(exponential(HOUR)));

interface Parts extends Partial<Scenario> {
  readonly node?: Partial<NodePool>;
  readonly racks?: Readonly<Record<string, readonly FailureMode[]>>;
  readonly pair?: Partial<Group>;
}

/** Pairs that are rebuilt anywhere in one pool. */
function cloud(pairs: number, { node = {}, racks = {}, pair = {}, ...rest }: Parts = {}): Scenario {
  const one = group([mode(exponential(200 * HOUR), REPLACEMENT)], { placement: moving(), ...pair });
  const domains = Object.fromEntries(
    Object.entries(racks).map(([id, failures]) => [id, { kind: 'rack' as const, failures }]),
  );
  const nodes = pool({ count: 100, slots: 4, failures: [nodeFault(1000)], domains: Object.keys(racks), ...node });
  return scenario({
    sites: { s: site({ domains, nodes: { n: nodes } }) },
    groups: Object.fromEntries(Array.from({ length: pairs }, (_, i) => [`p${i}`, one])),
    flows: {
      flow: flow(
        [step('switch', exponential(600), { effects: ['promote', 'connect'], mark: 'restored' })],
        [step('rebuild', exponential(HOUR), { needs: ['slot'], effects: ['instantiate', 'available', 'sync'] })],
      ),
    },
    services: { v: service('p0') },
    ...rest,
  });
}

/** The slice, with nodes that stand for others however small it is. */
function sliced(model: CompiledModel): ServiceSlice {
  return sliceServices(model, [0], new Influence(model), 0);
}

const nodesOf = ({ model }: ServiceSlice): number => model.elements.capacity.filter((slots) => slots > 0).length;

describe('nodes that stand for others like them', () => {
  it('law: the chain of the slice is that of the whole', () => {
    // Nodes are down so rarely that three of them do; the guests fail as rarely, so that both matter.
    const rare = 1e8;
    const of = (pairs: number, nodes: number): Scenario =>
      cloud(pairs, {
        node: { count: nodes, failures: [nodeFault(rare)] },
        groups: Object.fromEntries(
          Array.from({ length: pairs }, (_, i) => [
            `p${i}`,
            group([mode(exponential(rare * HOUR), REPLACEMENT)], { placement: moving() }),
          ]),
        ),
      });
    const value = (model: CompiledModel): number => {
      const { chain } = exploreChain(serviceStateSpace(model), { maximumStates: 200_000 });
      return expectedReward(steadyState(chain).probability, chain.rewards[0]!);
    };
    const whole = compile(of(1, 4));
    const slice = sliced(whole);
    expect(slice.facts).toMatchObject({ futures: 'alike', groups: { kept: 1, of: 1 } });
    expect(nodesOf(slice)).toBe(3);
    const exact = value(whole);
    expect(exact).toBeGreaterThan(1e-11);
    expect(Math.abs(value(slice.model) - exact)).toBeLessThan(MOST_CHANCE);
    // A neighbour that takes room on the same nodes changes nothing.
    const beside = compile(of(2, 4));
    expect(sliced(beside).facts.groups).toEqual({ kept: 1, of: 2 });
    expect(Math.abs(value(sliced(beside).model) - exact)).toBeLessThan(MOST_CHANCE);
  });

  it('law: a pair among twenty on forty nodes is down as much as the whole cloud says', () => {
    const racks = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`r${i}`, [nodeFault(3000)]] as const));
    const models = [
      cloud(20, { node: { count: 40, failures: [nodeFault(500)] } }),
      cloud(20, { node: { count: 60, failures: [nodeFault(500)] }, racks, pair: { placement: moving('rack') } }),
    ].map((each) => compile(each));
    for (const whole of models) {
      const slice = sliced(whole);
      expect(slice.facts.futures).toBe('alike');
      expect(slice.facts.groups).toEqual({ kept: 1, of: 20 });
      expect(nodesOf(slice)).toBeLessThan(20);
      const [a, b] = [downtime(whole, 24), downtime(slice.model, 200)];
      expect(Math.hypot(a.error / a.mean, b.error / b.mean)).toBeLessThan(0.05);
      expect(Math.abs(a.mean - b.mean) / Math.hypot(a.error, b.error)).toBeLessThan(Z);
    }
  });

  it('as few as make it all but certain that one is up', () => {
    const few = sliced(compile(cloud(40)));
    expect(few.facts.elements.kept).toBeLessThan(15);
    expect(few.facts.notes).toEqual([
      expect.stringMatching(/^\d nodes? of 100|^\d of 100 nodes stand for all those of p0/),
    ]);
    // Ten times the nodes: the same slice.
    const many = sliced(compile(cloud(400, { node: { count: 1000 } })));
    expect(many.facts.elements.kept).toBe(few.facts.elements.kept);
    // Nodes that are down more often: more of them.
    const worse = sliced(compile(cloud(40, { node: { failures: [nodeFault(50)] } })));
    expect(worse.facts.elements.kept).toBeGreaterThan(few.facts.elements.kept);
  });

  const crowded = cloud(40, { services: { v: service(all('p0', 'p1')) } });
  it.each<readonly [string, Scenario, RegExp]>([
    ['two groups of one service in one pool', crowded, /p0 and p1 may meet on a node/],
    ['members that may meet', cloud(40, { pair: { placement: moving('none') } }), /members may meet on a node/],
    [
      'members in racks that fail, apart by node alone',
      cloud(40, { racks: { r0: [nodeFault(3000)], r1: [nodeFault(3000)] } }),
      /members apart may stand on one domain/,
    ],
    [
      'nodes that wear out',
      cloud(40, { node: { failures: [mode({ kind: 'weibull', scale: 1e6, shape: 2 }, itself(exponential(HOUR)))] } }),
      /s\/n-1 fails by a weibull law/,
    ],
    [
      'nodes that wait for a crew',
      cloud(40, {
        node: { failures: [mode(exponential(1000 * HOUR), repair(exponential(HOUR)))] },
        repair: { crew: policy({ crews: 2 }) },
      }),
      /something else depends on s\/n|may wait for a crew/,
    ],
    ['a pool that is full', cloud(199), /there may be no room for a member/],
    [
      'nodes with inner parts',
      cloud(40, {
        node: { internal: { parts: { psu: { count: 2, failures: [nodeFault(100)], on: [] } }, needs: leaf('psu') } },
      }),
      /have inner parts/,
    ],
    [
      'a control function that runs on one of the nodes',
      cloud(40, {
        control: { vim: control([nodeFault(1000)], { on: 's/n' }) },
        flows: {
          flow: flow(
            [step('switch', fixed(60), { needs: ['vim'], effects: ['promote', 'connect'] })],
            [step('rebuild', fixed(HOUR), { needs: ['slot'], effects: ['instantiate', 'available', 'sync'] })],
          ),
        },
      }),
      /something else depends on s\/n-1/,
    ],
    [
      'a cause that strikes several nodes',
      cloud(40, {
        shocks: {
          flood: {
            modes: [{ ...nodeFault(1e4), strikes: [{ victims: ['s/n-1', 's/n-2'], hits: 'all', probability: 1 }] }],
          },
        },
      }),
      /is struck together with others/,
    ],
  ])('refused, and the pool kept whole: %s', (_, of, why) => {
    const whole = compile(of);
    const { facts, model } = sliced(whole);
    expect(facts.futures).toBe('same');
    expect(facts.notes.join()).toMatch(why);
    expect(nodesOf({ model } as ServiceSlice)).toBe(100);
    expect(model.groups.count).toBe(whole.groups.count);
  });

  it('nothing of the kind where the plain slice is small', () => {
    expect(sliceServices(compile(cloud(20, { node: { count: 30 } })), [0]).facts).toMatchObject({
      futures: 'same',
      notes: [],
    });
  });
});

function downtime(model: CompiledModel, histories: number) {
  const runner = new HistoryRunner(model, 'alike');
  const totals = new RunTotals(shapeOf(model));
  for (let i = 0; i < histories; i++) totals.absorb(runner.run(i, 5, 0));
  const lost = sumLists(totals.service(0, 'totalTime'), totals.service(0, 'partialWeighted'));
  return sampleOf(lost.map((time, i) => time / totals.horizons[i]!));
}
