import fc from 'fast-check';
import { NOTIFICATION_PATHS, type Notification, withNotification } from '../../../src/catalogue/notification.ts';
import { throughControl } from '../../../src/catalogue/operations.ts';
import type { OperationRules } from '../../../src/model/control.ts';
import type { Flow } from '../../../src/model/flow.ts';
import type { Law } from '../../../src/model/law.ts';
import type { ControlFunction, Scenario } from '../../../src/model/scenario.ts';
import * as build from './build.ts';

/** Control paths for random scenarios: functions that work on few requests at a time, need one another, and err. */
const MINUTE = 60;
const OPERATIONS = ['mano-call', 'cp-remap', 'terminate', 'spawn'] as const;

export interface ControlOptions {
  /** Exponential laws only. */
  readonly memoryless?: boolean;
}

const times = ({ memoryless }: ControlOptions, ...means: readonly number[]): fc.Arbitrary<Law> =>
  fc.constantFrom(...means).map((mean) => (memoryless === true ? build.exponential(mean) : build.fixed(mean)));

/** Paths to whoever acts: hops that are slow, copies that are lost, maps that are stale, scopes that do not answer. */
function notification(options: ControlOptions): fc.Arbitrary<Notification> {
  return fc
    .record({
      path: fc.constantFrom(...Object.values(NOTIFICATION_PATHS)),
      hop: times(options, 1, MINUTE),
      call: times(options, 1, MINUTE),
      timeout: times(options, MINUTE, 10 * MINUTE),
      refresh: times(options, MINUTE, 10 * MINUTE),
      loss: fc.constantFrom(0, 0.5),
      stale: fc.constantFrom(0, 0.5),
    })
    .map(({ hop, loss, path, ...rest }) => ({
      ...rest,
      // Scopes that the scenario does not model are not asked.
      path: path.scopes === undefined ? path : { ...path, scopes: ['front', 'base'] },
      bus: { base: 1, copy: 1, loss, retransmit: 2, burst: 3, priority: false },
      recipient: 2,
      duration: () => hop,
    }));
}

const isTold = ({ remediation }: Flow): boolean =>
  remediation.length > 0 && remediation.every(({ mark }) => mark !== 'notified');

/** The scenario with its own functions limited, two services behind them, and operations that fail. */
export function withControl(scenarios: fc.Arbitrary<Scenario>, options: ControlOptions = {}): fc.Arbitrary<Scenario> {
  const operation = fc
    .record({
      needs: fc.subarray(['front', 'base']),
      failure: fc.constantFrom(0, 0.5, 0.1),
      notify: times(options, MINUTE, 20 * MINUTE),
      orphans: fc.constantFrom(0, 0.5),
    })
    .map(({ needs, failure, notify, orphans }): OperationRules => {
      const failing = { probability: failure, notify, orphans };
      return failure === 0 ? { needs } : { needs, failing };
    });
  return scenarios.chain((scenario) =>
    fc
      .record({
        operations: fc.tuple(operation, operation, operation, operation),
        limit: fc.integer({ min: 1, max: 2 }),
        mean: fc.constantFrom(5 * build.HOUR, 30 * build.HOUR),
        instances: fc.constantFrom(1, 3),
        cleanup: times(options, build.HOUR, 24 * build.HOUR),
        // The bus takes always the same time.
        told:
          options.memoryless === true ? fc.constant(undefined) : fc.option(notification(options), { nil: undefined }),
      })
      .map(({ operations, limit, mean, instances, cleanup, told }): Scenario => {
        const fault = build.mode(build.exponential(mean), build.itself(build.exponential(10 * MINUTE)));
        const rules = Object.fromEntries(OPERATIONS.map((id, i) => [id, operations[i]!]));
        const base: ControlFunction = build.control([fault], { instances, quorum: Math.floor(instances / 2) + 1 });
        const front = build.control([fault], { needs: ['base'], impact: 'Major' });
        const own = Object.entries(scenario.control).map(([id, fn]): [string, ControlFunction] => {
          // One limit a step: the catalogue's recovery asks for all standard functions at a time.
          return [id, id === 'vnfm' ? { ...fn, concurrency: limit } : fn];
        });
        const control = { ...Object.fromEntries(own), front, base };
        const isLimited = (id: string): boolean =>
          Object.entries(control).some(([other, fn]) => other === id && 'concurrency' in fn);
        const flows = Object.entries(scenario.flows).map(([id, flow]) => {
          const asking = (steps: typeof flow.recovery) =>
            steps.map((step) => ({
              ...step,
              needs: [...new Set([...step.needs, ...(rules[step.operation ?? '']?.needs ?? [])])],
            }));
          const first = told !== undefined && isTold(flow) ? withNotification(flow, told) : flow;
          const asked = { ...flow, remediation: asking(first.remediation), recovery: asking(flow.recovery) };
          return [id, throughControl(asked, rules, isLimited)];
        });
        const leaks = operations.some(({ failing }) => (failing?.orphans ?? 0) > 0);
        return {
          ...scenario,
          control,
          operations: rules,
          flows: Object.fromEntries(flows),
          ...(leaks ? { orphanCleanup: cleanup } : {}),
        };
      }),
  );
}
