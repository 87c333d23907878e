import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { CloudProcess } from '../../src/dynamics/process.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { CycleRunner } from '../../src/simulate/cycles/cycle-runner.ts';
import { type FoundState, FoundStates, packed, unpacked } from '../../src/simulate/cycles/roots/found-states.ts';
import { MetFeatures } from '../../src/simulate/cycles/roots/met-features.ts';
import { rootStates } from '../../src/simulate/cycles/roots/root-states.ts';
import { timeIn } from '../../src/simulate/cycles/roots/unmet-states.ts';
import { runCycles } from '../../src/simulate/cycles/run-cycles.ts';
import { HistoryClocks } from '../../src/simulate/history-clocks.ts';
import { runHistories, type SimulateOptions } from '../../src/simulate/run.ts';
import { manyPairs } from '../../src/tools/bench/models/systems.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation } from '../core/support/cycles.ts';
import { oneHost } from '../core/support/one-host.ts';
import { fakeCrew } from '../workers/support.ts';

const scenario = oneHost();
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
  it('the downtime in them is found: the mean of six estimates, within three of its standard errors', async () => {
    const seeds = ['s0', 's1', 's2', 's3', 's4', 's5'];
    let sum = 0;
    for (const seed of seeds) {
      const cycles = await cyclesOf(model, { seed, precision: 0.1 });
      expect(cycles.stop).toBe('precision');
      expect(cycles.gates.find(({ name }) => name === 'unmet states that last')?.verdict).toBe('green');
      sum += deviation(cycles, exact);
    }
    expect(Math.abs(sum) / Math.sqrt(seeds.length)).toBeLessThan(3);
  });

  it.each(['s1', 's2'])('the time in them is that of the chain (%s)', (seed) => {
    const search = new CycleRunner(model, 0, seed).search()!;
    const unmet = search.explore(4);
    const { space, probability } = solve(scenario);
    const { world } = placed();
    let [apart, together] = [0, 0];
    probability.forEach((share, state) => {
      const ints = space.vectors.subarray(state * space.width, (state + 1) * space.width);
      if (ints[world.activityAt] !== 0) return;
      if (ints[world.seatHostAt] === ints[world.seatHostAt + 1]) together += share;
      else apart += share;
    });
    expect(unmet.lasting).toBe(0);
    expect(Math.abs(timeIn(unmet) / (together / apart) - 1)).toBeLessThan(0.12);
  });

  it('a large cloud whose roles outlast its history is not searched in vain', async () => {
    const { scenario } = readScenario(manyPairs({ kind: 'hosts', pairs: 200 }));
    const cloud = compile(scenario);
    const options = { seed: 'big', confidence: 0.95, precision: 0.05, isOver: () => Promise.resolve(false) };
    const cycles = await runCycles(cloud, cloud.names.services.indexOf('any'), options);
    expect(cycles!.gates.map(({ name }) => name)).not.toContain('unmet states that last');
    expect(cycles!.stop).toBe('precision');
    // With a search for the states that its incidents end in it takes 2.3 million.
    expect(cycles!.events).toBeLessThan(700_000);
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

  it('of too many that are found those kept stand for all, in every part of the samples', () => {
    const { world, states, on, nodes } = placed();
    const features = new MetFeatures(world, states);
    const { ints, reals } = on(nodes[0]!, nodes[0]!);
    const found = new FoundStates(features, 200 * (ints.length + reals.length));
    // One sample in fifty stands for a hundred times as much as the others.
    for (let sample = 0; sample < 6_000; sample++)
      found.look(sample % 50 === 0 ? 100 : 1, sample, { ints, reals, now: sample });
    expect(found.states.length).toBeGreaterThan(90);
    expect(found.states.length).toBeLessThanOrEqual(200);
    const sum = (some: readonly FoundState[]) => some.reduce((all, { amount }) => all + amount, 0);
    expect(Math.abs(sum(found.states) / 17_880 - 1)).toBeLessThan(0.05);
    const parts = Array.from({ length: 30 }, (_, part) => sum(found.states.filter(({ block }) => block === part)));
    for (const part of parts) expect(part).toBeGreaterThan(0);
    expect(unpacked(packed(found.states), world)).toStrictEqual(
      found.states.map((state) => ({ ...state, ints, reals })),
    );
  });
});
