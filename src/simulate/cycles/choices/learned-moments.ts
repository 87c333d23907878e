/** By choice: Σ (contribution / weight at the choice)², and how often chosen. */
const SUMS = 2;
/** What the first round counts beside those after it: what followed its choices was drawn by those who had learned nothing. */
const FIRST_ROUND = 0.1;

/** What the pilot has seen come of choices, by (context, kind): root mean squares of what they led to, by their weight. */
export class LearnedMoments {
  /** By (context, kind), 0 where nothing is known; they change with `useLearned` only. */
  readonly roots: Float64Array;
  private readonly sums: Float64Array;
  /** What is being learned. */
  private readonly newSums: Float64Array;
  private isFirst = true;

  constructor(contexts: number, kinds: number) {
    this.roots = new Float64Array(contexts * kinds);
    this.sums = new Float64Array(SUMS * this.roots.length);
    this.newSums = new Float64Array(this.sums.length);
  }

  /** @param choice context · kinds + kind */
  learn(choice: number, perWeight: number): void {
    this.newSums[SUMS * choice]! += perWeight * perWeight;
    this.newSums[SUMS * choice + 1]!++;
  }

  /** What has been learned since the last time, as `choice, sums` one after the other. */
  takeLesson(): number[] {
    const { newSums } = this;
    const lesson: number[] = [];
    for (let at = 0; at < newSums.length; at += SUMS) {
      if (newSums[at + 1]! > 0) lesson.push(at / SUMS, newSums[at]!, newSums[at + 1]!);
    }
    newSums.fill(0);
    return lesson;
  }

  /** Adds a lesson to what is used once `useLearned` has been called. */
  teach(lesson: ArrayLike<number>): void {
    for (let i = 0; i < lesson.length; i += 1 + SUMS) {
      for (let k = 0; k < SUMS; k++) this.sums[SUMS * lesson[i]! + k]! += lesson[i + 1 + k]!;
    }
  }

  useLearned(): void {
    const { roots, sums } = this;
    for (let choice = 0; choice < roots.length; choice++) {
      const times = sums[SUMS * choice + 1]!;
      roots[choice] = times === 0 ? 0 : Math.sqrt(sums[SUMS * choice]! / times);
    }
    if (this.isFirst) for (let at = 0; at < sums.length; at++) sums[at]! *= FIRST_ROUND;
    this.isFirst = false;
  }
}
