/** A message bus that carries events and telemetry (B-102). Times in seconds. */
export interface Bus {
  /** Sent → the first copy leaves. */
  readonly base: number;
  /** One copy; recipients get theirs one after the other. */
  readonly copy: number;
  /** Probability that a copy is lost, [0, 1). */
  readonly loss: number;
  /** Lost → sent again. */
  readonly retransmit: number;
  /** Copies of telemetry that are under way when an event comes. */
  readonly burst: number;
  /** Events overtake telemetry. */
  readonly priority: boolean;
}

/** Sent → the copy of recipient number `position` (from 1) is there, seconds, if it is not lost (B-102, NC-35). */
export function delivery({ base, copy, burst, priority }: Bus, position: number): number {
  const ahead = position + (priority ? 0 : burst);
  // Decimal noise must not reach the clock: a picosecond grid.
  return Number((base + ahead * copy).toFixed(12));
}
