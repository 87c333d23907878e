import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { SilentObserver } from '../../src/dynamics/observer.ts';
import { CloudProcess } from '../../src/dynamics/process.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { FirstFailure } from '../../src/simulate/cycles/choices/first-failure.ts';
import { failureClasses } from '../../src/simulate/cycles/failure-classes.ts';
import { rootStates } from '../../src/simulate/cycles/roots/root-states.ts';
import { HistoryClocks } from '../../src/simulate/history-clocks.ts';
import { inOneGo } from '../../src/simulate/interruptible.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';

/** A pair that runs on any two of so many nodes; nothing but the nodes fails, one switchover in a hundred is done by hand. */
const pool = (nodes: number, fabric = ''): Scenario =>
  readScenario(`
format: carriergrade/scenario/1
name: pool
sites: { core: {${fabric} nodes: { compute: { count: ${nodes}, slots: 2, failures: { crash: { mtbf: 10000 h, repair: { exponential: 8 h } } } } } } }
catalogue: { detectors: { seen: { kind: event, latency: { exponential: 10 s } } } }
groups:
  pair:
    scheme: active-standby
    members: 2
    instance: { guest: { failures: {} } }
    placement: { pools: [core/compute], antiAffinity: { level: node, hard: true } }
    flow: FL-01
    times: { activation: 0 s, addressTakeover: { exponential: 2 s }, manualRestore: { exponential: 30 min }, terminate: 0 s, spawn: { exponential: 5 min }, configure: 0 s, sync: 0 s }
    probabilities: { switch: 99 % }
    detection: { detectors: [seen], coverage: 100 %, standby: { coverage: 100 % } }
    manualEscalation: never
    retry: 0 s
    state: { stateful: false }
services: { s: { uses: [pair], minOutageThreshold: 0 s } }
`).scenario;

describe('reference: nodes of a pool, few of which carry members', () => {
  it('agrees with the chain', async () => {
    const { model, unavailability } = solve(pool(5));
    for (const seed of ['a', 'b']) {
      const cycles = await cyclesOf(model, { seed, precision: 0.04 });
      expect(cycles.stop).toBe('precision');
      expect(Math.abs(deviation(cycles, unavailability(0)))).toBeLessThan(3.5);
    }
  });

  it('a sample tells as much in a pool of a hundred nodes: 13 times the samples if nodes were drawn as they fail', async () => {
    const spread = async (nodes: number): Promise<number> => {
      const cycles = await cyclesOf(pool(nodes), { seed: 'pool', precision: 0.04 });
      const { value, error } = measured(cycles);
      return (error / value) ** 2 * cycles.totals.samples;
    };
    expect(await spread(100)).toBeLessThan(1.5 * (await spread(5)));
  });

  it('those that carry the active member, the one in waiting and none are told apart on a fabric, too', () => {
    const model = compile(pool(40, ' fabric: { spines: 2, leafPairs: 4, homing: mlag },'));
    // Bonds and uplinks are more than would be looked at as members.
    expect(model.seats.group.length).toBeGreaterThan(64);
    const classes = failureClasses(model);
    const { world } = new CloudProcess(model, new HistoryClocks(model, 's'), new SilentObserver());
    const choice = new FirstFailure(model, classes, world);
    const root = inOneGo(rootStates(model, 's')).states[0]!;
    const crash = classes.of.findIndex((one) => classes.members[one]!.length === 40);
    let state = 1;
    const random = (): number => {
      state = (16_807 * state) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const met = [0, 0, 0];
    let sum = 0;
    for (let draw = 0; draw < 600; draw++) {
      choice.choose(root, classes.of[crash]!, random);
      met[choice.kind % 3]!++;
      sum += choice.ratio / 600;
    }
    // Alike, but for the quarter by rate; of all nodes two carry a member.
    for (const times of met) expect(times).toBeGreaterThan(100);
    expect(Math.abs(sum - 1)).toBeLessThan(0.15);
  });
});
