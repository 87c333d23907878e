import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Handler, run, SimulationError } from '../../src/kernel/run.ts';
import { Timers } from '../../src/kernel/timers.ts';

/** Remembers what fired. */
class Recorder implements Handler {
  readonly fired: [slot: number, now: number][] = [];

  fire(slot: number, now: number): void {
    this.fired.push([slot, now]);
  }
}

/** Slot i armed at times[i]. */
function armed(...times: number[]): Timers {
  const timers = new Timers(new Uint8Array(times.length));
  for (const [slot, time] of times.entries()) timers.arm(slot, time);
  return timers;
}

describe('run', () => {
  it('an event at exactly the horizon does not happen, one a microsecond before does', () => {
    const recorder = new Recorder();
    const timers = armed(1000, 999);
    expect(run(timers, recorder, 1000)).toEqual({ now: 1000, events: 1 });
    expect(recorder.fired).toEqual([[1, 999]]);
    expect(timers.isArmed(0)).toBe(true);
  });

  it('goes on where it stopped', () => {
    const recorder = new Recorder();
    const timers = armed(10, 20, 30);
    run(timers, recorder, 20);
    expect(run(timers, recorder, 31)).toEqual({ now: 31, events: 2 });
    expect(recorder.fired).toEqual([
      [0, 10],
      [1, 20],
      [2, 30],
    ]);
  });

  it('with nothing armed the clock goes to a finite horizon', () => {
    expect(run(armed(), new Recorder(), 50)).toEqual({ now: 50, events: 0 });
    expect(run(armed(7), new Recorder(), Number.POSITIVE_INFINITY)).toEqual({ now: 7, events: 1 });
  });

  it('stops after maxEvents with the clock at the last event', () => {
    expect(run(armed(1, 2, 3), new Recorder(), 100, 2)).toEqual({ now: 2, events: 2 });
    expect(run(armed(1, 2, 3), new Recorder(), 100, 3)).toEqual({ now: 3, events: 3 });
    expect(run(armed(1), new Recorder(), 100, 0)).toEqual({ now: 0, events: 0 });
  });

  it('a slot is disarmed when it fires, and what the handler arms at the same instant still fires', () => {
    const timers = new Timers(Uint8Array.of(0, 1));
    const seen: string[] = [];
    timers.arm(0, 5);
    run(
      timers,
      {
        fire(slot, now) {
          seen.push(`${slot} at ${now}, ${timers.isArmed(slot)}`);
          if (slot === 0) timers.arm(1, now);
        },
      },
      6,
    );
    expect(seen).toEqual(['0 at 5, false', '1 at 5, false']);
  });

  it('an error leaves with slot, time and cause', () => {
    const cause = new Error('boom');
    const failing: Handler = {
      fire() {
        throw cause;
      },
    };
    const error = thrownBy(() => run(armed(9_000_000, 2_500_000), failing, 1e9));
    expect([error.slot, error.time, error.cause]).toEqual([1, 2_500_000, cause]);
    expect(error.message).toBe('timer slot 1 at 2.5 s: boom');
  });

  it('what is thrown need not be an Error', () => {
    const failing: Handler = {
      fire() {
        throw 'plain';
      },
    };
    expect(thrownBy(() => run(armed(1), failing, 2)).message).toBe('timer slot 0 at 0.000001 s: plain');
  });

  it('arming before the clock is an error of the slot so armed', () => {
    const timers = armed(10, 99);
    const rewinding: Handler = { fire: (_slot, now) => timers.arm(1, now - 1) };
    const error = thrownBy(() => run(timers, rewinding, 100));
    expect([error.slot, error.time]).toEqual([1, 10]);
    expect(error.message).toMatch(/armed in the past, at 9 µs while the clock stands at 10 µs/);
  });
});

function thrownBy(work: () => void): SimulationError {
  try {
    work();
  } catch (error) {
    if (error instanceof SimulationError) return error;
  }
  throw new Error('no SimulationError was thrown');
}

describe('what the kernel must stay', () => {
  const folder = new URL('../../src/kernel/', import.meta.url);
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')] as const);

  it('the loop has at most 40 lines', () => {
    const source = sources.find(([name]) => name === 'run.ts')![1];
    const loop = source.slice(source.indexOf('export function run('));
    expect(loop.trim().split('\n').length).toBeLessThanOrEqual(40);
  });

  it.each(sources)('%s knows no word of the trade', (_name, source) => {
    expect(source).not.toMatch(/\b(vm|vnf|host|guest|node|mano|leaf|spine|link|repair|failover|outage|telco)s?\b/i);
  });

  it('a million events retain no memory', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const timers = new Timers(new Uint8Array(1000));
    for (let slot = 0; slot < 1000; slot++) timers.arm(slot, slot);
    const again: Handler = { fire: (slot, now) => timers.arm(slot, now + 1000 + (slot % 7)) };
    run(timers, again, 1e5);
    collect();
    const before = process.memoryUsage().heapUsed;
    expect(run(timers, again, Number.POSITIVE_INFINITY, 1_000_000).events).toBe(1_000_000);
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(1e6);
  });
});
