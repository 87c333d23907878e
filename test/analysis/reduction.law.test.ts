import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exploreChain } from '../../src/analytic/chain/explore.ts';
import { expectedReward } from '../../src/analytic/chain/measures.ts';
import { steadyState } from '../../src/analytic/chain/steady-state.ts';
import { compile } from '../../src/compile/compile.ts';
import type { CompiledModel } from '../../src/compile/model.ts';
import { sliceServices } from '../../src/compile/slice/services.ts';
import { InputError } from '../../src/model/problem.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { serviceStateSpace } from '../../src/simulate/state-space.ts';
import {
  any,
  control,
  element,
  exponential,
  group,
  HOUR,
  itself,
  mode,
  placed,
  pool,
  REPLACEMENT,
  scenario,
  service,
  site,
} from '../core/support/build.ts';
import { solve } from '../core/support/chain.ts';
import { randomScenario } from '../core/support/random-scenario.ts';
import { relativeError } from './support/exact-side.ts';
import { understood } from './support/plain.ts';

const fault = mode(exponential(100 * HOUR), itself(exponential(HOUR)));

/** The service with what influences it, and nothing else. */
function reduced(full: Scenario, id: string): CompiledModel {
  const model = compile(full);
  return sliceServices(model, [model.names.services.indexOf(id)]).model;
}

function unavailability(model: CompiledModel): number {
  const { chain } = exploreChain(serviceStateSpace(model), { maximumStates: 10_000 });
  return expectedReward(steadyState(chain).probability, chain.rewards[0]!);
}

/** One service for each group. */
const plain = (of: Scenario): Scenario => ({
  ...of,
  controlTreatment: 'conditional',
  services: Object.fromEntries(Object.keys(of.groups).map((id) => [id, service(id)])),
});

describe('law: a service alone with what influences it is the service', () => {
  it('random scenarios: the reduced chain is never larger and gives the same', () => {
    let smaller = 0;
    fc.assert(
      fc.property(understood(randomScenario({ memoryless: true })), (raw) => {
        const full = plain(raw);
        let whole: ReturnType<typeof solve>;
        try {
          whole = solve(full, 1500);
        } catch (error) {
          if (error instanceof InputError && error.problems[0]?.code === 'too-many-states') return;
          throw error;
        }
        const model = reduced(full, 'g0');
        const { chain } = exploreChain(serviceStateSpace(model), { maximumStates: 1500 });
        expect(chain.states).toBeLessThanOrEqual(whole.space.chain.states);
        if (chain.states < whole.space.chain.states) smaller++;
        const expected = expectedReward(whole.probability, whole.space.chain.rewards[0]!);
        expect(relativeError(unavailability(model), expected)).toBeLessThan(1e-9);
      }),
      { seed: 41, numRuns: 60 },
    );
    expect(smaller).toBeGreaterThan(15);
  });
});

describe('what is kept and where it stands', () => {
  const node = { count: 4, slots: 1, failures: [fault], domains: ['r0', 'r1'] };
  const racks = { r0: { kind: 'rack' as const, failures: [fault] }, r1: { kind: 'rack' as const, failures: [] } };
  const inPlace = placed(['s/n'], { replacement: 'in-place', antiAffinity: { level: 'rack', hard: true } });
  const pairOn = (placement: typeof inPlace) => group([mode(exponential(50 * HOUR), REPLACEMENT)], { placement });
  const full = scenario({
    elements: { unit: element([fault], { count: 3 }), lone: element([fault]) },
    sites: {
      s: site({ domains: racks, nodes: { n: pool(node), c: pool({ count: 3, slots: 0, failures: [fault] }) } }),
    },
    control: { mano: control([fault], { instances: 3, quorum: 2, on: 's/c' }), idle: control([fault]) },
    groups: { first: pairOn(inPlace), second: pairOn(inPlace) },
    flows: {
      flow: {
        id: 'flow',
        title: '',
        source: '',
        remediation: [
          { id: 'x', by: '', duration: exponential(60), needs: ['mano'], effects: ['connect'], phase: 'remediation' },
        ],
        recovery: [{ id: 'y', by: '', duration: exponential(60), needs: [], effects: ['sync'], phase: 'recovery' }],
      },
    },
    services: { v: service('second'), w: service(any('unit')) },
  });

  it('a group with its own nodes, their racks and the control function it asks', () => {
    const model = reduced(full, 'v');
    expect(model.names.groups).toEqual(['second']);
    expect(model.names.elements).toEqual([
      's',
      's/r0',
      's/r1',
      's/n-3',
      's/n-4',
      's/c-1',
      's/c-2',
      's/c-3',
      'mano-1',
      'mano-2',
      'mano-3',
      'second/1',
      'second/2',
    ]);
    const hosts = [...model.elements.host].map((host) => (host < 0 ? '' : model.names.elements[host]));
    expect(hosts).toEqual(['', 's', 's', 's/r0', 's/r1', 's', 's', 's', 's/c-1', 's/c-2', 's/c-3', '', '']);
    expect([...model.seats.home].map((home) => model.names.elements[home])).toEqual(['s/n-3', 's/n-4']);
  });

  it('what members take that stay on their nodes is no room for others', () => {
    const roomy = { ...full.sites['s']!, nodes: { ...full.sites['s']!.nodes, n: pool({ ...node, slots: 2 }) } };
    const moving = pairOn({ ...inPlace, replacement: 'pool' });
    const mixed = { ...full, sites: { s: roomy }, groups: { first: pairOn(inPlace), second: moving } };
    const model = reduced(mixed, 'v');
    expect(model.names.groups).toEqual(['second']);
    const room = ['s/n-1', 's/n-2', 's/n-3', 's/n-4'].map(
      (name) => model.elements.capacity[model.names.elements.indexOf(name)],
    );
    expect(room).toEqual([1, 1, 2, 2]);
    // Groups whose members move to the same nodes take each other's room.
    const both = { ...mixed, groups: { first: moving, second: moving } };
    expect(reduced(both, 'v').names.groups).toEqual(['first', 'second']);
  });

  it('nothing is left of what a service does not look at', () => {
    const { names } = reduced({ ...full, services: { w: service({ kind: 'leaf', of: 'lone' }) } }, 'w');
    expect(names.elements).toEqual(['lone']);
    expect([names.groups, names.gates, names.steps.length]).toEqual([[], [], 1]);
  });
});
