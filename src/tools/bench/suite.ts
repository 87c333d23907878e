/** One line of the benchmark table. */
export interface Row {
  readonly name: string;
  /** What one repetition does: events, draws, nodes, states. */
  readonly work: string;
  /** Speed against the reference of the suite, 1 is as fast; absent where there is nothing here to measure. */
  readonly ratio?: number;
  /** What came out, to be compared with what is known, or why nothing did. */
  readonly check: string;
}

/** A named group of benchmarks. Running it throws if what comes out is wrong. */
export interface Suite {
  readonly name: string;
  readonly reference: string;
  /** True for suites that take minutes: they run only when they are named. */
  readonly long?: true;
  run(): Row[] | Promise<Row[]>;
}

const REPETITIONS = 3;

/**
 * Speed of `subject` against `reference`, both built anew and run in turn. Processor time counts, not the clock on the wall,
 * so that neighbours on the machine disturb little; the shortest repetition of each.
 */
export function ratio(subject: () => () => void, reference: () => () => void, repetitions = REPETITIONS): number {
  let ofSubject = Number.POSITIVE_INFINITY;
  let ofReference = Number.POSITIVE_INFINITY;
  for (let repetition = 0; repetition < repetitions; repetition++) {
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

/** Throws unless `value` agrees with `expected` to a relative `tolerance`. */
export function assertClose(value: number, expected: number, tolerance: number, what: string): void {
  assert(Math.abs(value / expected - 1) <= tolerance, `${what}: ${value}, not ${expected}`);
}
