import fc from 'fast-check';
import type { Law } from '../../../src/model/law.ts';
import type { FaultLayer } from '../../../src/model/monitoring.ts';
import type { Agent, Detector, Group, Scenario } from '../../../src/model/scenario.ts';
import * as build from './build.ts';
import type { RandomOptions } from './random-scenario.ts';

const LAYERS: readonly FaultLayer[] = ['guest', 'app', 'node', 'network', 'agent'];

/**
 * The scenarios with detectors that do not see every layer and do not look from the start of an instance on, and with
 * agents in their instances that fail, take time to install and are not always registered.
 */
export function withMonitoring(scenarios: fc.Arbitrary<Scenario>, options: RandomOptions = {}): fc.Arbitrary<Scenario> {
  const time: fc.Arbitrary<Law> =
    options.memoryless === true
      ? fc.constantFrom(build.exponential(600), build.exponential(3600))
      : fc.constantFrom<Law>(build.fixed(45), build.fixed(3600), build.exponential(600), {
          kind: 'uniform',
          low: 0,
          high: 7200,
        });
  const watching = fc.record({
    unseen: fc.option(fc.subarray([...LAYERS], { minLength: 1, maxLength: 3 }), { nil: undefined }),
    delay: fc.option(time, { nil: undefined }),
    needs: fc.constantFrom<readonly string[]>([], [], ['guest-agent'], ['registration']),
    sooner: fc.option(time, { nil: undefined }),
  });
  const agent = fc.record({
    install: time,
    back: time,
    audit: time,
    registered: fc.constantFrom(undefined, 0.5),
    commands: fc.boolean(),
  });
  const eight = { minLength: 8, maxLength: 8 };
  return fc
    .tuple(scenarios, fc.array(watching, eight), fc.array(fc.option(agent, { nil: undefined, freq: 2 }), eight))
    .map(([scenario, plans, agents]) => {
      let next = 0;
      const groups = Object.entries(scenario.groups).map(([id, group], i): [string, Group] => {
        const { detection } = group;
        const own = agents[i % agents.length];
        const limit = (detector: Detector): Detector => {
          const { unseen, delay, needs, sooner } = plans[next++ % plans.length]!;
          return {
            ...detector,
            needs: own === undefined ? detector.needs : [...detector.needs, ...needs],
            ...(unseen === undefined ? {} : { unseen }),
            ...(delay === undefined ? {} : { delay }),
            ...(sooner === undefined ? {} : { reconfigured: { latency: sooner, whileExposed: true } }),
          };
        };
        const told = { ...group, detection: { ...detection, detectors: detection.detectors.map(limit) } };
        if (own === undefined) return [id, told];
        const commanded = group.scheme === 'simplex' && own.commands ? withCommands(told, own.install) : told;
        return [id, { ...commanded, agent: agentOf(group, own) }];
      });
      return { ...scenario, groups: Object.fromEntries(groups) };
    });
}

interface Plan {
  readonly install: Law;
  readonly back: Law;
  readonly audit: Law;
  readonly registered: number | undefined;
  readonly commands: boolean;
}

/** What fails inside the instance is restarted by commands, every second of which fails. */
function withCommands(group: Group, step: Law): Group {
  const times = { ...group.times, remoteCommand: step, stepDuration: step };
  return { ...group, flow: 'FL-13', times, probabilities: { ...group.probabilities, remoteCommand: 0.5 } };
}

function agentOf({ instance }: Group, { install, back, audit, registered }: Plan): Agent {
  const crash = build.mode(build.exponential(20 * build.HOUR), build.itself(back), { id: 'crash' });
  const unknown = build.mode(build.NEVER, build.itself(audit), { id: 'unregistered' });
  return {
    layer: instance[0]!.id,
    failures: registered === undefined ? [crash] : [crash, unknown],
    install,
    ...(registered === undefined ? {} : { registered }),
  };
}
