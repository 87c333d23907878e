import { existsSync } from 'node:fs';
import type { HireCrew, Task } from './simulate/crew.ts';

/** Where the built worker lies, seen from the file (or the chunk of it) this module was built into. */
const PLACES = ['./worker.js', '../worker.js'];

/** A crew of threads; undefined where the worker is not built, as when the sources are run as they are. */
export const hireThreads: HireCrew = async (plan, size) => {
  const file = PLACES.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (file === undefined) return undefined;
  const { startPool } = await import('./adapters/piscina.ts');
  const pool = startPool<Task, Float64Array>(file, plan, size);
  return { size, simulate: pool.run, close: pool.close };
};
