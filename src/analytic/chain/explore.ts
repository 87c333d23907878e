import type { Chain, TransitionModel } from '../../model/chain.ts';
import { InputError } from '../../model/problem.ts';
import { RowBuilder } from './rows.ts';
import { StateTable } from './state-table.ts';

/** A generated chain with the vector of each of its states: state `i` is `vectors[i·width … (i + 1)·width − 1]`. */
export interface StateSpace {
  readonly chain: Chain;
  readonly width: number;
  readonly vectors: Int32Array;
}

export interface ExploreOptions {
  /** Give up beyond this many states; default 5 000 000 (about 1 GB with ten transitions each). */
  readonly maximumStates?: number;
}

/**
 * Generates every state reachable from the start, breadth first (state 0 is the start; each state has a predecessor
 * of a lower number).
 *
 * @throws InputError with code `too-many-states` when there are more states than allowed; RangeError for a rate that
 * is negative or not finite.
 */
export function exploreChain(model: TransitionModel, options: ExploreOptions = {}): StateSpace {
  const maximum = options.maximumStates ?? 5_000_000;
  const width = model.initial.length;
  const table = new StateTable(width);
  const rows = new RowBuilder();
  const state = new Int32Array(width);
  table.indexOf(model.initial);

  // A rate of 0 says that the move is impossible: its target need not even be a valid state.
  const emit = (rate: number, next: Int32Array): void => {
    if (rate !== 0) rows.add(table.indexOf(next), rate);
  };
  for (let source = 0; source < table.size; source++) {
    if (table.size > maximum) throw tooManyStates(maximum);
    table.read(source, state);
    model.successors(state, emit);
    rows.endRow();
  }

  const { size } = table;
  return {
    chain: {
      ...rows.finish(),
      initial: { state: Int32Array.of(0), probability: Float64Array.of(1) },
      rewards: rewardsOf(model, table, state),
    },
    width,
    vectors: table.vectors.slice(0, size * width),
  };
}

function rewardsOf(model: TransitionModel, table: StateTable, state: Int32Array): Float64Array[] {
  const count = model.rewardCount ?? 0;
  const rewards = Array.from({ length: count }, () => new Float64Array(table.size));
  const values = new Float64Array(count);
  if (model.reward === undefined || count === 0) return rewards;
  for (let i = 0; i < table.size; i++) {
    table.read(i, state);
    values.fill(0);
    model.reward(state, values);
    for (let m = 0; m < count; m++) rewards[m]![i] = values[m]!;
  }
  return rewards;
}

function tooManyStates(maximum: number): InputError {
  return new InputError([
    {
      level: 'unsupported',
      code: 'too-many-states',
      message: `the model has more than ${maximum} states, too many for an exact chain`,
      hint: 'simulate it, lump equal elements, or raise the limit',
    },
  ]);
}
