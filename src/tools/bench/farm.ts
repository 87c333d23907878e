import { type Handler, run } from '../../kernel/run.ts';
import { Sampler } from '../../kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../../kernel/streams.ts';
import { Timers } from '../../kernel/timers.ts';
import type { Law } from '../../model/law.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';

/** Means of component `i` of `n` in hours: up times rise with i, repair times are dealt out by a fixed permutation. */
export function farmMeans(n: number, i: number): { up: number; repair: number } {
  // 7919 is prime and no divisor of the sizes used, hence i → 7919·i mod n is a permutation.
  return { up: 1000 * (0.5 + i / n), repair: 10 * (0.5 + ((i * 7919) % n) / n) };
}

/** Model A: n repairable two-state components, exponential, with a k-of-n counter and time-weighted availability. */
class Farm implements Handler {
  private readonly timers: Timers;
  private readonly sampler: Sampler;
  private readonly needed: number;
  private readonly isUp: Uint8Array;
  private up: number;
  private since = 0;
  private upTime = 0;
  private shortTime = 0;

  constructor(n: number, timers: Timers, sampler: Sampler) {
    this.timers = timers;
    this.sampler = sampler;
    this.needed = Math.floor(0.98 * n);
    this.isUp = new Uint8Array(n).fill(1);
    this.up = n;
    for (let i = 0; i < n; i++) timers.arm(i, sampler.draw(i, i, 0));
  }

  fire(slot: number, now: number): void {
    const span = now - this.since;
    this.since = now;
    this.upTime += span * this.up;
    if (this.up < this.needed) this.shortTime += span;
    const n = this.isUp.length;
    const wasUp = this.isUp[slot]!;
    this.isUp[slot] = 1 - wasUp;
    this.up += 1 - 2 * wasUp;
    this.timers.arm(slot, now + this.sampler.draw(wasUp === 1 ? n + slot : slot, slot, now));
  }

  /** Time averages so far. */
  shares(): { availability: number; short: number } {
    return { availability: this.upTime / (this.since * this.isUp.length), short: this.shortTime / this.since };
  }
}

/** What model A shows: mean availability of the components, and the share of time with too few of them up. */
export interface FarmResult {
  readonly events: number;
  readonly availability: number;
  readonly short: number;
}

/** The mean availability that model A has in the long run: the mean of up / (up + repair). */
export function farmAvailability(n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const { up, repair } = farmMeans(n, i);
    sum += up / (up + repair);
  }
  return sum / n;
}

/** Builds model A on the kernel; the function returned runs `events` events. */
export function farm(n: number, events: number): () => FarmResult {
  const keys = new Uint32Array(2 * n);
  const upLaws: Law[] = [];
  const repairLaws: Law[] = [];
  for (let i = 0; i < n; i++) {
    const { up, repair } = farmMeans(n, i);
    keys.set(streamKey(`component ${i}`, 'life'), 2 * i);
    upLaws.push({ kind: 'exponential', mean: up * SECONDS_PER_HOUR });
    repairLaws.push({ kind: 'exponential', mean: repair * SECONDS_PER_HOUR });
  }
  const sampler = new Sampler([...upLaws, ...repairLaws], new Streams(keys, rootKey('farm')));
  const timers = new Timers(new Uint8Array(n));
  const components = new Farm(n, timers, sampler);
  return () => {
    const end = run(timers, components, Number.POSITIVE_INFINITY, events);
    return { events: end.events, ...components.shares() };
  };
}
