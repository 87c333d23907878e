import type { CompareOptions, Labelled } from '../../index.ts';
import { EXIT } from '../exit-code.ts';
import { interruptibly } from '../interruptible.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { progressDisplay } from '../progress.ts';
import { countFrom, positiveDuration, positiveNumber, properShare, repeated, wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions } from '../scenario.ts';
import type { Session } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface CompareCommandOptions extends OutputOptions {
  readonly variants?: string;
  readonly set?: readonly string[];
  readonly change?: readonly string[];
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly precision?: string;
  readonly maxTime?: string;
  readonly progress?: true;
  readonly quiet?: true;
}

export const compare: CommandDefinition = {
  name: 'compare',
  summary: 'scenarios or variants on the same histories: what differs, by how much, and what made the difference',
  examples: [
    'compare scenarios/active-standby.yaml --variants nfv-sync,traditional --histories 20',
    'compare scenarios/active-standby.yaml --change groups.sbc.detection.coverage=99.9% --histories 20',
    'compare scenarios/pair-chain.yaml scenarios/pair-chain.yaml --histories 10 --format markdown',
  ],
  define: (command, session) => {
    withOutputOptions(command.argument('<files...>', 'scenarios; the others are compared with the first'))
      .option('--variants <names>', 'variants of the one file, separated by commas; the first is compared with')
      .option('--set <path=value>', 'change one value of all of them, may be repeated', repeated(String))
      .option('--change <path=value>', 'compare the one file with itself changed so, may be repeated', repeated(String))
      .option('--seed <text>', 'seed of all randomness; the same seed gives the same bytes')
      .option('--years <number>', 'simulated years per history', positiveNumber)
      .option('--histories <count>', 'number of histories of each; the most with --precision', countFrom(2))
      .option('--precision <share>', 'stop when every difference is this narrow against the first, for example 1%')
      .option('--max-time <time>', 'start no further history after this time, for example 10min')
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (files: readonly string[], options: CompareCommandOptions) => {
        session.code = await compareFiles(files, options, session);
      });
  },
};

async function compareFiles(
  files: readonly string[],
  options: CompareCommandOptions,
  session: Session,
): Promise<number> {
  await checkOutput(options);
  const api = await session.api();
  const overrides = optionsOf(options, api);
  const [first, ...others] = await compared(files, options, session);
  const display = progressDisplay(session.io, options);
  return interruptibly(
    session,
    (conduct) =>
      api.compare(first!, others, { ...overrides, ...conduct, onProgress: display.update }).finally(display.end),
    async (result) => {
      await emit(result, options, session);
      return EXIT.met;
    },
  );
}

function optionsOf(options: CompareCommandOptions, api: Awaited<ReturnType<Session['api']>>): CompareOptions {
  const { seed, years, histories, precision, maxTime } = options;
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(years === undefined ? {} : { years }),
    ...(histories === undefined ? {} : { histories }),
    ...(precision === undefined ? {} : { precision: properShare('--precision', precision, api) }),
    ...(maxTime === undefined ? {} : { maxTime: positiveDuration('--max-time', maxTime, api) }),
  };
}

/** What is compared, the first one first: several files, variants of one, or one and itself changed. */
async function compared(
  files: readonly string[],
  { variants, change, set = [], quiet }: CompareCommandOptions,
  session: Session,
): Promise<readonly Labelled[]> {
  const api = await session.api();
  const ways = [files.length > 1, variants !== undefined, change !== undefined].filter(Boolean).length;
  if (ways !== 1) {
    const hint = 'several files, or one file with --variants a,b, or one file with --change path=value';
    return wrongOption(
      'compare',
      ways === 0 ? 'there is nothing to compare with' : 'only one way at a time',
      api,
      'bad-use',
      hint,
    );
  }
  const load = async (file: string, label: string, more: ScenarioOptions): Promise<Labelled> => {
    const { scenario, digest } = await loadFile(file, { ...more, ...(quiet === undefined ? {} : { quiet }) }, session);
    return { label, scenario, digest };
  };
  if (variants !== undefined) {
    const names = variants.split(',').map((name) => name.trim());
    if (names.length < 2) return wrongOption('--variants', `expected two or more, got "${variants}"`, api);
    return Promise.all(names.map((variant) => load(files[0]!, variant, { variant, set })));
  }
  if (change !== undefined) {
    const label = change.join(', ');
    return [await load(files[0]!, 'as it stands', { set }), await load(files[0]!, label, { set, change })];
  }
  return Promise.all(files.map((file) => load(file, file, { set })));
}
