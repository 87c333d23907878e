import { Option } from 'commander';
import type { Shard, SimulateOptions } from '../index.ts';
import { EXIT, targetsCode } from './exit-code.ts';
import { interruptibly } from './interruptible.ts';
import { KeptWork } from './kept-work.ts';
import { emit, formatOf, type OutputOptions, writeText } from './output.ts';
import { PartialFile } from './partial.ts';
import { progressDisplay } from './progress.ts';
import { countFrom } from './quantities.ts';
import type { LoadedFile, Session } from './session.ts';

/** Options of every command that simulates one scenario. */
export interface SimulationOptions extends OutputOptions {
  readonly workers?: number;
  readonly progress?: true;
}

/** What is simulated, be it read from a file or put together from parts. */
type Simulated = Pick<LoadedFile, 'scenario' | 'digest'>;

/** More threads than any machine has processors are a mistake, and a costly one. */
const MOST_WORKERS = 1_024;

export const workersOption = (): Option =>
  new Option('--workers <count>', 'threads at work at most; default: all processors').argParser(
    countFrom(1, MOST_WORKERS),
  );

/**
 * Simulates and reports. An interrupt ends the run and reports the histories finished; what is finished is kept beside the
 * file asked for, and the same command goes on from there.
 *
 * @param also what else to write once the result is
 */
export async function simulateTo(
  loaded: Simulated,
  settings: SimulateOptions & { readonly finished?: SimulateWork },
  options: SimulationOptions,
  session: Session,
  also: () => Promise<void> = async () => {},
): Promise<number> {
  const { kept, partial } = await keptBeside(loaded, settings, options, session);
  const api = await session.api();
  const display = progressDisplay(session.io, options);
  const asked = {
    ...settings,
    ...(options.elements === undefined ? {} : { allElements: true }),
    // What pictures are drawn from, for those who look at them now or later.
    ...(['html', 'json'].includes(formatOf(options)) ? { portrait: true } : {}),
    workers: options.workers ?? session.io.processors?.() ?? 1,
    onProgress: display.update,
  };
  const work = bothOf(settings.finished, kept);
  let isCut = false;
  return interruptibly(
    session,
    async (conduct) => {
      const result = await api
        .simulate(loaded, { ...asked, ...conduct, ...(work === undefined ? {} : { finished: work }) })
        .finally(display.end)
        .finally(() => kept?.flush());
      isCut = conduct.signal.aborted;
      return result;
    },
    async (result) => {
      await emit(result, options, session);
      await also();
      if (!isCut) await partial?.remove();
      else if (partial !== undefined) tellKept(`${result.run.histories} histories`, partial, session);
      return targetsCode(result.targets);
    },
  );
}

/** Simulates one shard and writes it. An interrupt writes nothing, and keeps what is finished for the same command. */
export async function simulatePartTo(
  loaded: Simulated,
  shard: Shard,
  settings: SimulateOptions,
  options: SimulationOptions,
  session: Session,
): Promise<number> {
  const { kept, partial } = await keptBeside(loaded, settings, options, session);
  const { simulatePart, printPart } = await session.api();
  const display = progressDisplay(session.io, options);
  const workers = options.workers ?? session.io.processors?.() ?? 1;
  return interruptibly(
    session,
    async (conduct) => {
      try {
        return await simulatePart(loaded, shard, {
          ...settings,
          ...conduct,
          workers,
          onProgress: display.update,
          ...(kept === undefined ? {} : { finished: kept }),
        });
      } finally {
        display.end();
        await kept?.flush();
        if (conduct.signal.aborted && partial !== undefined)
          tellKept('the finished histories and cycles', partial, session);
      }
    },
    async (part) => {
      await writeText(printPart(part), options.output, session);
      await partial?.remove();
      return EXIT.met;
    },
  );
}

type SimulateWork = Pick<KeptWork, 'find' | 'keep'>;

async function keptBeside(
  loaded: Simulated,
  settings: SimulateOptions,
  options: OutputOptions,
  session: Session,
): Promise<{ readonly kept?: KeptWork; readonly partial?: PartialFile }> {
  const partial = PartialFile.beside(options.output);
  if (partial === undefined) return {};
  return { partial, kept: await KeptWork.of(partial, loaded, settings, session) };
}

/** Found in either, kept in the second. */
function bothOf(first: SimulateWork | undefined, second: SimulateWork | undefined): SimulateWork | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return { find: (name) => first.find(name) ?? second.find(name), keep: second.keep };
}

/** Says that the same command goes on. */
export function tellKept(what: string, { path }: PartialFile, { io }: Session): void {
  io.stderr.write(`${what} are kept in ${path}: the same command goes on from there\n`);
}
