import type { CompiledModel } from '../../../compile/model.ts';
import { type Observer, SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import type { World } from '../../../dynamics/world.ts';
import { mean } from '../../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import type { RootHistory } from '../../crew.ts';
import { HistoryClocks } from '../../history-clocks.ts';
import { EVENTS_BETWEEN_PAUSES, type Interruptible } from '../../interruptible.ts';
import { calendarCycle } from './calendar-cycle.ts';
import { areMixed } from './mixing.ts';
import { FIRST_HISTORY, MOST_EVENTS, MOST_NUMBERS, type RootsMet, rootsSeed } from './root-history.ts';

/** A quiescent state of the model: everything there is to go on from. */
export interface RootState {
  readonly ints: Int32Array;
  readonly reals: Float64Array;
}

/** One as a natural history met it. */
export interface MetState extends RootState {
  /** When it was reached, µs since calendars began. */
  readonly since: number;
}

/** States that incidents of failures without a memory begin in, in the order in which a natural history met them. */
export interface RootStates extends RootsMet {
  readonly states: readonly MetState[];
}

/** Whoever looks on while roots are met: told of the world before anything happens, and of every failure out of quiescence. */
export interface RootWitness extends Observer {
  begin(world: World): void;
  /** @param events of the history before it */
  incidentBegins(now: number, events: number): void;
}

/** Roots of a first history, and of one that has grown. */
export const ROOTS = 1_024;
const MOST_ROOTS = 16_384;
/** Failures within a cycle of the calendars from which on it matters when roots were reached: there are as many at once. */
const TIMED = 0.1;
/** Roots of the largest models. */
export const FEWEST_ROOTS = 16;
/** Incidents of the natural run between two roots: enough for roles and places to change hands. */
const INCIDENTS_BETWEEN = 4;
/** Events of the first history, and from which on roots are taken as they are, though those met one after the other are alike. */
const FIRST_EVENTS = 2_000_000;
const MIXING_EVENTS = 150_000;

export interface RootStatesOptions {
  readonly witness?: RootWitness;
  /** Roots at most, of a history that is short on purpose: it does not grow. */
  readonly most?: number;
  readonly history?: RootHistory;
}

/**
 * Quiescent states as a natural history meets them just before failures (methods §2.6): who is active and where members
 * run after replacements is part of them. Equal dynamic states are kept as often as they were met. A history that has grown
 * has more roots, up to a bound, and more incidents between them; it grows by itself while roots next to each other are alike.
 */
export function* rootStates(
  model: CompiledModel,
  seed: string,
  { witness, most, history = FIRST_HISTORY }: RootStatesOptions = {},
): Interruptible<RootStates> {
  const { number } = history;
  let { growth } = history;
  const clocks = new HistoryClocks(model, rootsSeed(seed, number));
  const process = new CloudProcess(model, clocks, witness ?? new SilentObserver());
  const w = process.world;
  clocks.begin(0);
  witness?.begin(w);
  process.reset();
  let states: MetState[] = [];
  const room = Math.max(FEWEST_ROOTS, Math.floor(MOST_NUMBERS / (w.ints.length + w.reals.length)));
  const first = Math.min(room, most ?? rootsOfFirst(model));
  const grows = most === undefined && first > FEWEST_ROOTS;
  const wanted = growth > 1 ? Math.min(room, MOST_ROOTS, growth * first) : first;
  let between = Math.round((INCIDENTS_BETWEEN * growth * first) / wanted);
  const mostEvents = growth > 1 ? MOST_EVENTS : FIRST_EVENTS;
  const keep = (): void => {
    states.push({ ints: w.ints.slice(), reals: w.reals.slice(), since: w.now });
  };
  keep();
  let incidents = 0;
  let event = 0;
  for (; event < mostEvents && states.length < wanted; event++) {
    if (event % EVENTS_BETWEEN_PAUSES === 0) yield;
    const wasQuiescent = w.quiescent;
    const time = clocks.timers.nextTime();
    if (time === Number.POSITIVE_INFINITY) break;
    if (wasQuiescent) {
      witness?.incidentBegins(time, event);
      if (++incidents % between === 0) keep();
      if (grows && states.length === wanted && event < MIXING_EVENTS && !areMixed(states)) {
        states = states.filter((_, i) => i % 2 === 0);
        between *= 2;
        growth *= 2;
        incidents = 0;
      }
    }
    clocks.now = time;
    process.fire(clocks.timers.pop(), time);
  }
  return { states, history: { number, growth }, events: event };
}

/** A repair that waits for the next week is the longer, the earlier in one its incident begins; an instant weighs as much as a state. */
function rootsOfFirst({ laws, modes }: CompiledModel): number {
  const failures = modes.law.reduce((sum, law) => sum + 1 / (mean(laws[law]!) * MICROSECONDS_PER_SECOND), 0);
  return calendarCycle(laws) * failures > TIMED ? MOST_ROOTS : ROOTS;
}
