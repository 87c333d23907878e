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
import { Thinning } from './thinning.ts';

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
/** Ends that are followed, events of following them, and ends that tell how many events one takes. */
const MOST_ENDS = 256;
const MOST_FOLLOWED = 100_000;
const PROBES = 16;
/** Share of them in a first look, ends that it follows, and events of each. */
const LOOKED = 0.25;
const LOOKS = 64;
const MOST_LOOKED = 250;
/** Incidents that an end is followed for, and events of one that does not end. */
const MOST_INCIDENTS = 2_000;
const ENDLESS = 100_000;
/** Numbers of all states that are kept: 32 MB. */
const MOST_NUMBERS = 4_000_000;
/** Events of the longest search: some ten seconds. */
const MOST_EVENTS = 4_000_000;

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
    return this.counted(() => this.within(this.ends(growth), growth));
  }

  /** By a few incidents, each followed for a short time: what is left there counts as it is. */
  look(): Unmet {
    return this.counted(() => this.follow(this.some(this.ends(LOOKED), LOOKS), MOST_LOOKED));
  }

  /** With the events of the incidents, too. */
  private counted(search: () => Unmet): Unmet {
    const before = this.sampler.events;
    const unmet = search();
    return { ...unmet, events: unmet.events + this.sampler.events - before };
  }

  /** As many of the ends as there is time for, by what it takes from a few. */
  private within(ends: readonly FoundState[], growth: number): Unmet {
    const probes = this.some(ends, PROBES);
    const probed = this.follow(probes, ENDLESS).events;
    const perEnd = (1 + probed) / Math.max(1, probes.length);
    const most = Math.max(PROBES, Math.floor(growth * Math.min(MOST_ENDS, MOST_FOLLOWED / perEnd)));
    const unmet = this.follow(this.some(ends, most), ENDLESS);
    return { ...unmet, growth, events: probed + unmet.events };
  }

  /** A natural history from each end of an incident, until it is in a state like those that have been met. */
  private follow(ends: readonly FoundState[], mostEvents: number): Unmet {
    const states: FoundState[] = [];
    let [all, lasting, events] = [0, 0, 0];
    for (const end of ends) {
      const one = this.historyFrom(end, mostEvents);
      states.push(...one.states);
      all += one.time;
      if (one.lasts) lasting += one.time;
      events += one.events;
    }
    return { states, lasting: all > 0 ? lasting / all : 0, growth: 1, events };
  }

  /** States that incidents end in and that are new, each with the rate of such incidents. */
  private ends(growth: number): readonly FoundState[] {
    const { sampler, features } = this;
    const rates = sampler.rates();
    const possible = rates.reduce((count, rate) => count + Number(rate > 0), 0);
    const samples = Math.ceil(growth * Math.max(LEAST_EXPLORED, EXPLORED / possible));
    const first = this.explored;
    this.explored += samples;
    const found = new FoundStates(features, MOST_NUMBERS);
    rates.forEach((_, stratum) => {
      if (rates[stratum] === 0) return;
      for (let k = 0; k < samples; k++) {
        sampler.sample(stratum, stratum * STRATUM + first + k, (rate, { fullWeight, end }) => {
          found.look((rate * fullWeight) / samples, first + k, end);
        });
      }
    });
    return found.states;
  }

  /** So many of them on average, each for those left out. */
  private some(ends: readonly FoundState[], wanted: number): readonly FoundState[] {
    if (ends.length === 0) return ends;
    const { ints, reals } = ends[0]!;
    const room = Math.floor(MOST_NUMBERS / (ints.length + reals.length));
    const most = Math.min(wanted, Math.max(BATCHES, room));
    if (ends.length <= most) return ends;
    this.streams.begin(this.followed++);
    return new Thinning(ends, most, this.streams.next53(0)).of(ends);
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

  private historyFrom(end: FoundState, mostEvents: number) {
    const { clocks, process, features, streams } = this;
    const { amount, block } = end;
    this.begin(end);
    const w = process.world;
    let state: FoundState | undefined;
    let [visits, time, lasts] = [0, 0, false];
    let events = 0;
    for (; ; events++) {
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
