import type { Baseline } from '../model/check.ts';
import { InputError, type Problem } from '../model/problem.ts';
import { baselineSchema } from './schema/check.ts';

/** A baseline from its JSON text. @throws InputError that names the file and what is wrong in it. */
export function readBaseline(text: string, file: string): Baseline {
  const hint = 'a baseline is written by "carriergrade check … --baseline FILE --update-baseline"';
  const problem = (message: string): Problem => ({
    level: 'error',
    code: 'bad-baseline',
    message: `${file}: ${message}`,
    hint,
  });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new InputError([problem(`not JSON: ${(error as Error).message}`)]);
  }
  const { data: baseline, error } = baselineSchema.safeParse(data);
  if (baseline !== undefined) return baseline as Baseline;
  throw new InputError(
    error!.issues.map(({ path, message }) => problem(`${path.join('.') || 'the document'}: ${message}`)),
  );
}
