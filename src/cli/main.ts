import { Command, CommanderError } from 'commander';
import { COMMANDS } from './commands/commands.ts';
import { errorText } from './errors.ts';
import { EXIT } from './exit-code.ts';
import type { Io } from './io.ts';
import type { Api, Calculators, Session } from './session.ts';
import { VERSION } from './version.ts';

/**
 * The command line: `args` without the program's name. Data goes to `io.stdout`, everything else to `io.stderr`.
 * Resolves to the exit code and never throws.
 */
export async function main(
  args: readonly string[],
  io: Io,
  api: () => Promise<Api> = () => import('../index.ts'),
  calculators: () => Promise<Calculators> = () => import('../calculators.ts'),
): Promise<number> {
  const session: Session = { io, api, calculators, code: EXIT.met };
  try {
    await buildProgram(session).parseAsync(args, { from: 'user' });
    return session.code;
  } catch (error) {
    // Commander has already said what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.met : EXIT.failed;
    io.stderr.write(await errorText(error, session));
    return EXIT.failed;
  }
}

/** All commands with their options and examples. */
export function buildProgram(session: Session): Command {
  const { stdout, stderr } = session.io;
  const program = new Command('carriergrade')
    .description(
      'Seconds of downtime a year of a network service on an NFV cloud: simulated, exact where possible, and why.',
    )
    .version(VERSION, '-V, --version')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
    })
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride();
  for (const { name, summary, examples, define } of COMMANDS) {
    const command = program.command(name).description(summary);
    define(command, session);
    command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  carriergrade ${example}`).join('\n')}`);
  }
  return program.addHelpText('after', EXIT_CODES);
}

const EXIT_CODES = `
Exit codes: 0 ran and met its targets, 1 a target was missed, 2 could not run,
3 undecided, 130 and 143 interrupted (what was finished is reported).`;
