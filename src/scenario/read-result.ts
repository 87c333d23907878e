import { InputError, type Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import { resultSchema } from './schema/result.ts';

/** Problems of a stored result that are listed. */
const MOST_PROBLEMS = 10;

/**
 * A result as `run --format json` wrote it, infinite values and all.
 *
 * @param file name for messages
 * @throws InputError when the text is no JSON, or no result of this version
 */
export function readResult(source: string, file: string): Result {
  const tree = parseJson(source, file);
  const format = typeof tree === 'object' && tree !== null && 'format' in tree ? tree.format : undefined;
  if (format !== 'carriergrade/result/1') {
    const found = typeof format === 'string' ? `a ${format}` : 'no result';
    throw new InputError([
      problem(
        file,
        `this is ${found}, not a carriergrade/result/1`,
        'write one with: carriergrade run FILE --format json',
      ),
    ]);
  }
  const read = resultSchema.safeParse(tree);
  if (!read.success) {
    const issues = read.error.issues.slice(0, MOST_PROBLEMS);
    throw new InputError(
      issues.map(({ path, message }) =>
        problem(
          file,
          `${path.join('.') || 'the result'}: ${message}`,
          'the file was changed or written by another version',
        ),
      ),
    );
  }
  return unbounded(tree) as Result;
}

function parseJson(source: string, file: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError([
      problem(file, `not JSON: ${reason}`, 'write a result with: carriergrade run FILE --format json'),
    ]);
  }
}

/** JSON has no infinity: in estimates and longest outages `null` stands for it. */
function unbounded(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(unbounded);
  if (typeof tree !== 'object' || tree === null) return tree;
  const isEstimate = 'value' in tree && 'lo' in tree && 'hi' in tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      const infinite = value === null && (isEstimate || key === 'max');
      return [key, infinite ? Number.POSITIVE_INFINITY : unbounded(value)];
    }),
  );
}

function problem(file: string, message: string, hint: string): Problem {
  return { level: 'error', code: 'bad-result', message: `${file}: ${message}`, hint };
}
