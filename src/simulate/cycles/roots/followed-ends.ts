import type { CompiledModel } from '../../../compile/model.ts';
import { SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import { rootKey, Streams, streamKey } from '../../../kernel/streams.ts';
import { HistoryClocks } from '../../history-clocks.ts';
import { EVENTS_BETWEEN_PAUSES, type Interruptible } from '../../interruptible.ts';
import type { FailureClasses } from '../failure-classes.ts';
import type { FoundState } from './found-states.ts';
import type { MetFeatures } from './met-features.ts';

/** Incidents that an end is followed for. */
const MOST_INCIDENTS = 2_000;
/** Share of the ends that are taken to have been left where next to none was, at least. */
const LEAST_LEFT = 1 / 16;

/** What has come of ends of incidents in rare states. */
export interface Followed {
  /** One of each, by the time in states like it: per time in those that have been met. */
  readonly states: readonly FoundState[];
  /** Share of them by time in which everything went on for longer than was looked at. */
  readonly lasting: number;
  /** Share of the ends from which a state like those that have been met was reached. */
  readonly left: number;
  readonly events: number;
}

/** With all of the time in them, if those from which no other was reached go on like the others: an exponential time, cut off. */
export function whole({ states, left }: Followed): FoundState[] {
  const longer = 1 / Math.max(left, LEAST_LEFT);
  return states.map((state) => ({ ...state, amount: longer * state.amount }));
}

/** Natural histories from ends of incidents: how long everything goes on in rare states. */
export class FollowedEnds {
  private readonly rates: Float64Array;
  private readonly clocks: HistoryClocks;
  private readonly process: CloudProcess;
  private readonly streams: Streams;
  /** Histories so far: each has draws of its own. */
  private followed = 0;

  constructor(model: CompiledModel, seed: string, classes: FailureClasses) {
    this.rates = classes.rates;
    this.clocks = new HistoryClocks(model, `${seed}/unmet`);
    this.process = new CloudProcess(model, this.clocks, new SilentObserver());
    this.streams = new Streams(new Uint32Array(streamKey('unmet', 'kept')), rootKey(seed));
  }

  /**
   * A history from each end, until it is in a state like those that have been met.
   *
   * @param mostEvents of each
   */
  *follow(ends: readonly FoundState[], features: MetFeatures, mostEvents: number): Interruptible<Followed> {
    const states: FoundState[] = [];
    let [all, lasting, entered, left, events] = [0, 0, 0, 0, 0];
    for (const end of ends) {
      const one = yield* this.historyFrom(end, features, mostEvents);
      states.push(...one.states);
      all += one.time;
      entered += end.amount;
      if (one.lasts) lasting += one.time;
      else left += end.amount;
      events += one.events;
    }
    return { states, lasting: all > 0 ? lasting / all : 0, left: entered > 0 ? left / entered : 1, events };
  }

  private begin({ ints, reals, since }: FoundState): void {
    const { clocks, streams, rates } = this;
    const w = this.process.world;
    clocks.begin(this.followed);
    streams.begin(this.followed++);
    w.ints.set(ints);
    w.reals.set(reals);
    w.now = since;
    clocks.now = since;
    for (let mode = 0; mode < rates.length; mode++) clocks.pace(mode, w.paces[mode]!);
  }

  private *historyFrom(end: FoundState, features: MetFeatures, mostEvents: number) {
    const { clocks, process, streams } = this;
    const { amount, block } = end;
    this.begin(end);
    const w = process.world;
    let state: FoundState | undefined;
    let [visits, time, lasts] = [0, 0, false];
    let events = 0;
    for (; ; events++) {
      if (events % EVENTS_BETWEEN_PAUSES === 0) yield;
      const isIdle = w.quiescent;
      if (isIdle && !features.isRare(w.ints)) break;
      lasts = visits > MOST_INCIDENTS || events > mostEvents;
      const next = clocks.timers.nextTime();
      if (lasts || next === Number.POSITIVE_INFINITY) break;
      if (isIdle) {
        const own = amount * (next - w.now);
        time += own;
        visits++;
        // One of them is kept, by the time in it.
        if (streams.next53(0) * time < own)
          state = { amount: 0, block, since: w.now, ints: w.ints.slice(), reals: w.reals.slice() };
      }
      clocks.now = next;
      process.fire(clocks.timers.pop(), next);
    }
    return { states: state === undefined ? [] : [{ ...state, amount: time }], time, lasts, events };
  }
}
