import { Option } from 'commander';
import type { SimulateOptions, SweepAxes, SweepPoint, SweepValues } from '../../index.ts';
import { EXIT } from '../exit-code.ts';
import { interruptibly } from '../interruptible.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions, writeText } from '../output.ts';
import { PartialFile } from '../partial.ts';
import { progressDisplay } from '../progress.ts';
import { countFrom, positiveDuration, positiveNumber, properShare, repeated, wrongOption } from '../quantities.ts';
import { checkResultOptions } from '../result-options.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Api, Session } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface SweepCommandOptions extends ScenarioOptions, Omit<OutputOptions, 'format' | 'quiet'> {
  readonly format?: OutputOptions['format'] | 'parquet';
  readonly over?: readonly string[];
  readonly list?: true;
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly precision?: string;
  readonly maxTime?: string;
  readonly method?: 'histories' | 'cycles';
  readonly progress?: true;
  readonly quiet?: true;
}

export const sweep: CommandDefinition = {
  name: 'sweep',
  summary: 'a scenario over a grid or a list of values of any of its parameters, all on the same random numbers',
  examples: [
    'sweep scenarios/pair-chain.yaml --over groups.pair.probabilities.switch=97%,98%,99% --histories 4',
    'sweep scenarios/pair-chain.yaml --over groups.pair.detection.coverage=99%,99.9% --histories 4 --format csv',
    'sweep scenarios/pair-chain.yaml --over groups.pair.probabilities.switch=96%,97%,98%,99% --histories 20 --plot',
  ],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<file>', 'scenario; - for standard input')), ['parquet'])
      .option(
        '--over <path=a,b,c>',
        'values to try instead of the "sweep" of the file, may be repeated',
        repeated(String),
      )
      .option('--list', 'the first values of all paths, then the second, …, instead of every combination')
      .option('--seed <text>', 'seed of all randomness; the same seed gives the same bytes')
      .option('--years <number>', 'simulated years per history', positiveNumber)
      .option('--histories <count>', 'number of histories of each point; the most with --precision', countFrom(2))
      .option('--precision <share>', 'end a point when every interval is this narrow, for example 5%')
      .option('--max-time <time>', 'start no further history of a point after this time')
      .addOption(new Option('--method <name>', 'cycles: downtime of rare outages').choices(['histories', 'cycles']))
      .option('--plot', 'also draw the downtime over the points with characters (table and markdown)')
      .option('--interactive', 'html: charts that answer to the pointer, half a megabyte more')
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (file: string, options: SweepCommandOptions) => {
        session.code = await sweepFile(file, options, session);
      });
  },
};

async function sweepFile(file: string, options: SweepCommandOptions, session: Session): Promise<number> {
  await checkOutput(options);
  const api = await session.api();
  const { format: named, ...others } = options;
  // Parquet shows neither characters nor charts, and neither does CSV.
  const shown = named === 'parquet' || options.output?.endsWith('.parquet') === true ? 'csv' : named;
  checkResultOptions({ ...others, ...(shown === undefined ? {} : { format: shown }) }, api);
  const overrides = optionsOf(options, api);
  const base = await loadFile(file, options, session);
  const axes = options.over === undefined ? base.sweep : axesOf(options.over, api);
  if (Object.keys(axes).length === 0) {
    return wrongOption('sweep', `${file} has no "sweep"`, api, 'bad-use', 'or name values with --over path=a,b,c');
  }
  const points = api.sweepPoints(axes, options.list === true ? 'list' : 'grid');
  const output = options.output === '-' ? undefined : options.output;
  const partial = PartialFile.beside(output);
  const kept = await partial?.read();
  const finished = kept === undefined ? undefined : api.readPoints(kept);
  const display = progressDisplay(session.io, options);
  const load = (values: SweepValues) =>
    loadFile(file, { ...options, quiet: true, set: [...(options.set ?? []), ...settings(values)] }, session);
  let complete = false;
  return interruptibly(
    session,
    async (conduct) => {
      const found = await api
        .sweep(base, points, {
          ...conduct,
          ...overrides,
          load,
          ...(finished === undefined ? {} : { finished }),
          onProgress: display.update,
          onPoint: async (key: string, point: SweepPoint) =>
            partial?.append(api.printFinished(key, point), 'finished points'),
        })
        .finally(display.end);
      complete = found.points.length === points.length;
      if (found.points.length === 0) throw new api.NothingFinished();
      return found;
    },
    async (found) => {
      if (!complete && partial !== undefined) {
        const kept = `${found.points.length} of ${points.length} points are kept in ${partial.path}`;
        session.io.stderr.write(`${kept}: the same command goes on from there\n`);
        return EXIT.met;
      }
      const { format, ...rest } = options;
      const asParquet = format === 'parquet' || (format === undefined && output?.endsWith('.parquet') === true);
      if (asParquet) await writeText(api.sweepParquet(found), output, session);
      else await emit(found, { ...rest, ...(format === undefined ? {} : { format }) }, session);
      await partial?.remove();
      return EXIT.met;
    },
  );
}

const settings = (values: SweepValues): string[] => Object.entries(values).map(([path, value]) => `${path}=${value}`);

/** `path=a,b,c`: commas inside brackets, braces and quotes belong to a value. */
function axesOf(texts: readonly string[], api: Api): SweepAxes {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      const values = text.slice(at + 1).match(/(?:\{[^}]*\}|\[[^\]]*\]|"[^"]*"|[^,])+/g) ?? [];
      if (at < 1 || values.length === 0) return wrongOption('--over', `expected path=a,b,c, got "${text}"`, api);
      return [text.slice(0, at).trim(), values.map((value) => value.trim())];
    }),
  );
}

function optionsOf(options: SweepCommandOptions, api: Api): SimulateOptions {
  const { seed, years, histories, precision, maxTime, method } = options;
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(years === undefined ? {} : { years }),
    ...(histories === undefined ? {} : { histories }),
    ...(precision === undefined ? {} : { precision: properShare('--precision', precision, api) }),
    ...(maxTime === undefined ? {} : { maxTime: positiveDuration('--max-time', maxTime, api) }),
    ...(method === undefined ? {} : { method }),
  };
}
