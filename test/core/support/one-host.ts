import type { Scenario } from '../../../src/model/scenario.ts';
import { readScenario } from '../../../src/scenario/read-scenario.ts';

/**
 * Two instances on two of three hosts. When a second host fails before the first is back both run on the third, and stay there for
 * six years: by default an incident in 25 000 leads to it, and 70 % of the downtime comes from it.
 *
 * @param mtbf of a host
 */
export const oneHost = (mtbf = '50000 h'): Scenario =>
  readScenario(`
format: carriergrade/scenario/1
name: one-host
title: Two instances that share a host after both of theirs were down at once
sites:
  core:
    nodes:
      compute: { count: 3, slots: 2, failures: { crash: { mtbf: ${mtbf}, repair: { exponential: 8 h } } } }
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
`).scenario;
