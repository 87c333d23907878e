import type { Command } from 'commander';
import type { Session } from '../session.ts';

/** One command: its help, examples that run, and what adds arguments, options and the action. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** Arguments without the program's name; all of them run in the project's folder. */
  readonly examples: readonly string[];
  readonly define: (command: Command, session: Session) => void;
}
