import { dirname, relative, resolve } from 'node:path';
import type { TicketFile } from '../../index.ts';
import { EXIT } from '../exit-code.ts';
import { interruptibly } from '../interruptible.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions, writeText } from '../output.ts';
import { progressDisplay } from '../progress.ts';
import { countFrom, positiveDuration, positiveNumber, repeated, wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Session } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface CalibrateCommandOptions extends ScenarioOptions, OutputOptions {
  readonly data?: readonly string[];
  readonly over?: string;
  readonly atLeast?: number;
  readonly scenario?: string;
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly progress?: true;
}

const SECONDS_PER_YEAR = 31_536_000;

export const calibrate: CommandDefinition = {
  name: 'calibrate',
  summary:
    'measured values from outage tickets and fault-injection logs in place of the prescribed ones, and what they change',
  examples: [
    'calibrate scenarios/calibrate-and-gate.yaml --data scenarios/calibrate-and-gate.csv --over 3years --histories 10',
    'calibrate scenarios/calibrate-and-gate.yaml --data scenarios/calibrate-and-gate.csv --over 3years --histories 5 --format csv',
  ],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<file>', 'scenario as prescribed')))
      .option('--data <csv>', 'tickets, one fault per row; may be repeated', repeated(String))
      .option('--over <time>', 'time over which the tickets of the field were collected, for example 3years')
      .option('--at-least <count>', 'observations from which a measured value is used; default 10', countFrom(2))
      .option('--scenario <file>', 'also write the scenario as measured, as a file that extends the prescribed one')
      .option('--seed <text>', 'seed of all randomness; the same seed gives the same bytes')
      .option('--years <number>', 'simulated years per history', positiveNumber)
      .option('--histories <count>', 'number of histories of each scenario', countFrom(2))
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (file: string, options: CalibrateCommandOptions) => {
        session.code = await calibrateFile(file, options, session);
      });
  },
};

async function calibrateFile(file: string, options: CalibrateCommandOptions, session: Session): Promise<number> {
  await checkOutput(options);
  if (options.scenario !== undefined) await checkOutput({ output: options.scenario });
  const api = await session.api();
  const { data, over, atLeast, seed, years, histories, set = [] } = options;
  if (data === undefined) return wrongOption('--data', 'expected the file of the tickets', api);
  const files = data.map((name): TicketFile => ({ file: name, ...api.readTickets(api.readTextFile(name), name) }));
  const display = progressDisplay(session.io, options);
  const quietly = { ...options, quiet: true as const };
  let first = true;
  return interruptibly(
    session,
    (conduct) =>
      api
        .calibrate(
          (settings) => {
            const loaded = loadFile(file, { ...(first ? options : quietly), set: [...set, ...settings] }, session);
            first = false;
            return loaded;
          },
          files,
          {
            ...(seed === undefined ? {} : { seed }),
            ...(years === undefined ? {} : { years }),
            ...(histories === undefined ? {} : { histories }),
            ...(atLeast === undefined ? {} : { atLeast }),
            ...(over === undefined ? {} : { fieldYears: positiveDuration('--over', over, api) / SECONDS_PER_YEAR }),
            ...conduct,
            onProgress: display.update,
          },
        )
        .finally(display.end),
    async (result) => {
      await emit(result, options, session);
      if (options.scenario !== undefined) {
        const base = relative(dirname(resolve(options.scenario)), resolve(file));
        await writeText(
          api.settingsDocument(base, [...set, ...api.settingsOf(result.parameters)]),
          options.scenario,
          session,
        );
      }
      return EXIT.met;
    },
  );
}
