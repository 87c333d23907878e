import { BATCHES, type CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import type { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import type { CyclesTask } from '../crew.ts';

/** Samples of one batch: a multiple of the totals' batches, so that sample k is dealt alike wherever its batch begins. */
export const BATCH_SAMPLES = 17 * BATCHES;

/** What a batch of samples comes to. */
export interface Batch {
  readonly events: number;
  /** Whether one of its incidents has ended in a state that the history has hardly met any like (`roots/met-features.ts`). */
  readonly rare: boolean;
  /** What its samples teach. */
  readonly lesson: Float64Array;
}

/** Sums of samples and of how they respond to rates and durations. */
interface Sums {
  readonly totals: CycleTotals;
  readonly scores: ScoreTotals;
}

/**
 * `[events, rare, numbers of the lesson, …lesson, numbers of the scores, …scores, …sums]`, the last two as their `pack` writes them.
 */
export function packBatch({ events, rare, lesson, scores, totals }: Batch & Sums): Float64Array {
  return joined(Float64Array.of(events, Number(rare)), counted(lesson), counted(scores.pack()), totals.pack());
}

/** Absorbs the answer to a batch of `stratum`, every amount times `share`; the rest of what it came to. */
export function absorbBatch({ totals, scores }: Sums, stratum: number, answer: Float64Array, share = 1): Batch {
  let at = 2;
  const next = (): Float64Array => {
    const from = at + 1;
    at = from + answer[at]!;
    return answer.subarray(from, at);
  };
  const lesson = next();
  scores.absorb(stratum, next(), share);
  totals.absorb(stratum, answer.subarray(at), share);
  return { events: answer[0]!, rare: answer[1] === 1, lesson };
}

/** The lessons of a round, in their order, where every thread can read them without a copy. */
export const sharedLessons = (lessons: readonly Float64Array[]): Float64Array => shared(joined(...lessons));

/** The same numbers where every thread can read them without a copy. */
export function shared(numbers: Float64Array): Float64Array {
  const common = new Float64Array(new SharedArrayBuffer(numbers.byteLength));
  common.set(numbers);
  return common;
}

const counted = (numbers: Float64Array): Float64Array => joined(Float64Array.of(numbers.length), numbers);

function joined(...parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The batches of a stage in the order in which they are absorbed: stratum by stratum, sample by sample. */
export function tasksOf(
  planned: readonly number[],
  common: Pick<CyclesTask, 'service' | 'stage' | 'lessons' | 'learn' | 'history' | 'beside'>,
): CyclesTask[] {
  return planned.flatMap((of, stratum) =>
    Array.from({ length: Math.ceil(of / BATCH_SAMPLES) }, (_, i) => {
      const first = i * BATCH_SAMPLES;
      return { ...common, stratum, of, first, count: Math.min(BATCH_SAMPLES, of - first) };
    }),
  );
}
