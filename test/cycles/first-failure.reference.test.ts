import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/model/scenario.ts';
import { readScenario } from '../../src/scenario/read-scenario.ts';
import { solve } from '../core/support/chain.ts';
import { cyclesOf, deviation, measured } from '../core/support/cycles.ts';

/** A pair that runs on any two of so many nodes; nothing but the nodes fails, one switchover in a hundred is done by hand. */
const pool = (nodes: number): Scenario =>
  readScenario(`
format: carriergrade/scenario/1
name: pool
sites: { core: { nodes: { compute: { count: ${nodes}, slots: 2, failures: { crash: { mtbf: 10000 h, repair: { exponential: 8 h } } } } } } }
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
});
