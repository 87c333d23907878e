import type { Timers } from './timers.ts';

/** What happens when a timer fires. */
export interface Handler {
  /** `slot` fires at `now` (µs); it is disarmed already and may be armed again, like any other slot. */
  fire(slot: number, now: number): void;
}

/** Where a run stopped: the clock (µs) and the number of events that happened. */
export interface RunEnd {
  readonly now: number;
  readonly events: number;
}

/** An error thrown while a timer fired: which slot, when (µs), and the original error as `cause`. */
export class SimulationError extends Error {
  readonly slot: number;
  readonly time: number;

  constructor(slot: number, time: number, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`at ${time / 1e6} s, timer slot ${slot}: ${reason}`, { cause });
    this.name = 'SimulationError';
    this.slot = slot;
    this.time = time;
  }
}

/**
 * Fires timers in their order up to, not including, `until` (µs): an event at exactly `until` does not happen. Stops
 * at `until`, at the last event when no timer is left before an infinite `until`, or after `maxEvents` events.
 * Throws SimulationError when the handler throws or a timer lies before the clock.
 */
export function run(timers: Timers, handler: Handler, until: number, maxEvents = Number.POSITIVE_INFINITY): RunEnd {
  let slot = -1;
  let now = 0;
  let events = 0;
  try {
    while (events < maxEvents) {
      const time = timers.nextTime();
      if (time >= until) break;
      slot = timers.pop();
      if (time < now) throw new RangeError(`armed in the past, the clock is at ${now / 1e6} s`);
      now = time;
      events++;
      handler.fire(slot, now);
    }
  } catch (error) {
    throw new SimulationError(slot, now, error);
  }
  const stoppedEarly = events >= maxEvents || until === Number.POSITIVE_INFINITY;
  return { now: stoppedEarly ? now : until, events };
}
