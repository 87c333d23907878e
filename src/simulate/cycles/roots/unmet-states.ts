import type { CompiledModel } from '../../../compile/model.ts';
import { rootKey, Streams, streamKey } from '../../../kernel/streams.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import type { Interruptible } from '../../interruptible.ts';
import type { IncidentSampler } from '../incident.ts';
import { type Followed, FollowedEnds, whole } from './followed-ends.ts';
import { type FoundState, FoundStates } from './found-states.ts';
import type { MetFeatures } from './met-features.ts';
import { type RareKind, rareKinds } from './rare-kinds.ts';
import { STRATUM } from './root-source.ts';
import type { RootStates } from './root-states.ts';
import { dealt, Thinning } from './thinning.ts';

/** States that incidents begin in and that the history has not met, by the time in states like them. */
export interface Unmet {
  readonly states: readonly FoundState[];
  /** Ways to be rare that tell that a state is one of them (`MetFeatures`). */
  readonly ways: readonly number[];
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
/** Share of them in a first look, ends that it follows, of one kind at least, and events of each. */
const LOOKED = 0.25;
const LOOKS = 64;
const LEAST_LOOKS = 16;
const MOST_LOOKED = 250;
/** States that a first look makes of what it has found: two in each batch. */
const DEALT = 2 * BATCHES;
/** Events of following one end, however long. */
const ENDLESS = 100_000;
/** Numbers of all states that are kept: 32 MB. */
const MOST_NUMBERS = 4_000_000;
/** Incidents between two pauses. */
const SAMPLES_BETWEEN_PAUSES = 100;
/** Events of the longest search: some ten seconds. */
const MOST_EVENTS = 4_000_000;

/** Quiescent time in them, per time in those that have been met. */
export const timeIn = ({ states }: Unmet): number => states.reduce((sum, { amount }) => sum + amount, 0);

/** The longest search that is to be had, by what `unmet` cost. */
export const mostSearch = ({ growth, events }: Unmet): number =>
  Math.max(1, Math.floor((growth * MOST_EVENTS) / Math.max(1, events)));

/** Looks for quiescent states that a history has not met, and for how long everything goes on in them. */
export class UnmetSearch {
  /** What states that are looked for are rare by. */
  private features: MetFeatures;
  /** What the first look has found, and by stratum how far the weights of such ends spread in it. */
  private looked: FoundStates | undefined;
  private deviations: readonly number[] | undefined;
  private readonly roots: RootStates;
  private readonly sampler: IncidentSampler;
  private readonly followed: FollowedEnds;
  private readonly streams: Streams;
  /** Draws and incidents so far. */
  private draws = 0;
  private explored = 0;

  /**
   * @param roots that incidents begin in: those of them that are not rare
   * @param sampler one of its own, which has learnt nothing
   */
  constructor(model: CompiledModel, seed: string, features: MetFeatures, roots: RootStates, sampler: IncidentSampler) {
    this.features = features;
    this.roots = roots;
    this.sampler = sampler;
    this.beginInCommon();
    sampler.explore();
    this.followed = new FollowedEnds(model, seed, sampler.classes);
    this.streams = new Streams(new Uint32Array(streamKey('unmet', 'thinned')), rootKey(seed));
  }

  /** From here on only what is rare in one of these ways is looked for. */
  only(ways: readonly number[]): void {
    this.deviations = this.looked?.deviations(ways);
    this.looked = undefined;
    this.features = this.features.within(ways);
    this.beginInCommon();
  }

  /** By incidents whose durations and times are as they fall, so many times as many as the first time. */
  *explore(growth: number): Interruptible<Unmet> {
    const before = this.sampler.events;
    const { states, lasting, events } = yield* this.within((yield* this.ends(growth)).states, growth);
    return { states, ways: this.features.ways, lasting, growth, events: events + this.sampler.events - before };
  }

