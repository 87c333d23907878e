import type { Command } from 'commander';
import { problemsText } from './errors.ts';
import { repeated } from './quantities.ts';
import type { LoadedFile, Session } from './session.ts';

export interface ScenarioOptions {
  readonly variant?: string;
  readonly set?: readonly string[];
  readonly change?: readonly string[];
  readonly quiet?: true;
}

export interface ServiceOptions {
  readonly service?: readonly string[];
}

/** Options of every command that reads one scenario. */
export function withScenarioOptions(command: Command): Command {
  return command
    .option('--variant <name>', 'lay a variant of the file over it')
    .option('--set <path=value>', 'change one value, may be repeated', repeated(String));
}

/** For commands that can answer for some services alone. */
export function withServiceOption(command: Command): Command {
  return command.option(
    '--service <name>',
    'this service alone, with what can influence it and nothing else; may be repeated',
    repeated(String),
  );
}

/** Reads the scenario; its warnings go to the error stream. Throws InputError with every problem of the file. */
export async function loadFile(file: string, options: ScenarioOptions, session: Session): Promise<LoadedFile> {
  const { loadScenario, readTextFile } = await session.api();
  const { variant, set = [], change = [] } = options;
  const read = await loadScenario(
    { file },
    { readFile: readTextFile, set, change, ...(variant === undefined ? {} : { variant }) },
  );
  if (read.warnings.length > 0 && options.quiet !== true)
    session.io.stderr.write(await problemsText(read.warnings, session));
  return read;
}

/** The same, asked about the services named alone. */
export async function loadServices(
  file: string,
  options: ScenarioOptions & ServiceOptions,
  session: Session,
): Promise<LoadedFile> {
  const read = await loadFile(file, options, session);
  if (options.service === undefined) return read;
  const { onlyServices } = await session.api();
  return { ...read, ...onlyServices(read, options.service) };
}
