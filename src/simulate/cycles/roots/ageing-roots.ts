import type { CompiledModel } from '../../../compile/model.ts';
import { isProofTest } from '../../../compile/proof-tests.ts';
import { SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import { BATCHES } from '../../../measures/cycles/cycle-totals.ts';
import { coefficientOfVariation, mean } from '../../../model/law.ts';
import { InputError } from '../../../model/problem.ts';
import { MICROSECONDS_PER_SECOND } from '../../../model/time.ts';
import type { RootHistory } from '../../crew.ts';
import { EVENTS_BETWEEN_PAUSES, type Interruptible } from '../../interruptible.ts';
import type { FailureClasses } from '../failure-classes.ts';
import { AgeingClocks } from './ageing-clocks.ts';
import { calendarCycle } from './calendar-cycle.ts';
import { FIRST_HISTORY, MOST_EVENTS, MOST_NUMBERS, type RootsMet, rootsSeed } from './root-history.ts';
import type { RootState } from './root-states.ts';

/** A quiescent state just before a failure, with what fails and the ages (µs of operation) of all failure clocks. */
export interface AgedRoot extends RootState {
  readonly mode: number;
  /** When it was met, µs since calendars began. */
  readonly time: number;
  readonly ages: Float64Array;
  /** By proof test: µs until it takes place. */
  readonly tests: Float64Array;
}

/**
 * Roots of models whose failures age: a natural history cut into `BATCHES` blocks of equal quiescent time. Ages last from
 * one incident to the next, so the blocks, not the samples, are what is independent: sample k starts from a root of block
 * k mod `BATCHES`, with the rate that its class had in that block, and the interval is the jackknife's over the blocks.
 */
export interface AgedRoots extends RootsMet {
  readonly blocks: number;
  /** By block and class: failures out of quiescence per µs of it. */
  readonly rates: readonly Float64Array[];
  /** By block and class: some of the roots met, as many as there were up to a bound. */
  readonly roots: readonly (readonly (readonly AgedRoot[])[])[];
  /** Mean length of an incident, µs. */
  readonly incident: number;
}

/** Incidents of a block, on average: failures are counted to 0.6 % over all blocks. */
export const INCIDENTS_PER_BLOCK = 1_024;
/** Incidents and mean lifetimes before the first block: all is new at first. */
const FIRST_INCIDENTS = 500;
const FIRST_LIFETIMES = 10;
/**
 * Mean lifetimes, times the squared coefficient of variation of the lifetime, until clocks have forgotten where they stood (to
 * e^-10), and that a block lasts at least: a renewal process forgets by e^(−2π²cv²) with each life.
 */
const FORGOTTEN = 0.5;
const LASTING = 1;

/**
 * The roots of `model`, from a natural history.
 *
 * @throws InputError `unsupported` where that would have to be too long
 */
export function* agedRoots(
  model: CompiledModel,
  classes: FailureClasses,
  seed: string,
  history: RootHistory = FIRST_HISTORY,
): Interruptible<AgedRoots> {
  const { number, growth } = history;
  const clocks = new AgeingClocks(model, rootsSeed(seed, number), classes.fixed);
  const process = new CloudProcess(model, clocks, new SilentObserver());
  const w = process.world;
  clocks.begin(0);
  process.reset();
  const numbers = w.ints.length + w.reals.length + model.modes.count;
  const most = Math.max(2, Math.floor(MOST_NUMBERS / (numbers * BATCHES * classes.count)));
  const tests = Float64Array.from(classes.tests);
  const cycle = calendarCycle(model.laws);
  let settled = 0;
  let lasting = 0;
  classes.hazards.forEach((hazard, mode) => {
    if (hazard === undefined) return;
    const law = model.laws[model.modes.law[mode]!]!;
    const life = mean(law) * MICROSECONDS_PER_SECOND;
    const spread = coefficientOfVariation(law) ** 2;
    settled = Math.max(settled, life * Math.max(FIRST_LIFETIMES, FORGOTTEN / spread));
    lasting = Math.max(lasting, (life * LASTING) / spread);
  });
  const rates = Array.from({ length: BATCHES }, () => new Float64Array(classes.count));
  const roots: AgedRoot[][][] = rates.map(() => Array.from({ length: classes.count }, () => []));
  let quiescent = 0;
  let busy = 0;
  let incidents = 0;
  let blockTime = 0;
  const keep = (block: number, mode: number, time: number): void => {
    const one = classes.of[mode]!;
    const met = rates[block]![one]! * blockTime;
    rates[block]![one] = (met + 1) / blockTime;
    const kept = roots[block]![one]!;
    const place = kept.length < most ? kept.length : Math.floor(clocks.uniform() * (met + 1));
    if (place >= most) return;
    kept[place] = {
      ints: w.ints.slice(),
      reals: w.reals.slice(),
      mode,
      time: time % cycle,
      ages: clocks.agesAt(time),
      tests: tests.map((test) => clocks.timers.timeOf(test) - time),
    };
  };
  for (let event = 0; event < MOST_EVENTS; event++) {
    if (event % EVENTS_BETWEEN_PAUSES === 0) yield;
    const time = clocks.timers.nextTime();
    if (time === Number.POSITIVE_INFINITY) break;
    const slot = clocks.timers.pop();
    if (!w.quiescent) busy += time - w.now;
    else {
      quiescent += time - w.now;
      // A proof test in which nothing is found is the beginning of nothing.
      const isTest = slot < model.modes.count && isProofTest(model, slot);
      if (!isTest) incidents++;
      if (blockTime === 0) {
        if (incidents >= FIRST_INCIDENTS && time >= settled) {
          blockTime = growth * Math.max((INCIDENTS_PER_BLOCK * quiescent) / incidents, lasting);
          quiescent = 0;
        }
      } else {
        const block = Math.floor(quiescent / blockTime);
        if (block >= BATCHES)
          return { blocks: BATCHES, rates, roots, incident: busy / incidents, events: event, history };
        if (!isTest) keep(block, slot, time);
      }
    }
    clocks.now = time;
    process.fire(slot, time);
  }
  throw new InputError([
    {
      level: 'unsupported',
      code: 'roots',
      message: `failures age, and ${MOST_EVENTS} events are not enough to learn at what ages they strike (the more alike lifetimes are, the longer they stay in step)`,
      hint: 'use --method histories',
    },
  ]);
}
