import { existsSync } from 'node:fs';
import type { AnalyticResult } from './model/result.ts';
import type { Crew, HistoryPlan, Offer } from './simulate/crew.ts';

/** What the exact side says of each service. */
export type Solved = Record<string, AnalyticResult>;

/** Threads, one of which can be asked to solve the scenario exactly, beside whatever else it does. */
export interface Threads extends Crew {
  readonly solve: () => Promise<Solved>;
}

/** Places of the built worker, seen from the file (or the chunk of it) this module was built into. */
const PLACES = ['./worker.js', '../worker.js'];

/** A crew of threads; undefined where the worker is not built, as when the sources are run as they are. */
export async function hireThreads(plan: HistoryPlan, size: number): Promise<Threads | undefined> {
  const file = PLACES.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (file === undefined) return undefined;
  const { startPool } = await import('./adapters/piscina.ts');
  const pool = startPool<Offer, Float64Array | undefined>(file, plan, size);
  return { size, simulate: pool.run, solve: () => pool.ask('solve') as Promise<Solved>, close: pool.close };
}
