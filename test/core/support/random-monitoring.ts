import fc from 'fast-check';
import type { Law } from '../../../src/model/law.ts';
import type { FaultLayer } from '../../../src/model/monitoring.ts';
import type { Detector, Group, Scenario } from '../../../src/model/scenario.ts';
import * as build from './build.ts';
import type { RandomOptions } from './random-scenario.ts';

const LAYERS: readonly FaultLayer[] = ['guest', 'app', 'node', 'network'];

/** The scenarios with detectors that do not see every layer and do not look from the start of an instance on. */
export function withMonitoring(scenarios: fc.Arbitrary<Scenario>, options: RandomOptions = {}): fc.Arbitrary<Scenario> {
  const delay: fc.Arbitrary<Law> =
    options.memoryless === true
      ? fc.constantFrom(build.exponential(600), build.exponential(3600))
      : fc.constantFrom(build.fixed(45), build.fixed(3600), build.exponential(600), {
          kind: 'uniform',
          low: 0,
          high: 7200,
        });
  const plan = fc.record({
    unseen: fc.option(fc.subarray([...LAYERS], { minLength: 1, maxLength: 3 }), { nil: undefined }),
    delay: fc.option(delay, { nil: undefined }),
  });
  return fc.tuple(scenarios, fc.array(plan, { minLength: 8, maxLength: 8 })).map(([scenario, plans]) => {
    let next = 0;
    const limit = (detector: Detector): Detector => {
      const { unseen, delay } = plans[next++ % plans.length]!;
      return { ...detector, ...(unseen === undefined ? {} : { unseen }), ...(delay === undefined ? {} : { delay }) };
    };
    const groups = Object.entries(scenario.groups).map(([id, group]): [string, Group] => {
      const { detection } = group;
      return [id, { ...group, detection: { ...detection, detectors: detection.detectors.map(limit) } }];
    });
    return { ...scenario, groups: Object.fromEntries(groups) };
  });
}
