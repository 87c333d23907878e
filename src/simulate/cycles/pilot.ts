import type { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';

/** Rounds of a pilot, and how many there are at most while some order of failures has not been met. */
const ROUNDS = 2;
export const MOST_ROUNDS = 4;
/** Share of the downtime from which on a class of failures is missed among those that begin incidents with downtime. */
const NOTICED = 0.01;

/**
 * Rounds that learn where downtime comes from.
 *
 * @param collect one round, told its number from 0 on; undefined when time was over
 * @param possible by class: whether incidents can begin with it
 * @returns what the last round has met
 */
export async function pilot<Met extends { readonly totals: CycleTotals }>(
  collect: (round: number) => Promise<Met | undefined>,
  possible: readonly boolean[],
): Promise<Met | undefined> {
  let met = await collect(0);
  for (let round = 1; round < MOST_ROUNDS && met !== undefined; round++) {
    if (round >= ROUNDS && !lacksBeginnings(met.totals, possible)) break;
    met = await collect(round);
  }
  return met;
}

/**
 * Whether failures of a class take part in the downtime that a round of the pilot has met, and yet none of its incidents with
 * downtime began with one: what is hard to find in this order is known from another, so the next round looks for it.
 */
function lacksBeginnings(totals: CycleTotals, possible: readonly boolean[]): boolean {
  const involved = new Float64Array(possible.length);
  let all = 0;
  for (const [combination, downtime] of totals.combinations) {
    all += downtime;
    for (const one of new Set(combination.split(' '))) involved[Number(one)]! += downtime;
  }
  return possible.some(
    (can, one) => can && involved[one]! > NOTICED * all && totals.deviation(one, CYCLE.downtime) === 0,
  );
}
