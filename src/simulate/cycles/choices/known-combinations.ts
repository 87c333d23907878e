/** Combinations that are gone by, those with most downtime. */
const MOST_KEPT = 32;
/** What each further failure that is missing takes off the weight of a combination. */
const PER_FAILURE = 0.1;

/** Failure classes, ascending, each as often as it strikes, and the downtime they have led to. */
interface Combination {
  readonly classes: readonly number[];
  readonly downtime: number;
}

/**
 * Combinations of failures that the pilot has seen lead to downtime, in whatever order. Of an incident that has begun with some
 * of their failures they tell which ones are missing: so an order that is found by hardly any sample is known from another one,
 * which is found by many.
 */
export class KnownCombinations {
  private readonly downtimes = new Map<string, Combination>();
  /** What is being learned. */
  private readonly newDowntimes = new Map<string, Combination>();
  /** Σ downtime · length of the incidents. */
  private length = 0;
  private newLength = 0;
  /** Those that are gone by: classes of all of them, where each begins, and its downtime. */
  private classes = new Int32Array(0);
  private starts = new Int32Array(1);
  private worth = new Float64Array(0);
  /** By class: failures of the incident so far. */
  private readonly struck: Int32Array;

  constructor(classes: number) {
    this.struck = new Int32Array(classes);
  }

  /**
   * @param classes of the failures of an incident, in any order
   * @param downtime anything that is in proportion to it, @param length of the incident, µs
   */
  learn(classes: readonly number[], downtime: number, length: number): void {
    this.newLength += downtime * length;
    add(this.newDowntimes, { classes: [...classes].sort((a, b) => a - b), downtime });
  }

  /** What has been learned since the last time: Σ downtime · length, and of each combination how many classes, which, and its downtime. */
  takeLesson(): number[] {
    const combinations = [...this.newDowntimes.values()].flatMap(({ classes, downtime }) => [
      classes.length,
      ...classes,
      downtime,
    ]);
    const lesson = [this.newLength, ...combinations];
    this.newDowntimes.clear();
    this.newLength = 0;
    return lesson;
  }

  /** Adds a lesson to what is gone by once `useLearned` has been called. */
  teach(lesson: ArrayLike<number>): void {
    this.length += lesson[0]!;
    for (let at = 1; at < lesson.length; ) {
      const end = at + 1 + lesson[at]!;
      const classes = Array.from({ length: lesson[at]! }, (_, i) => lesson[at + 1 + i]!);
      add(this.downtimes, { classes, downtime: lesson[end]! });
      at = end + 1;
    }
  }

  useLearned(): void {
    const known = [...this.downtimes.values()].sort((a, b) => b.downtime - a.downtime).slice(0, MOST_KEPT);
    this.classes = Int32Array.from(known.flatMap(({ classes }) => classes));
    this.starts = new Int32Array(known.length + 1);
    known.forEach(({ classes }, i) => {
      this.starts[i + 1] = this.starts[i]! + classes.length;
    });
    this.worth = Float64Array.from(known, ({ downtime }) => downtime);
  }

  /** Mean length of incidents with downtime, each by its downtime, µs; 0 where none is known. */
  get meanLength(): number {
    let all = 0;
    for (const { downtime } of this.downtimes.values()) all += downtime;
    return all > 0 ? this.length / all : 0;
  }

  /** By class, the share of the known downtime that takes failures of it: that of combinations which are none without them. */
  needed(): Float64Array {
    const shares = new Float64Array(this.struck.length);
    let all = 0;
    for (const { classes, downtime } of this.downtimes.values()) {
      all += downtime;
      for (const one of new Set(classes)) {
        const without = classes.filter((other) => other !== one).join(' ');
        if (!this.downtimes.has(without)) shares[one]! += downtime;
      }
    }
    return shares.map((share) => share / all);
  }

  /**
   * By class, the known downtime that a failure of it may lead to, the less the more else is missing.
   *
   * @param failures those that have struck, and how many of them count
   * @param of class of each mode
   */
  missing(failures: readonly { readonly mode: number }[], count: number, of: Int32Array, out: Float64Array): void {
    const { struck, classes, starts, worth } = this;
    out.fill(0);
    for (let i = 0; i < count; i++) struck[of[failures[i]!.mode]!]!++;
    for (let one = 0; one < worth.length; one++) {
      let missing = 0;
      for (let i = starts[one]!; i < starts[one + 1]!; i++) if (this.isMissing(i, starts[one]!)) missing++;
      if (missing === 0) continue;
      const weight = worth[one]! * PER_FAILURE ** (missing - 1);
      for (let i = starts[one]!; i < starts[one + 1]!; i++) {
        if (this.isMissing(i, starts[one]!)) out[classes[i]!]! += weight;
      }
    }
    for (let i = 0; i < count; i++) struck[of[failures[i]!.mode]!] = 0;
  }

  /** Whether fewer failures of its class have struck than there are in the combination up to `at`. */
  private isMissing(at: number, start: number): boolean {
    const { classes, struck } = this;
    const before = at - struck[classes[at]!]!;
    return before >= start && classes[before] === classes[at];
  }
}

function add(downtimes: Map<string, Combination>, { classes, downtime }: Combination): void {
  const key = classes.join(' ');
  downtimes.set(key, { classes, downtime: downtime + (downtimes.get(key)?.downtime ?? 0) });
}
