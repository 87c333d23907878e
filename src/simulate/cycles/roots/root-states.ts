import type { CompiledModel } from '../../../compile/model.ts';
import { type Observer, SilentObserver } from '../../../dynamics/observer.ts';
import { CloudProcess } from '../../../dynamics/process.ts';
import type { World } from '../../../dynamics/world.ts';
import { HistoryClocks } from '../../history-clocks.ts';

/** A quiescent state of the model: everything there is to go on from. */
export interface RootState {
  readonly ints: Int32Array;
  readonly reals: Float64Array;
}

/** Whoever looks on while roots are met: told of the world before anything happens, and of every failure out of quiescence. */
export interface RootWitness extends Observer {
  begin(world: World): void;
  /** @param events of the history before it */
  incidentBegins(now: number, events: number): void;
}

const MOST_ROOTS = 1_024;
/** Roots of the largest models. */
export const FEWEST_ROOTS = 16;
/** Numbers kept in all roots together (some 64 MB): large models get by with fewer roots. */
const MOST_NUMBERS = 8_000_000;
/** Incidents of the natural run between two roots: enough for roles and places to change hands. */
const INCIDENTS_BETWEEN = 4;
const MOST_EVENTS = 2_000_000;

/**
 * Quiescent states as a natural history meets them just before failures (methods §2.6): who is active and where members
 * run after replacements is part of them. Equal dynamic states are kept as often as they were met.
 *
 * @param most roots at most
 */
export function rootStates(
  model: CompiledModel,
  seed: string,
  witness?: RootWitness,
  most = MOST_ROOTS,
): readonly RootState[] {
  const clocks = new HistoryClocks(model, `${seed}/roots`);
  const process = new CloudProcess(model, clocks, witness ?? new SilentObserver());
  const w = process.world;
  clocks.begin(0);
  witness?.begin(w);
  process.reset();
  const roots: RootState[] = [];
  const wanted = Math.min(most, Math.max(FEWEST_ROOTS, Math.floor(MOST_NUMBERS / (w.ints.length + w.reals.length))));
  const keep = (): void => {
    roots.push({ ints: w.ints.slice(), reals: w.reals.slice() });
  };
  keep();
  let incidents = 0;
  for (let event = 0; event < MOST_EVENTS && roots.length < wanted; event++) {
    const wasQuiescent = w.quiescent;
    const time = clocks.timers.nextTime();
    if (time === Number.POSITIVE_INFINITY) break;
    if (wasQuiescent) {
      witness?.incidentBegins(time, event);
      if (++incidents % INCIDENTS_BETWEEN === 0) keep();
    }
    clocks.now = time;
    process.fire(clocks.timers.pop(), time);
  }
  return roots;
}
