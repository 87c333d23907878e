import { constants } from 'node:fs';
import { access, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { styleText } from 'node:util';
import { type Command, Option } from 'commander';
import type { Output, RenderOptions, ReportFormat } from '../index.ts';
import { EnvironmentError } from './errors.ts';
import type { Session } from './session.ts';

export interface OutputOptions {
  readonly format?: ReportFormat;
  readonly output?: string;
  /** False with `--no-color`. */
  readonly color: boolean;
  readonly quiet?: true;
  readonly elements?: true;
  readonly interactive?: true;
  readonly plot?: true;
}

const FORMATS: readonly ReportFormat[] = ['table', 'json', 'csv', 'markdown', 'html'];
const EXTENSIONS: Readonly<Record<string, ReportFormat>> = {
  '.json': 'json',
  '.csv': 'csv',
  '.md': 'markdown',
  '.html': 'html',
};

type Tone = Parameters<NonNullable<RenderOptions['paint']>>[0];
const STYLES: Readonly<Record<Tone, Parameters<typeof styleText>[0]>> = {
  good: 'green',
  bad: 'red',
  open: 'yellow',
  strong: 'bold',
  faint: 'dim',
};

/** Options of every command that reports something; `more` formats are its own. */
export function withOutputOptions(command: Command, more: readonly string[] = []): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how to report; default: by the extension of -o, else table').choices([
        ...FORMATS,
        ...more,
      ]),
    )
    .option('-o, --output <file>', 'write to a file instead of standard output (-)')
    .option('--quiet', 'no warnings, no progress')
    .option('--no-color', 'no colours; NO_COLOR has the same effect');
}

/** Fails early where the output could not be written at the end. */
export async function checkOutput({ output }: Pick<OutputOptions, 'output'>): Promise<void> {
  if (output === undefined || output === '-') return;
  const known = await stat(output).catch(() => undefined);
  if (known?.isDirectory()) throw new EnvironmentError(`cannot write ${output}: it is a directory`);
  const folder = dirname(output);
  const there = await access(known === undefined ? folder : output, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!there)
    throw new EnvironmentError(
      `cannot write ${output}: ${known === undefined ? folder : output} is missing or read-only`,
    );
}

/** The format asked for, or the one of the file's extension. */
export function formatOf({ format, output = '-' }: Pick<OutputOptions, 'format' | 'output'>): ReportFormat {
  return format ?? EXTENSIONS[extname(output).toLowerCase()] ?? 'table';
}

/** Renders and writes to the file asked for, or to standard output in the colours it can show. */
export async function emit(output: Output, options: OutputOptions, session: Session): Promise<void> {
  const { render, drawFigures } = await session.calculators();
  const { stdout } = session.io;
  const width = stdout.columns ?? columnsOf(session.io.env);
  const file = options.output === '-' ? undefined : options.output;
  const format = formatOf(options);
  const allElements = options.elements === true;
  const drawings =
    format === 'html'
      ? await drawFigures(output, { allElements, interactive: options.interactive === true })
      : undefined;
  const toTerminal = file === undefined && options.color;
  const text = render(output, {
    format,
    allElements,
    plot: options.plot === true,
    ...(drawings === undefined ? {} : { drawings }),
    ...(file === undefined && width > 0 ? { width } : {}),
    ...(toTerminal ? { paint: (tone: Tone, part: string) => styleText(STYLES[tone], part, { stream: stdout }) } : {}),
  });
  await writeText(text, file, session);
}

/** Width asked for by the environment where there is no terminal; 0: none. */
function columnsOf({ COLUMNS = '' }: Readonly<Record<string, string | undefined>>): number {
  return /^[1-9]\d{1,3}$/.test(COLUMNS) ? Number(COLUMNS) : 0;
}

/** Standard output, or a file that is complete or not there at all: written beside it first, then renamed. */
export async function writeText(text: string | Uint8Array, file: string | undefined, { io }: Session): Promise<void> {
  if (file === undefined || file === '-') {
    io.stdout.write(text);
    return;
  }
  try {
    const target = await realpath(file).catch(() => file);
    const known = await stat(target).catch(() => undefined);
    if (known !== undefined && !known.isFile()) await writeFile(target, text);
    else await replaceFile(target, text);
  } catch (error) {
    throw new EnvironmentError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function replaceFile(target: string, text: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
