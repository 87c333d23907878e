import type { Scenario } from '../../../src/model/scenario.ts';
import { readScenario } from '../../../src/scenario/read-scenario.ts';
import { manyPairs } from '../../../src/tools/bench/models/systems.ts';

const repaired = (failing: string): string => `{ ${failing}, repair: { exponential: 8 h } }`;

const hosts = (failing: string): string => `compute: { count: 3, slots: 2, failures: { crash: ${repaired(failing)} } }`;

const pair = (level: 'node' | 'rack', guest: string): string => `
  pair:
    scheme: active-active
    members: 2
    unitCapacity: 100 %
    instance: { guest: { failures: { os: { ${guest} } } } }
    placement: { pools: [core/compute], antiAffinity: { level: ${level}, hard: false } }
    flow: FL-05
    times: { retarget: 0 s, terminate: 0 s, spawn: { exponential: 5 min }, configure: 0 s, healthCheck: 0 s }
    detection: { detectors: [perfect], coverage: 100 % }
    manualEscalation: never
    retry: 0 s
    state: { stateful: false }
`;

const PAIR = pair('node', 'mtbf: 5000 h, restart: { exponential: 5 min }');

/**
 * Two instances on two of three hosts. When a second host fails before the first is back both run on the third, and stay there for
 * six years: by default an incident in 25 000 leads to it, and 70 % of the downtime comes from it.
 *
 * @param mtbf of a host
 */
export const oneHost = (mtbf = '50000 h'): Scenario => twoInstances(`mtbf: ${mtbf}`);

/** The same with hosts that age a little. */
export const oneAgeingHost = (): Scenario => twoInstances('law: { weibull: { shape: 1.2, mean: 50000 h } }');

const twoInstances = (failing: string): Scenario =>
  readScenario(`
format: carriergrade/scenario/1
name: one-host
title: Two instances that share a host after both of theirs were down at once
sites:
  core:
    nodes:
      ${hosts(failing)}
groups:
${PAIR}
services:
  s: { uses: [pair], minOutageThreshold: 0 s, minServiceFraction: 0.3 }
`).scenario;

/**
 * Two instances on six hosts in three racks. When two racks are down at a time both run in the third, on two hosts, until one of
 * these crashes; most incidents after which one runs on the second host of a rack have left them in two racks.
 */
export const oneRack = (): Scenario =>
  readScenario(`
format: carriergrade/scenario/1
name: one-rack
title: Two instances that share a rack after both of theirs were down at once
sites:
  core:
    domains:
${['a', 'b', 'c'].map((rack) => `      ${rack}: { kind: rack, failures: { power: ${repaired('mtbf: 80000 h')} } }`).join('\n')}
    nodes:
      compute: { count: 6, slots: 2, failures: { crash: ${repaired('mtbf: 5000 h')} }, domains: [a, b, c] }
groups:
${pair('rack', 'mtbf: 20000 h, restart: { exponential: 5 s }')}
services:
  s: { uses: [pair], minOutageThreshold: 0 s, minServiceFraction: 0.3 }
`).scenario;

/**
 * Two instances on two of three hosts beside so many other pairs, on hosts of their own, whose roles last for longer than a history:
 * services `others` of these alone, and `all`, which needs everything.
 */
export function oneHostAmong(pairs: number, mtbf: string): Scenario {
  const cloud = manyPairs({ kind: 'hosts', pairs });
  const withHosts = cloud
    .slice(0, cloud.indexOf('services:'))
    .replace('nodes: { host:', `nodes: { ${hosts(`mtbf: ${mtbf}`)}, host:`);
  return readScenario(`${withHosts.trimEnd()}${PAIR}
services:
  others: { structure: { all: [vm] }, minOutageThreshold: 0 s }
  all: { structure: { all: [vm, pair] }, minOutageThreshold: 0 s, minServiceFraction: 0.3 }
`).scenario;
}
