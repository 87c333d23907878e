import type { CompiledModel } from '../../../compile/model.ts';
import { LearnedShares } from './learned-shares.ts';

/** Branches with an outcome less likely than this are drawn otherwise than they fall (methods §2.3). */
const RARE = 0.25;
/** Chances of the frequent and of the rare outcome to start with, and the least that learning leaves to each. */
const FIRST_CHANCES = [0.75, 0.25] as const;
const LEAST_CHANCES = [0.5, 0.05] as const;
const OUTCOMES = FIRST_CHANCES.length;
/**
 * Rare branches of a course up to which that is so; those after them are drawn ever closer to their own probability: where one
 * fault asks forty times whether it is covered, each answer drawn otherwise would multiply the weights.
 */
const MOST_BRANCHES = 4;
/** What branches are told apart by: what they decide, and how rare the rare outcome is, in powers of two from `RARE` on. */
const PURPOSES = 4;
const POWERS = 8;
const KINDS = PURPOSES * POWERS;

/** Chances by which rare outcomes of branches are drawn: the higher, the more such outcomes have led to downtime (methods §2.3). */
export class RareOutcomes {
  /** By (context, kind of branch): chance of the frequent outcome, then of the rare one. */
  readonly learned: LearnedShares;
  /** By branch: what it decides. */
  private readonly purposes: Uint8Array;
  /** By branch: 0 where what is asked about does not depend on it; undefined: it may depend on all. */
  private readonly matters: Uint8Array | undefined;
  /** Rare branches met since the root. */
  private met = 0;

  constructor({ slots, tracks, seats }: CompiledModel, contexts: number, matters: Uint8Array | undefined) {
    this.matters = matters;
    this.learned = new LearnedShares(contexts * KINDS, FIRST_CHANCES, LEAST_CHANCES);
    // First those of slots, then outcomes of steps, then whether members are covered, then all else.
    this.purposes = new Uint8Array(slots.streams);
    this.purposes.fill(1, slots.count);
    this.purposes.fill(2, slots.count, slots.count + tracks.count);
    this.purposes.fill(3, slots.count + tracks.count, slots.count + tracks.count + seats.count);
  }

  /** At the root of an incident. */
  atRoot(): void {
    this.met = 0;
  }

  /** Place of the frequent outcome of a branch among what is learned, that of the rare one follows; −1: it is drawn as it falls. */
  look(p: number, stream: number, context: number): number {
    const rare = Math.min(p, 1 - p);
    if (rare === 0 || rare >= RARE || this.matters?.[stream] === 0) return -1;
    this.met++;
    const power = Math.min(POWERS - 1, Math.floor(Math.log2(RARE / rare)));
    return OUTCOMES * (context * KINDS + this.purposes[stream]! * POWERS + power);
  }

  /** Chance by which the rare outcome of the branch looked at last is drawn, where its own is `rare`. */
  chance(row: number, rare: number): number {
    return Math.max(rare, this.learned.shares[row + 1]! * Math.min(1, (MOST_BRANCHES / this.met) ** 2));
  }
}
