import { Option } from 'commander';
import type { Result, SimulateOptions } from '../../index.ts';
import { EnvironmentError } from '../errors.ts';
import { interruptedCode, targetsCode } from '../exit-code.ts';
import type { InterruptSignal } from '../io.ts';
import { checkOutput, emit, formatOf, type OutputOptions, withOutputOptions, writeText } from '../output.ts';
import { progressDisplay } from '../progress.ts';
import { countFrom, positiveDuration, positiveNumber, properShare } from '../quantities.ts';
import { checkResultOptions, withResultOptions } from '../result-options.ts';
import {
  loadServices,
  type ScenarioOptions,
  type ServiceOptions,
  withScenarioOptions,
  withServiceOption,
} from '../scenario.ts';
import type { Api, LoadedFile, Session } from '../session.ts';
import type { CommandDefinition } from './command.ts';

interface RunOptions extends ScenarioOptions, ServiceOptions, OutputOptions {
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  readonly precision?: string;
  readonly maxTime?: string;
  readonly workers?: number;
  readonly method?: NonNullable<SimulateOptions['method']>;
  readonly progress?: true;
  readonly quiet?: true;
  readonly events?: string;
}

/** More threads than any machine has processors are a mistake, and a costly one. */
const MOST_WORKERS = 1_024;

export const run: CommandDefinition = {
  name: 'run',
  summary: 'simulate a scenario: downtime of every service with its interval, and where it comes from',
  examples: [
    'run scenarios/active-standby.yaml',
    'run scenarios/active-standby.yaml --variant traditional --histories 50',
    'run scenarios/active-standby.yaml --set groups.sbc.detection.coverage=99.9% --precision 10%',
    'run scenarios/mano-outage.yaml --format json --seed 7',
    'run scenarios/telco-pair.yaml --method cycles --precision 5%',
    'run scenarios/leaf-spine.yaml --service voice --histories 10',
    'run scenarios/active-standby.yaml --histories 10 --plot',
    'run scenarios/active-standby.yaml --histories 10 --format html',
  ],
  define: (command, session) => {
    const scenario = withServiceOption(
      withScenarioOptions(command.argument('<file>', 'scenario; - for standard input')),
    );
    withResultOptions(withOutputOptions(scenario))
      .option('--seed <text>', 'seed of all randomness; the same seed gives the same bytes')
      .option('--years <number>', 'simulated years per history', positiveNumber)
      .option('--histories <count>', 'number of histories; the most with --precision', countFrom(2))
      .option('--precision <share>', 'stop when every interval is this narrow, for example 5%')
      .option('--max-time <time>', 'start no further history after this time, for example 10min')
      .option('--workers <count>', 'threads at work at most; default: all processors', countFrom(1, MOST_WORKERS))
      .addOption(
        new Option(
          '--method <name>',
          'how downtime is found; auto: by histories, exactly or by rare-event cycles where they see too little',
        ).choices(['auto', 'histories', 'cycles', 'exact']),
      )
      .option('--events <file>', 'also write what happened in the first history, event by event, as JSON lines')
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (file: string, options: RunOptions) => {
        session.code = await runFile(file, options, session);
      });
  },
};

async function runFile(file: string, options: RunOptions, session: Session): Promise<number> {
  await checkOutput(options);
  checkResultOptions(options, await session.calculators());
  if (options.events !== undefined) await checkOutput({ output: options.events });
  const overrides = simulateOptions(options, await session.api());
  const workers = options.workers ?? session.io.processors?.() ?? 1;
  const loaded = await loadServices(file, options, session);
  const method = options.method ?? loaded.scenario.simulation.method ?? 'auto';
  const display = progressDisplay(session.io, options);
  const outcome = await simulateInterruptibly(
    loaded,
    { ...overrides, method, workers, onProgress: display.update },
    session,
  ).finally(display.end);
  if (outcome.result === undefined) return interruptedCode(outcome.interrupted);
  const { result, interrupted } = outcome;
  await emit(result, options, session);
  if (options.events !== undefined) {
    const { eventLog } = await session.api();
    await writeText(eventLog(loaded, overrides), options.events, session);
  }
  return interrupted === undefined ? targetsCode(result.targets) : interruptedCode(interrupted);
}

type Outcome =
  | { readonly result: Result; readonly interrupted: InterruptSignal | undefined }
  /** Interrupted before there was anything to report. */
  | { readonly result: undefined; readonly interrupted: InterruptSignal };

/** An interrupt ends the run and keeps the histories finished; a second one ends the program where it stands. */
async function simulateInterruptibly(
  loaded: LoadedFile,
  options: SimulateOptions,
  { io, api }: Session,
): Promise<Outcome> {
  const { NothingFinished, simulate } = await api();
  const signal = { aborted: false };
  let interrupted: InterruptSignal | undefined;
  const ignore = io.onInterrupt((name) => {
    ignore();
    signal.aborted = true;
    interrupted = name;
  });
  try {
    const result = await simulate(loaded, { ...options, clock: io.clock, signal });
    return { result, interrupted };
  } catch (error) {
    if (!(error instanceof NothingFinished)) throw error;
    if (interrupted === undefined) throw new EnvironmentError(error.message);
    io.stderr.write('interrupted before the first history was finished: nothing to report\n');
    return { result: undefined, interrupted };
  } finally {
    ignore();
  }
}

function simulateOptions(options: RunOptions, api: Api): SimulateOptions & { portrait?: boolean } {
  const { seed, years, histories, precision, maxTime, method, elements } = options;
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(years === undefined ? {} : { years }),
    ...(histories === undefined ? {} : { histories }),
    ...(precision === undefined ? {} : { precision: properShare('--precision', precision, api) }),
    ...(maxTime === undefined ? {} : { maxTime: positiveDuration('--max-time', maxTime, api) }),
    ...(method === undefined ? {} : { method }),
    ...(elements === undefined ? {} : { allElements: true }),
    // What pictures are drawn from, for those who look at them now or later.
    ...(['html', 'json'].includes(formatOf(options)) ? { portrait: true } : {}),
  };
}
