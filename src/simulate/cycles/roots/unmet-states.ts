import type { CompiledModel } from '../../../compile/model.ts';
import { SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import { rootKey, Streams, streamKey } from '../../../kernel/streams.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { HistoryClocks } from '../../history-clocks.ts';
import type { IncidentSampler } from '../incident.ts';
import { type FoundState, FoundStates } from './found-states.ts';
import type { MetFeatures } from './met-features.ts';
import { STRATUM } from './root-source.ts';

/** States that incidents begin in and that the history has not met, by the time in states like them. */
export interface Unmet {
  readonly states: readonly FoundState[];
  /** Share of them by time in which everything went on for longer than was looked at. */
  readonly lasting: number;
  /** How many times as many incidents as the first time they were looked for by. */
  readonly growth: number;
  /** Events of looking at them. */
  readonly events: number;
}

/** Incidents that are explored, and those that begin with failures of one class at least. */
const EXPLORED = 2_000;
const LEAST_EXPLORED = 30;
/** Ends that are followed, numbers of the states that come of them, incidents that each is followed for, and events in all. */
const MOST_ENDS = 256;
const MOST_NUMBERS = 4_000_000;
const MOST_INCIDENTS = 2_000;
const MOST_FOLLOWED = 100_000;
/** Share of those that are followed by the rate of the incidents that end so: what is rare may be what matters. */
const BY_RATE = 0.75;
/** Events of the longest search: some ten seconds. */
const MOST_EVENTS = 4_000_000;
/** States kept of those that one leads to. */
const KEPT = 3;

/** Quiescent time in them, per time in those that have been met. */
export const timeIn = ({ states }: Unmet): number => states.reduce((sum, { amount }) => sum + amount, 0);

/** The longest search that is to be had, by what `unmet` cost. */
export const mostSearch = ({ growth, events }: Unmet): number =>
  Math.max(1, Math.floor((growth * MOST_EVENTS) / Math.max(1, events)));

/** Looks for quiescent states that a history has not met, and for how long everything goes on in them. */
export class UnmetSearch {
  private readonly features: MetFeatures;
  private readonly sampler: IncidentSampler;
  private readonly rates: Float64Array;
  private readonly clocks: HistoryClocks;
  private readonly process: CloudProcess;
  private readonly streams: Streams;
  /** Histories and incidents so far: each has draws of its own. */
  private followed = 0;
  private explored = 0;

  /** @param sampler one of its own, which has learnt nothing */
  constructor(model: CompiledModel, seed: string, features: MetFeatures, sampler: IncidentSampler) {
    this.features = features;
    this.sampler = sampler;
    sampler.explore();
    this.rates = sampler.classes.rates;
    this.clocks = new HistoryClocks(model, `${seed}/unmet`);
    this.process = new CloudProcess(model, this.clocks, new SilentObserver());
    this.streams = new Streams(new Uint32Array(streamKey('unmet', 'kept')), rootKey(seed));
  }

  /** By incidents whose durations and times are as they fall, so many times as many as the first time. */
  explore(growth: number): Unmet {
    const { sampler } = this;
    const before = sampler.events;
    const ends = this.ends(growth);
    const unmet = this.follow(ends, growth);
    return { ...unmet, events: unmet.events + sampler.events - before };
  }

  /** A natural history from each end of an incident, until it is in a state like those that have been met. */
  follow(ends: readonly FoundState[], growth = 1): Unmet {
    const states: FoundState[] = [];
    let [all, lasting, events] = [0, 0, 0];
    const some = this.some(ends, growth);
    const mostEvents = (MOST_FOLLOWED * growth) / some.length;
    for (const end of some) {
      this.begin(end);
      const one = this.historyOf(end, mostEvents);
      states.push(...one.states);
      all += one.time;
      if (one.lasts) lasting += one.time;
      events += one.events;
    }
    return { states, lasting: all > 0 ? lasting / all : 0, growth, events };
  }

  /** States that incidents end in and that are new, each with the rate of such incidents. */
  private ends(growth: number): readonly FoundState[] {
    const { sampler, features } = this;
    const rates = sampler.rates();
    const possible = rates.reduce((count, rate) => count + Number(rate > 0), 0);
    const samples = growth * Math.max(LEAST_EXPLORED, Math.ceil(EXPLORED / possible));
    const first = this.explored;
    this.explored += samples;
    const found = new FoundStates(features, MOST_NUMBERS);
    rates.forEach((_, stratum) => {
      if (rates[stratum] === 0) return;
      for (let k = 0; k < samples; k++) {
        sampler.sample(stratum, stratum * STRATUM + first + k, (rate, { fullWeight, end }) => {
          found.look((rate * fullWeight) / samples, k, end);
        });
      }
    });
    return found.states;
  }

  /** As many as there is time for, each for those left out. */
  private some(ends: readonly FoundState[], growth: number): readonly FoundState[] {
    if (ends.length === 0) return ends;
    const { ints, reals } = ends[0]!;
    const room = Math.floor(MOST_NUMBERS / (KEPT * (ints.length + reals.length)));
    const most = Math.min(MOST_ENDS * growth, Math.max(BATCHES, room));
    if (ends.length <= most) return ends;
    const all = ends.reduce((sum, { amount }) => sum + amount, 0);
    this.streams.begin(this.followed++);
    return ends.flatMap((end) => {
      const chance = Math.min(1, most * ((BY_RATE * end.amount) / all + (1 - BY_RATE) / ends.length));
      return this.streams.next53(0) < chance ? [{ ...end, amount: end.amount / chance }] : [];
    });
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

  private historyOf({ amount, block }: FoundState, mostEvents: number) {
    const { clocks, process, features, streams } = this;
    const w = process.world;
    const kept: FoundState[] = [];
    let [visits, time, lasts] = [0, 0, false];
    let events = 0;
    for (; ; events++) {
      if (w.quiescent) {
        if (!features.isRare(w.ints)) break;
        const own = amount * this.meanIdle();
        time += own;
        visits++;
        // Each visit is kept with the same chance.
        const place = kept.length < KEPT ? kept.length : Math.floor(streams.next53(0) * visits);
        if (place < KEPT)
          kept[place] = { amount: own, block, since: w.now, ints: w.ints.slice(), reals: w.reals.slice() };
      }
      lasts = visits > MOST_INCIDENTS || events > mostEvents;
      if (lasts) break;
      const next = clocks.timers.nextTime();
      if (next === Number.POSITIVE_INFINITY) break;
      clocks.now = next;
      process.fire(clocks.timers.pop(), next);
    }
    const states = kept.map((state) => ({ ...state, amount: (state.amount * visits) / kept.length }));
    return { states, time, lasts, events };
  }

  /** Mean time until something fails, µs. */
  private meanIdle(): number {
    const { paces } = this.process.world;
    return 1 / this.rates.reduce((sum, rate, mode) => sum + rate * paces[mode]!, 0);
  }
}
