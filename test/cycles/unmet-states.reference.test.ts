import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { CloudProcess } from '../../src/dynamics/process.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { FoundStates, packed, unpacked } from '../../src/simulate/cycles/roots/found-states.ts';
import { MetFeatures } from '../../src/simulate/cycles/roots/met-features.ts';
import { rootStates } from '../../src/simulate/cycles/roots/root-states.ts';
import { HistoryClocks } from '../../src/simulate/history-clocks.ts';
import { runHistories, type SimulateOptions } from '../../src/simulate/run.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';
import { fakeCrew } from '../workers/support.ts';

/**
 * Two instances on two of three hosts. When a second host fails before the first is back both run on the third, and stay there for
 * six years: an incident in 70 000 leads to it, and 70 % of the downtime comes from it.
 */
const { scenario } = readScenario(`
format: carriergrade/scenario/1
name: one-host
title: Two instances that share a host after both of theirs were down at once
sites:
  core:
    nodes:
      compute: { count: 3, slots: 2, failures: { crash: { mtbf: 50000 h, repair: { exponential: 8 h } } } }
groups:
  pair:
    scheme: active-active
    members: 2
    unitCapacity: 100 %
    instance: { guest: { failures: { os: { mtbf: 5000 h, restart: { exponential: 5 min } } } } }
    placement: { pools: [core/compute], antiAffinity: { level: node, hard: false } }
    flow: FL-05
    times: { retarget: 0 s, terminate: 0 s, spawn: { exponential: 5 min }, configure: 0 s, healthCheck: 0 s }
    detection: { detectors: [perfect], coverage: 100 % }
    manualEscalation: never
    retry: 0 s
    state: { stateful: false }
services:
  s: { uses: [pair], minOutageThreshold: 0 s, minServiceFraction: 0.3 }
`);

const model = compile(scenario);
const exact = solve(scenario).unavailability(0);

/** States of the model, and where in them it says on which node the two run. */
function placed() {
  const { states } = rootStates(model, 's1');
  const world = new CloudProcess(model, new HistoryClocks(model, 's'), new SilentObserver()).world;
  const on = (...nodes: readonly number[]) => {
    const ints = states[0]!.ints.slice();
    ints.set(nodes, world.seatHostAt);
    return { ...states[0]!, ints };
  };
  const nodes = [...states[0]!.ints.subarray(world.seatHostAt, world.seatHostAt + 2)];
  return { world, states, on, nodes };
}

describe('states that the history of incidents is too short for', () => {
  it.each([
    ['none of them was met', 's1'],
    ['one of the three hosts was met in once', 's0'],
  ])('%s: the downtime in them is found', async (_, seed) => {
    const cycles = await cyclesOf(model, { seed, precision: 0.1 });
    expect(cycles.stop).toBe('precision');
    expect(Math.abs(deviation(cycles, exact))).toBeLessThan(3);
    expect(cycles.gates.find(({ name }) => name === 'unmet states that last')?.verdict).toBe('green');
  });

  it('a crew finds the same', async () => {
    const options: SimulateOptions = { method: 'cycles', years: 2, histories: 2, precision: 0.3, seed: 's1' };
    const alone = await runHistories(model, scenario, options);
    expect(alone.choices[0]!.cycles!.gates.map(({ name }) => name)).toContain('unmet states that last');
    const crew = fakeCrew((task) => task % 3);
    expect(
      await runHistories(model, scenario, { ...options, workers: 3 }, { ...crew, worthACrew: 20_000 }),
    ).toStrictEqual(alone);
  });

  it('two members on one node are rare where they never were, though each has been there', () => {
    const { world, states, on, nodes } = placed();
    const features = new MetFeatures(world, states);
    expect(features.isRare(states[0]!.ints)).toBe(false);
    expect(features.isRare(on(nodes[0]!, nodes[0]!).ints)).toBe(true);
    expect(features.common(states)).toHaveLength(states.length);
  });

  it('what one state in a hundred has is rare, and no history is without its rare states', () => {
    const { world, states, on, nodes } = placed();
    const together = on(nodes[0]!, nodes[0]!);
    const some = [...states.slice(0, 1_000), ...Array.from({ length: 10 }, () => together)];
    const features = new MetFeatures(world, some);
    expect(features.isRare(together.ints)).toBe(true);
    expect(features.common(some)).toHaveLength(1_000);
    // A fifth of them: rare is not what they are, and of too few nothing is known.
    const many = [...states.slice(0, 40), ...Array.from({ length: 10 }, () => together)];
    expect(new MetFeatures(world, many).isRare(together.ints)).toBe(false);
  });

  it('of too many that are found every other one stands for two', () => {
    const { world, states, on, nodes } = placed();
    const features = new MetFeatures(world, states);
    const { ints, reals } = on(nodes[0]!, nodes[0]!);
    const found = new FoundStates(features, 10 * (ints.length + reals.length));
    for (let sample = 0; sample < 1_000; sample++)
      found.look(2, sample, Object.assign(Object.create(world), { ints, reals, now: sample }));
    expect(found.states.length).toBeGreaterThan(4);
    expect(found.states.length).toBeLessThanOrEqual(10);
    const all = found.states.reduce((sum, { amount }) => sum + amount, 0);
    expect(Math.abs(all / 2_000 - 1)).toBeLessThan(0.15);
    expect(unpacked(packed(found.states), world)).toStrictEqual(
      found.states.map((state) => ({ ...state, ints, reals })),
    );
  });
});
