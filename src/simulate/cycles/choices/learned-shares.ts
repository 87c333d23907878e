/** Shares of the parts of mixtures, in proportion to what the pilot saw come of each (cross-entropy). */
export class LearnedShares {
  /** By mixture and part. */
  readonly shares: Float64Array;
  private readonly least: readonly number[];
  private readonly worth: Float64Array;
  /** What is being learned: not used until it is taught. */
  private readonly newWorth: Float64Array;

  /** @param first shares to start with, @param least what learning leaves to each part */
  constructor(mixtures: number, first: readonly number[], least: readonly number[]) {
    this.least = least;
    this.shares = new Float64Array(mixtures * first.length);
    for (let i = 0; i < this.shares.length; i++) this.shares[i] = first[i % first.length]!;
    this.worth = new Float64Array(this.shares.length);
    this.newWorth = new Float64Array(this.shares.length);
  }

  /** A part was worth so much; `index` is its place in `shares`. */
  learn(index: number, worth: number): void {
    this.newWorth[index]! += worth;
  }

  /** What has been learned since the last time, as `index, worth` one after the other. */
  takeLesson(): number[] {
    const { newWorth } = this;
    const lesson: number[] = [];
    for (let i = 0; i < newWorth.length; i++) if (newWorth[i]! > 0) lesson.push(i, newWorth[i]!);
    newWorth.fill(0);
    return lesson;
  }

  /** Adds a lesson to what `useLearned` goes by. */
  teach(lesson: ArrayLike<number>): void {
    for (let i = 0; i < lesson.length; i += 2) this.worth[lesson[i]!]! += lesson[i + 1]!;
  }

  /** Shares follow what was taught since the last time; they change no more. */
  useLearned(): void {
    const { shares, worth, least } = this;
    const parts = least.length;
    const free = 1 - least.reduce((sum, share) => sum + share, 0);
    for (let row = 0; row < shares.length; row += parts) {
      let sum = 0;
      for (let part = 0; part < parts; part++) {
        // Of what has never been tried nothing is known yet: as good as all else together.
        if (shares[row + part] === 0) worth[row + part] = sum;
        sum += worth[row + part]!;
      }
      if (sum === 0) continue;
      for (let part = 0; part < parts; part++) shares[row + part] = least[part]! + (free * worth[row + part]!) / sum;
    }
    worth.fill(0);
  }
}
