/**
 * What a driver provides to the transition code. The transition code says which clocks run, at what pace or by what
 * law, and asks for every random branch; it draws nothing itself. Natural histories, scripted runs, the rare-event
 * cycles and the chain generator are drivers.
 */
export interface Clocks {
  /** Starts phase clock `slot` by law `law`; calendar laws count their grid from `origin` (µs). */
  start(slot: number, law: number, origin: number): void;
  /** Stops phase clock `slot` if it runs. */
  stop(slot: number): void;
  /** Failure clock of `mode` runs at `factor` times its nominal rate from now on; 0 freezes it (its age is kept). */
  pace(mode: number, factor: number): void;
  /** The next failure of `mode` is counted from new; the pace stays. */
  renew(mode: number): void;
  /** A random branch: true with probability `p`, by random stream `stream`. */
  choose(p: number, stream: number): boolean;
}