  /** By a few incidents, each followed for a short time, and by what is rare about them. */
  *look(): Interruptible<{ readonly kinds: readonly Unmet[]; readonly events: number }> {
    const before = this.sampler.events;
    this.looked = yield* this.ends(LOOKED);
    const kinds = rareKinds(this.looked.groups);
    const each = Math.max(LEAST_LOOKS, Math.ceil(LOOKS / kinds.length));
    const unmet: Unmet[] = [];
    for (const kind of kinds) unmet.push(yield* this.lookAt(kind, each));
    const followed = unmet.reduce((sum, { events }) => sum + events, 0);
    return { kinds: unmet, events: followed + this.sampler.events - before };
  }

  private *lookAt({ ways, states }: RareKind, wanted: number): Interruptible<Unmet> {
    const followed = yield* this.followed.follow(this.some(states, wanted), this.features.within(ways), MOST_LOOKED);
    const { lasting, events } = followed;
    const some = dealt(whole(followed), this.atMost(states, DEALT), this.draw());
    return { states: some, ways, lasting, growth: LOOKED, events };
  }

  private beginInCommon(): void {
    this.sampler.useRoots({ ...this.roots, states: this.features.common(this.roots.states) });
  }

  /** As many of the ends as there is time for, by what it takes from a few. */
  private *within(ends: readonly FoundState[], growth: number): Interruptible<Followed> {
    const { followed, features } = this;
    const probes = this.some(ends, PROBES);
    const probed = (yield* followed.follow(probes, features, ENDLESS)).events;
    const perEnd = (1 + probed) / Math.max(1, probes.length);
    const most = Math.max(PROBES, Math.floor(growth * Math.min(MOST_ENDS, MOST_FOLLOWED / perEnd)));
    const all = yield* followed.follow(this.some(ends, most), features, ENDLESS);
    return { ...all, events: probed + all.events };
  }

  /** States that incidents end in and that are new, each with the rate of such incidents. */
  private *ends(growth: number): Interruptible<FoundStates> {
    const { sampler, features } = this;
    const planned = this.planned(growth);
    const first = this.explored;
    this.explored += Math.max(...planned);
    const found = new FoundStates(features, planned, MOST_NUMBERS);
    for (const [stratum, samples] of planned.entries()) {
      for (let k = 0; k < samples; k++) {
        if (k % SAMPLES_BETWEEN_PAUSES === 0) yield;
        sampler.sample(stratum, stratum * STRATUM + first + k, (rate, { fullWeight, end }) => {
          found.look(rate * fullWeight, stratum, first + k, end);
        });
      }
    }
    return found;
  }

  /** Incidents by what they begin with: half of them all alike, half where the first look has found such ends. */
  private planned(growth: number): number[] {
    const rates = [...this.sampler.rates()];
    const possible = rates.filter((rate) => rate > 0).length;
    const even = growth * Math.max(LEAST_EXPLORED, EXPLORED / possible);
    const { deviations } = this;
    const all = deviations?.reduce((sum, one) => sum + one, 0) ?? 0;
    return rates.map((rate, stratum) => {
      if (rate === 0) return 0;
      const due = all === 0 ? even : (even + (even * possible * deviations![stratum]!) / all) / 2;
      return BATCHES * Math.ceil(due / BATCHES);
    });
  }

  /** So many of them on average, each for those left out. */
  private some(ends: readonly FoundState[], wanted: number): readonly FoundState[] {
    const most = this.atMost(ends, wanted);
    if (ends.length <= most) return ends;
    return new Thinning(ends, most, this.draw()).of(ends);
  }

  private draw(): number {
    this.streams.begin(this.draws++);
    return this.streams.next53(0);
  }

  /** So many, unless they are too large. */
  private atMost(like: readonly FoundState[], wanted: number): number {
    const [first] = like;
    if (first === undefined) return wanted;
    const room = Math.floor(MOST_NUMBERS / (first.ints.length + first.reals.length));
    return Math.min(wanted, Math.max(BATCHES, room));
  }
}
