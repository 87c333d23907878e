import { InvalidArgumentError, Option } from 'commander';
import type { Shard, SimulateOptions } from '../../index.ts';
import { checkOutput, type OutputOptions, withOutputOptions, writeText } from '../output.ts';
import { countFrom, positiveDuration, positiveNumber, properShare, wrongOption } from '../quantities.ts';
import { checkResultOptions, withResultOptions } from '../result-options.ts';
import {
  loadServices,
  type ScenarioOptions,
  type ServiceOptions,
  withScenarioOptions,
  withServiceOption,
} from '../scenario.ts';
import type { Api, Session } from '../session.ts';
import { simulatePartTo, simulateTo, workersOption } from '../simulation.ts';
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
  readonly shard?: Shard;
}

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
    'run scenarios/active-standby.yaml --histories 10 --shard 1/2',
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
      .addOption(workersOption())
      .addOption(
        new Option(
          '--method <name>',
          'how downtime is found; auto: by histories, exactly or by rare-event cycles where they see too little',
        ).choices(['auto', 'histories', 'cycles', 'exact']),
      )
      .option('--events <file>', 'also write what happened in the first history, event by event, as JSON lines')
      .option('--shard <k/n>', 'only the k-th of n parts of the work, for "merge"', shardFrom)
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
  const shard = options.shard === undefined ? undefined : checkedShard(options.shard, options, await session.api());
  const loaded = await loadServices(file, options, session);
  const method = options.method ?? loaded.scenario.simulation.method ?? 'auto';
  const settings = { ...overrides, method };
  if (shard !== undefined) return simulatePartTo(loaded, shard, settings, options, session);
  return simulateTo(loaded, settings, options, session, async () => {
    if (options.events === undefined) return;
    const { eventLog } = await session.api();
    await writeText(eventLog(loaded, overrides), options.events, session);
  });
}

/** What makes no sense for a part is refused. Throws InputError that names the option. */
function checkedShard(shard: Shard, options: RunOptions, api: Api): Shard {
  const unused = (option: string, why: string): never => wrongOption(option, why, api, 'unused-option');
  if (options.events !== undefined) unused('--events', 'is written by the run in one piece, not by a shard');
  if (options.elements === true) unused('--elements', 'is for merge, not for a shard');
  if (options.plot === true) unused('--plot', 'is for merge, not for a shard');
  if (options.format !== undefined && options.format !== 'json') unused('--format', 'a shard is written as json');
  return shard;
}

/** `2/5`; for commander. */
function shardFrom(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text.trim()) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new InvalidArgumentError('expected the shard and how many there are, such as 2/5');
}

function simulateOptions(options: RunOptions, api: Api): SimulateOptions {
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
