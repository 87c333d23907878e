import type { Chain } from '../../model/chain.ts';
import { chainClasses } from './classes.ts';
import { RowBuilder } from './rows.ts';
import { type SteadyStateOptions, solveIrreducible } from './steady-state.ts';
import { restartedSubchain } from './subchain.ts';

/** How a chain first comes to a set of states. */
export interface FirstPassage {
  /** Probability of ever coming there. */
  readonly probability: number;
  /** Mean time until then, hours; Infinity when the probability is below 1. MTTF when the set is "down". */
  readonly meanHours: number;
  /** Expected hours spent in each state before the set is reached or can no longer be reached. */
  readonly hoursInState: Float64Array;
}

/** The same chain with the given states made absorbing: nothing leaves them. */
export function absorbing(chain: Chain, target: Uint8Array): Chain {
  const rows = new RowBuilder();
  for (let i = 0; i < chain.states; i++) {
    if (target[i] === 0)
      for (let k = chain.offset[i]!; k < chain.offset[i + 1]!; k++) rows.add(chain.to[k]!, chain.rate[k]!);
    rows.endRow();
  }
  return { ...chain, ...rows.finish() };
}

/**
 * First passage from the chain's start to the states marked in `target`. Solved as the steady state of the chain that
 * starts again whenever it gets there (renewal reward), so rare targets keep all their digits: MTTF = 1 / rate of
 * restarts.
 */
export function firstPassage(chain: Chain, target: Uint8Array, options: SteadyStateOptions = {}): FirstPassage {
  const stopped = absorbing(chain, target);
  const { classOf, recurrent } = chainClasses(stopped);
  const { state, probability } = chain.initial;
  const isTransient = (i: number): boolean => classOf[i]! >= 0 && recurrent[classOf[i]!] === 0;
  const hoursInState = new Float64Array(chain.states);

  let there = 0;
  let underway = 0;
  state.forEach((s, k) => {
    if (target[s] === 1) there += probability[k]!;
    else if (isTransient(s)) underway += probability[k]!;
  });
  if (underway === 0)
    return { probability: there, meanHours: there === 1 ? 0 : Number.POSITIVE_INFINITY, hoursInState };

  const starting = Array.from(state.keys()).filter((k) => isTransient(state[k]!));
  const transient = restartedSubchain(
    stopped,
    Uint8Array.from(classOf, (_, i) => (isTransient(i) ? 1 : 0)),
    {
      state: Int32Array.from(starting, (k) => state[k]!),
      probability: Float64Array.from(starting, (k) => probability[k]! / underway),
    },
  );
  const time = solveIrreducible(transient.rows, options).probability;
  let toTarget = 0;
  let elsewhere = 0;
  transient.member.forEach((source, k) => {
    for (let t = stopped.offset[source]!; t < stopped.offset[source + 1]!; t++) {
      const j = stopped.to[t]!;
      if (target[j] === 1) toTarget += time[k]! * stopped.rate[t]!;
      else if (!isTransient(j)) elsewhere += time[k]! * stopped.rate[t]!;
    }
  });
  const cycle = underway / (toTarget + elsewhere);
  transient.member.forEach((source, k) => {
    hoursInState[source] = time[k]! * cycle;
  });
  const sure = elsewhere === 0 && Math.abs(there + underway - 1) < 1e-12;
  return {
    probability: sure ? 1 : there + (underway * toTarget) / (toTarget + elsewhere),
    meanHours: sure ? cycle : Number.POSITIVE_INFINITY,
    hoursInState,
  };
}
