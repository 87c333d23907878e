import { readFileSync, statSync } from 'node:fs';
import { InputError, type Problem } from '../../model/problem.ts';
import { MAX_CHARACTERS } from './document.ts';

/** The name of a file that stands for standard input. */
export const STANDARD_INPUT = '-';

let input: string | undefined;

/**
 * Text of a file, or of standard input for `-` (read once, however often it is asked for). The only place of this room that touches the file system.
 * @throws InputError when it does not exist, is a directory, cannot be read or is too large to be a scenario.
 */
export function readTextFile(path: string): string {
  const fail = (code: string, message: string, hint?: string): never => {
    const problem: Problem = { level: 'error', code, message, place: { file: path, line: 1, column: 1 } };
    throw new InputError([hint === undefined ? problem : { ...problem, hint }]);
  };
  try {
    if (path === STANDARD_INPUT) {
      input ??= readFileSync(0, 'utf8');
      return input;
    }
    const stat = statSync(path);
    if (stat.isDirectory()) return fail('is-a-directory', `${path} is a directory`, 'name a file in it');
    // Four bytes is the longest character; the exact limit is checked on the text.
    if (stat.size > 4 * MAX_CHARACTERS)
      return fail('file-too-large', `${path} has ${stat.size} bytes, too many for a scenario`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as { code?: unknown }).code;
    if (code === 'ENOENT') return fail('missing-file', `${path} does not exist`);
    return fail('unreadable-file', `${path} cannot be read (${String(code)})`);
  }
}
