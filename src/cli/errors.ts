import type { InputError, Problem } from '../index.ts';
import type { Session } from './session.ts';

/** Something outside the program is in the way, for example a file that cannot be written; the message says it all. */
export class EnvironmentError extends Error {}

/** What the user is told: located problems, a plain message, or an internal error with its stack only when asked for. */
export async function errorText(error: unknown, session: Session): Promise<string> {
  if (isInputError(error)) return problemsText(error.problems, session);
  if (error instanceof EnvironmentError) return `error: ${error.message}\n`;
  const message = error instanceof Error ? error.message : String(error);
  if (session.io.env['CARRIERGRADE_DEBUG'] !== undefined && error instanceof Error) {
    return `internal error: ${error.stack ?? message}\n`;
  }
  return `internal error: ${message}\n  This is a defect of carriergrade. CARRIERGRADE_DEBUG=1 shows where it happened.\n`;
}

/** All problems, and how many they are when they are several. */
export async function problemsText(problems: readonly Problem[], { calculators }: Session): Promise<string> {
  const { formatProblem } = await calculators();
  const text = problems.map((problem) => `${formatProblem(problem)}\n`).join('');
  if (problems.length < 2) return text;
  const warnings = problems.filter(({ level }) => level === 'warning').length;
  const counts = [counted(problems.length - warnings, 'error'), counted(warnings, 'warning')];
  return `${text}${counts.filter((count) => count !== '').join(', ')}\n`;
}

function isInputError(error: unknown): error is InputError {
  return error instanceof Error && error.name === 'InputError' && 'problems' in error;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}
