import type { CompiledModel } from '../../compile/model.ts';
import type { TransitionModel } from '../../model/chain.ts';

/** The model in which nothing fails. */
export function faultless(model: CompiledModel): CompiledModel {
  const never = model.laws.length;
  const laws = [...model.laws, { kind: 'never' } as const];
  return { ...model, laws, modes: { ...model.modes, law: new Int32Array(model.modes.count).fill(never) } };
}

/**
 * A state space with at most `most` faults between two quiet instants, at which nothing is under way. Its long-run figures
 * are those of the full space but for what needs more faults at once; it is that much smaller. The state gets one more
 * number: the faults since it was last quiet (which is of no account once it is quiet again).
 *
 * @param calm the same space without faults: of any state it lists, in the same order, all transitions that are no faults
 */
export function fewFaults(full: TransitionModel, calm: TransitionModel, most: number): TransitionModel {
  const width = full.initial.length;
  const initial = new Int32Array(width + 1);
  initial.set(full.initial);
  const next = new Int32Array(width + 1);
  return {
    initial,
    ...(full.rewardCount === undefined ? {} : { rewardCount: full.rewardCount }),
    successors(state, emit) {
      const own = state.subarray(0, width);
      const phases = movesOf(calm, own);
      const faults = phases.length === 0 ? 0 : state[width]!;
      const send = (moves: readonly Move[], count: number): void => {
        next[width] = count;
        for (const [rate, target] of moves) {
          next.set(target);
          emit(rate, next);
        }
      };
      send(phases, faults);
      if (faults >= most) return;
      // Faults come first.
      const moves = movesOf(full, own);
      send(moves.slice(0, moves.length - phases.length), faults + 1);
    },
    reward(state, out) {
      full.reward?.(state.subarray(0, width), out);
    },
  };
}

type Move = readonly [rate: number, target: Int32Array];

function movesOf(model: TransitionModel, state: Int32Array): Move[] {
  const moves: Move[] = [];
  model.successors(state, (rate, target) => {
    if (rate > 0) moves.push([rate, target.slice()]);
  });
  return moves;
}
