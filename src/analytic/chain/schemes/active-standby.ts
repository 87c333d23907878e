import type { Chain, ChainNames, WrittenTransition } from '../../../model/chain.ts';
import { namedChain } from '../named.ts';

/**
 * An active-standby pair under a controller (MANO) that failover and repair wait for: the model of methods 3.3. All
 * rates are per hour, probabilities in [0, 1].
 */
export interface ActiveStandbyPair {
  /** Failure rate of the active unit, λ, and of the standby unit, λs. */
  readonly failureRate: number;
  readonly standbyFailureRate: number;
  /** Share of active failures that are detected at once, c; the others are found at rate δu. */
  readonly coverage: number;
  /** Detection of a covered (δ) and of an uncovered (δu) failure of the active unit, and of a standby fault (δs). */
  readonly detectionRate: number;
  readonly uncoveredDetectionRate: number;
  readonly standbyDetectionRate: number;
  /** Failover rate ψ, and probability q that it succeeds; otherwise hands restore the service at rate μm. */
  readonly failoverRate: number;
  readonly failoverSuccess: number;
  readonly manualRate: number;
  /** Rate at which redundancy is rebuilt, μ. */
  readonly repairRate: number;
  /** Failure and restoration rate of the controller, λM and μM. */
  readonly controllerFailureRate: number;
  readonly controllerRepairRate: number;
}

/** States of the pair; each exists with the controller up (suffix 1) and down (suffix 0). */
const PAIR_STATES = ['OK', 'D', 'X', 'F', 'M', 'S', 'L', 'BL', 'B'] as const;
const UP_STATES: readonly string[] = ['OK', 'S', 'L'];

function isDown(state: string): boolean {
  return !UP_STATES.includes(state.split(',')[0]!);
}

/** Transitions of the pair; `controlled` ones happen only while the controller is up. */
function pairTransitions(p: ActiveStandbyPair): readonly (readonly [string, string, number, 'controlled'?])[] {
  const { failureRate: active, standbyFailureRate: standby } = p;
  return [
    ['OK', 'D', active * p.coverage],
    ['OK', 'X', active * (1 - p.coverage)],
    ['OK', 'L', standby],
    ['D', 'F', p.detectionRate],
    ['D', 'B', standby],
    ['X', 'F', p.uncoveredDetectionRate],
    ['X', 'B', standby],
    ['F', 'S', p.failoverRate * p.failoverSuccess, 'controlled'],
    ['F', 'M', p.failoverRate * (1 - p.failoverSuccess), 'controlled'],
    ['F', 'B', standby],
    ['M', 'S', p.manualRate],
    ['M', 'B', standby],
    ['S', 'OK', p.repairRate, 'controlled'],
    ['S', 'B', active],
    ['L', 'S', p.standbyDetectionRate],
    ['L', 'BL', active],
    ['BL', 'B', p.detectionRate],
    ['B', 'S', p.repairRate, 'controlled'],
  ];
}

/**
 * The pair as a chain of 18 states named like `OK,1`; reward 0 is 1 while the service is down. States: OK; D active
 * failed and being detected; X the same but uncovered; F failing over or waiting for the controller; M restored by
 * hand; S one unit left; L undetected fault of the standby; BL active failed on top of it; B both failed.
 */
export function activeStandbyChain(pair: ActiveStandbyPair): { chain: Chain; names: ChainNames } {
  const transitions: WrittenTransition[] = [];
  for (const [from, to, rate, controlled] of pairTransitions(pair)) {
    transitions.push({ from: `${from},1`, to: `${to},1`, rate });
    if (controlled === undefined) transitions.push({ from: `${from},0`, to: `${to},0`, rate });
  }
  for (const state of PAIR_STATES) {
    transitions.push({ from: `${state},1`, to: `${state},0`, rate: pair.controllerFailureRate });
    transitions.push({ from: `${state},0`, to: `${state},1`, rate: pair.controllerRepairRate });
  }
  const states = PAIR_STATES.flatMap((state) => [`${state},1`, `${state},0`]);
  return namedChain({
    states,
    start: { 'OK,1': 1 },
    transitions,
    rewards: { down: Object.fromEntries(states.filter(isDown).map((state) => [state, 1])) },
  });
}

/** First-order unavailability of the pair (methods 3.3): what a planner can do in his head; 0.1 % off in case 7.2. */
export function activeStandbyFirstOrder(p: ActiveStandbyPair): number {
  const { failureRate: active, standbyFailureRate: standby } = p;
  const controllerDown = p.controllerFailureRate / (p.controllerFailureRate + p.controllerRepairRate);
  const single =
    p.coverage / p.detectionRate +
    (1 - p.coverage) / p.uncoveredDetectionRate +
    1 / p.failoverRate +
    (1 - p.failoverSuccess) / p.manualRate +
    controllerDown / p.controllerRepairRate;
  return active * single + (active / p.repairRate) ** 2 + (active * standby) / (p.standbyDetectionRate * p.repairRate);
}
