/** One line of the benchmark table. */
export interface Row {
  readonly name: string;
  /** Events (or draws, or whatever is counted) of one repetition. */
  readonly events: number;
  /** Speed against the reference of the row, 1 is as fast; from the shortest repetition of each. */
  readonly ratio: number;
  /** What came out, to be compared with what is known. */
  readonly check: string;
}

/** A named group of benchmarks. Running it throws if what comes out is wrong. */
export interface Suite {
  readonly name: string;
  readonly reference: string;
  run(): Row[];
}

const REPETITIONS = 3;

/**
 * Speed of `subject` against `reference`, both built anew and run in turn. Processor time counts, not the clock on the wall,
 * so that neighbours on the machine disturb little.
 */
export function ratio(subject: () => () => void, reference: () => () => void): number {
  let ofSubject = Number.POSITIVE_INFINITY;
  let ofReference = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    ofSubject = Math.min(ofSubject, processorTime(subject()));
    ofReference = Math.min(ofReference, processorTime(reference()));
  }
  return ofReference / ofSubject;
}

function processorTime(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** Throws if a benchmark did not do the work it is timed for. */
export function assert(condition: boolean, message: string): void {
  if (!condition) throw new Error(`benchmark failed: ${message}`);
}
