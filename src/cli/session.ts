import type { Io } from './io.ts';

export type Api = typeof import('../index.ts');
export type Calculators = typeof import('../calculators.ts');
export type LoadedFile = Awaited<ReturnType<Api['loadScenario']>>;

/** One invocation of the command line. */
export interface Session {
  readonly io: Io;
  /** The library, loaded when a command first needs it. */
  readonly api: () => Promise<Api>;
  /** The part of it that calculates and prints, which loads much faster. */
  readonly calculators: () => Promise<Calculators>;
  /** Exit code so far; commands set it. */
  code: number;
}
