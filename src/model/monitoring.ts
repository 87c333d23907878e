import type { Law } from './law.ts';

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

/** What a policy compares a value with; `and …` joins the condition to the one before it. */
export const OPERATORS = ['down', 'greater', 'less', 'and greater', 'and less'] as const;
export type Operator = (typeof OPERATORS)[number];
/** What a policy does. */
export const ACTIONS = ['none', 'restart', 'restart-agent', 'stop', 'reboot'] as const;
export type Action = (typeof ACTIONS)[number];

export interface Condition {
  readonly operator: Operator;
  /** Absent for `down`. */
  readonly value?: number;
}

/** One line of a monitoring policy. */
export interface PolicyEntry {
  readonly condition: Condition;
  readonly action: Action;
  /** The value of a healthy member. */
  readonly healthy?: number;
  /** How often the condition becomes true of a member that is not healthy; absent: never by itself. */
  readonly timeToCondition?: Law;
  /** Condition true → acted, for a healthy member that makes it true. */
  readonly after: Law;
  /** How long the member is down for the action. */
  readonly takes: Law;
}

/** Age of an event as monitoring servers list it: the three largest units of `2d 12h 59m`, `18s`. */
export function printAge(seconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ];
  const parts: string[] = [];
  let left = Math.floor(seconds);
  for (const [unit, size] of units) {
    const many = Math.floor(left / size);
    left -= many * size;
    if (many > 0) parts.push(`${many}${unit}`);
  }
  return parts.length === 0 ? '0s' : parts.slice(0, 3).join(' ');
}
