/** First line of an event log: what it is the log of. Times are seconds of simulated time. */
export interface EventLogHeader {
  readonly format: 'carriergrade/events/1';
  readonly scenario: { readonly name: string; readonly digest: string };
  readonly seed: string;
  /** Index of the history. */
  readonly history: number;
  /** End of the warm-up and of the history. */
  readonly start: number;
  readonly end: number;
}

export const LOGGED_EVENTS = [
  'fail',
  'false-alarm',
  'predicted',
  'element-down',
  'element-up',
  'member-failed',
  'mark',
  'case-closed',
  'failover',
  'switchover',
  'race',
  'sessions-lost',
  'step',
  'service',
] as const;

/** One line of an event log (B-69). */
export interface LoggedEvent {
  /** From 1, in order. */
  readonly id: number;
  /** Event this one follows from, null for a beginning. */
  readonly parent: number | null;
  readonly t: number;
  readonly event: (typeof LOGGED_EVENTS)[number];
  /** Element, member, group or service. */
  readonly entity: string;
  /** Event that began the chain: a failure, an alarm or a prediction. */
  readonly fault: number | null;
  /** Cause class of the fault. */
  readonly cause: string | null;
  /** Failure mode, mark, role, outcome, step and its outcome, or share lost. */
  readonly value: string | number;
}
