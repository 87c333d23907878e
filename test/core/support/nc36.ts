import type { Scenario } from '../../../src/model/scenario.ts';
import {
  control,
  exponential,
  fixed,
  flow,
  group,
  itself,
  mode,
  REPLACEMENT,
  scenario,
  service,
  step,
  uncovered,
  withDetection,
  YEAR,
} from './build.ts';

/**
 * NC-36: λ = 4/y, τ = 1.2 s, c = 0.99, M_u = 3 600 s, p = 0.01, M_f = 900 s, X = 180 s, U_M = 1e-4, R = 600 s.
 *
 * M_u and M_f count from the fault: a failed switch has taken τ already, so hands take 898.8 s, and users report an
 * uncovered fault after 2 701.2 s. The switch (1 s, may fail) comes before the call that needs the control path.
 */
export const pairWith = (rebuild: number): Scenario =>
  scenario({
    control: { mano: control([mode(exponential(600 * (1e4 - 1)), itself(exponential(600)))]) },
    flows: {
      flow: flow(
        [
          step('switch', fixed(1), {
            success: 0.99,
            onFailure: 'manual',
            reason: 'switch-failed',
            effects: ['promote'],
          }),
          step('remap', fixed(0), { needs: ['mano'], effects: ['connect'] }),
        ],
        [step('rebuild', fixed(rebuild), { effects: ['instantiate', 'available', 'sync'], phase: 'recovery' })],
      ),
    },
    groups: {
      pair: {
        ...withDetection(group([mode(exponential(YEAR / 4), REPLACEMENT)]), {
          detectors: [{ id: 'heartbeat', latency: fixed(0.2), needs: [] }],
          coverage: 0.99,
          coverageExposed: 0.99,
          uncovered: uncovered(fixed(2701.2), 'manual'),
          standby: { coverage: 1, latency: fixed(0), audit: fixed(86_400) },
        }),
        times: { manualRestore: fixed(898.8) },
      },
    },
    services: { voice: service('pair') },
  });
