import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
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
    super(`timer slot ${slot} at ${time / MICROSECONDS_PER_SECOND} s: ${reason}`, { cause });
    this.name = 'SimulationError';
    this.slot = slot;
    this.time = time;
  }
}

/**
 * Fires timers in their order up to, not including, `until` (µs): an event at exactly `until` does not happen. Stops
 * at `until`, or after `maxEvents` events, or, if `until` is Infinity, with the last timer; the clock then stands at
 * the last event. Throws SimulationError when the handler throws or a timer lies before the clock.
 */
export function run(timers: Timers, handler: Handler, until: number, maxEvents = Number.POSITIVE_INFINITY): RunEnd {
  let slot = -1;
  let now = 0;
  let events = 0;
  try {
    while (events < maxEvents) {
      const time = timers.nextTime();
      if (!(time < until)) return { now: until < Number.POSITIVE_INFINITY ? until : now, events };
      slot = timers.pop();
      if (time < now) throw new RangeError(`armed in the past, at ${time} µs while the clock stands at ${now} µs`);
      now = time;
      events++;
      handler.fire(slot, now);
    }
  } catch (error) {
    throw new SimulationError(slot, now, error);
  }
  return { now, events };
}
