import type { Command } from 'commander';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** What can be completed of one command. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletableOption[];
  /** Words its arguments may be; empty: files. */
  readonly words: readonly string[];
}

export interface CompletableOption {
  /** `--format`, and `-o` where it has a short form. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  /** Words the value may be; empty: anything, for example a file. */
  readonly choices: readonly string[];
}

/** The completion script of a shell, from the definition of the commands themselves. */
export function completionScript(shell: Shell, program: Command): string {
  const commands = program.commands.map(completable);
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      return zshScript(commands);
    case 'fish':
      return fishScript(commands);
  }
}

function completable(command: Command): Completable {
  const options = command.options.map(
    (option): CompletableOption => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined && flag !== null),
      summary: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    }),
  );
  return {
    name: command.name(),
    summary: command.description(),
    options: [...options, { flags: ['-h', '--help'], summary: 'options and examples', takesValue: false, choices: [] }],
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
}
