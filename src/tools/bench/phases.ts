import { type Handler, run } from '../../kernel/run.ts';
import { Sampler } from '../../kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../../kernel/streams.ts';
import { Timers } from '../../kernel/timers.ts';
import type { Law } from '../../model/law.ts';
import { MICROSECONDS_PER_SECOND, SECONDS_PER_HOUR } from '../../model/time.ts';

/** Model B has 1 000 pairs on 50 hosts. */
export const HOSTS = 50;
export const MEMBERS = 2000;
const PER_HOST = MEMBERS / HOSTS;

/** Phase 0 is the member's life; then detect, notify, remediate, recover, and life again. */
const PHASES = 5;
const HOST_LIFE = 5;
const HOST_REPAIR = 6;

const hours = (value: number): number => value * SECONDS_PER_HOUR;
const LAWS: readonly Law[] = [
  { kind: 'exponential', mean: hours(500) },
  { kind: 'deterministic', value: hours(0.01) },
  { kind: 'lognormal', mu: Math.log(hours(0.005)), sigma: 0.5 },
  { kind: 'lognormal', mu: Math.log(hours(0.05)), sigma: 0.8 },
  { kind: 'exponential', mean: hours(0.1) },
  { kind: 'exponential', mean: hours(200) },
  { kind: 'exponential', mean: hours(4) },
];

/** Host of a member; the two members of a pair (2p, 2p + 1) live on different hosts. */
export function hostOf(member: number): number {
  return (member + (member >> 1)) % HOSTS;
}

/**
 * Model B: pairs on hosts. A failed member goes through four phases; the failure of its host or of its partner
 * cancels the sequence and starts it again.
 */
class Pairs implements Handler {
  private readonly timers: Timers;
  private readonly sampler: Sampler;
  private readonly phase = new Uint8Array(MEMBERS);
  private readonly hostDown = new Uint8Array(HOSTS);
  private readonly membersOn = new Int32Array(MEMBERS);
  private down = 0;
  private since = 0;
  private downTime = 0;
  cancels = 0;

  constructor(timers: Timers, sampler: Sampler) {
    this.timers = timers;
    this.sampler = sampler;
    const filled = new Int32Array(HOSTS);
    for (let member = 0; member < MEMBERS; member++) {
      const host = hostOf(member);
      this.membersOn[host * PER_HOST + filled[host]!++] = member;
      timers.arm(member, sampler.draw(0, member, 0));
    }
    for (let host = 0; host < HOSTS; host++) {
      timers.arm(MEMBERS + host, sampler.draw(HOST_LIFE, MEMBERS + host, 0));
    }
  }

  fire(slot: number, now: number): void {
    this.downTime += (now - this.since) * this.down;
    this.since = now;
    if (slot >= MEMBERS) this.hostEvent(slot, now);
    else if (this.phase[slot] === 0) this.fail(slot, now);
    else this.advance(slot, now);
  }

  private hostEvent(slot: number, now: number): void {
    const host = slot - MEMBERS;
    const failed = 1 - this.hostDown[host]!;
    this.hostDown[host] = failed;
    this.timers.arm(slot, now + this.sampler.draw(failed === 1 ? HOST_REPAIR : HOST_LIFE, slot, now));
    if (failed === 0) return;
    for (let i = host * PER_HOST; i < (host + 1) * PER_HOST; i++) {
      this.cancels++;
      this.fail(this.membersOn[i]!, now);
    }
  }

  /** `member` starts its recovery over; so does its partner if it is in recovery. */
  private fail(member: number, now: number): void {
    const partner = member ^ 1;
    if (this.phase[partner] !== 0) {
      this.cancels++;
      if (this.phase[member] === 0) this.down++;
      this.enter(partner, 1, now);
    }
    this.enter(member, 1, now);
  }

  private advance(member: number, now: number): void {
    const next = this.phase[member]! + 1;
    if (next < PHASES) {
      this.enter(member, next, now);
      return;
    }
    if (this.phase[member ^ 1] !== 0) this.down--;
    this.enter(member, 0, now);
  }

  private enter(member: number, phase: number, now: number): void {
    this.phase[member] = phase;
    this.timers.arm(member, now + this.sampler.draw(phase, member, now));
  }

  /** Mean number of pairs with both members down so far. */
  pairsDown(): number {
    return this.downTime / this.since;
  }
}

/** What model B shows: the share of events that cancel a timer, and events per simulated hour, beside its measure. */
export interface PhasesResult {
  readonly events: number;
  readonly pairsDown: number;
  readonly eventsPerHour: number;
  readonly cancelsPerEvent: number;
}

/** Builds model B on the kernel; the function returned runs `events` events. */
export function phases(events: number): () => PhasesResult {
  const slots = MEMBERS + HOSTS;
  const keys = new Uint32Array(2 * slots);
  for (let slot = 0; slot < slots; slot++) keys.set(streamKey(`slot ${slot}`, 'timer'), 2 * slot);
  const sampler = new Sampler(LAWS, new Streams(keys, rootKey('phases')));
  const timers = new Timers(new Uint8Array(slots));
  const pairs = new Pairs(timers, sampler);
  return () => {
    const end = run(timers, pairs, Number.POSITIVE_INFINITY, events);
    const simulatedHours = end.now / MICROSECONDS_PER_SECOND / SECONDS_PER_HOUR;
    return {
      events: end.events,
      pairsDown: pairs.pairsDown(),
      eventsPerHour: end.events / simulatedHours,
      cancelsPerEvent: pairs.cancels / end.events,
    };
  };
}
