/**
 * What can be wrong with an input, in three levels: `error` (not well-formed, or impossible), `unsupported` (well-formed
 * but not solvable by the method asked for) and `warning` (suspicious). Errors and unsupported ones end in exit code 2.
 */
export type ProblemLevel = 'error' | 'unsupported' | 'warning';

/** Place in an input file; `line` and `column` count from 1, `length` is the number of characters to underline (≥ 1). */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length?: number;
}

/** One problem of one input. `message` says what was found and what is allowed; `hint` what to do about it. */
export interface Problem {
  readonly level: ProblemLevel;
  /** Stable kebab-case code, for example `unknown-key`. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly place?: Place;
  /** Path inside the document, for example `groups[0].detection.coverage`. */
  readonly path?: string;
  /** Lines of the source around the place, already laid out; absent where there is no source. */
  readonly frame?: string;
}

/** Thrown when an input cannot be used; carries every problem found, not only the first. */
export class InputError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'InputError';
    this.problems = problems;
  }
}

/** `file:line:col level code: message`, the frame and the hint: the one way a problem is printed. */
export function formatProblem(problem: Problem): string {
  const { place } = problem;
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column} `;
  const head = `${where}${problem.level} ${problem.code}: ${problem.message}`;
  const frame = problem.frame === undefined ? '' : `\n${problem.frame}`;
  const hint = problem.hint === undefined ? '' : `\n  hint: ${problem.hint}`;
  return head + frame + hint;
}
