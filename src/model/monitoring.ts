/**
 * What a fault is a fault of, as far as monitoring cares. `instance` is a fault of a member whose layers nobody
 * has told apart: whatever watches the member at all sees it. Their order is the code in the compiled model.
 */
export const FAULT_LAYERS = [
  'instance',
  'node',
  'network',
  'interface',
  'switch',
  'guest',
  'app',
  'resource',
  'agent',
] as const;
export type FaultLayer = (typeof FAULT_LAYERS)[number];

/** One loop that probes its targets one after the other (SEM-17). */
export interface MonitoringLoop {
  /** Control function that runs it; nothing is probed while that is down (SEM-19b). */
  readonly in: string;
  /** Pause after each round, seconds. */
  readonly sleep: number;
  /** Members of groups that are probed in it. */
  readonly members: number;
  /** Targets outside the scenario that are probed in it too. */
  readonly others: number;
  /** One round while all targets are healthy, seconds: the pause and every healthy probe. */
  readonly period: number;
}
