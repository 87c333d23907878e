import { InputError } from '../../model/problem.ts';
import type { UnitLibrary } from './compound.ts';

/** Reads without the unit library, and once more with it when a quantity needs it, for example `40 GB / (10 Gbit/s)`. */
export async function withUnits<T>(read: (units?: UnitLibrary) => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    const needed = error instanceof InputError && error.problems.some(({ code }) => code === 'compound-unit');
    if (!needed) throw error;
  }
  const { evaluateUnits } = await import('./expression.ts');
  return read(evaluateUnits);
}
