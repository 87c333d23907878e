import { type Command, Option } from 'commander';
import type { Combination } from '../../index.ts';
import { EXIT } from '../exit-code.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { optionValue, positiveDuration, repeated, wrongOption } from '../quantities.ts';
import type { Calculators, Session } from '../session.ts';
import { METHODS, type Method, namedEntries, readSplit } from '../splits.ts';
import type { CommandDefinition } from './command.ts';

interface AllocateOptions extends OutputOptions {
  readonly target: readonly string[];
  readonly split: string;
  readonly sub?: readonly string[];
  readonly achieved?: readonly string[];
  readonly method?: Method;
  readonly combination?: Combination;
  readonly cost?: 'logarithmic' | 'reciprocal';
  readonly mission?: string;
}

/** All causes, as the source divides them (B-44). */
const DEFAULT_SPLIT = 'HW=10,ISW_LE_VIM=10,ISW_GT_VIM=10,APP=50,OPER=20';

export const allocate: CommandDefinition = {
  name: 'allocate',
  summary: 'what each block may be down for the whole to meet a target, and the inverse',
  examples: [
    'allocate --target 0.99999,0.999999 --split HW=10,ISW_LE_VIM=10,ISW_GT_VIM=10,APP=50,OPER=20',
    "allocate --target '5 nines' --sub ISW_LE_VIM=nova,neutron,galera,rabbitmq --format csv",
    "allocate --target '315.36 s/year' --method arinc --split db=4/year,web=12/year,cache=1/year",
    "allocate --target '99.99 %' --method minimum-effort --split 'db=99.9 %,web=99.95 %,cache=5 nines'",
    "allocate --target '5 nines' --split node=40,app=60 --achieved 'node=100 s/year,app=200 s/year'",
  ],
  define: (command, session) => {
    withOutputOptions(withAllocationOptions(command)).action(async (options: AllocateOptions) => {
      session.code = await allocateTargets(options, session);
    });
  },
};

function withAllocationOptions(command: Command): Command {
  const methods = Object.entries(METHODS).map(([name, takes]) => `${name}: ${takes}`);
  return command
    .requiredOption(
      '--target <list>',
      'availability or downtime of the whole: 0.99999, "99.999 %", "5 nines", "315.36 s/year"',
      repeated(String),
    )
    .option('--split <list>', 'the blocks of the whole', DEFAULT_SPLIT)
    .addOption(new Option('--method <name>', `how to divide: ${methods.join('; ')}`).choices(Object.keys(METHODS)))
    .option('--sub <block=list>', 'divide a block (OUTER/INNER) again, [METHOD:] first if by another', repeated(String))
    .addOption(
      new Option('--combination <kind>', 'divide the downtime (sum) or the availability (product)').choices([
        'sum',
        'product',
      ]),
    )
    .addOption(
      new Option('--cost <kind>', 'cost of a block of unavailability U: weight/U or weight·ln(1/U)').choices([
        'reciprocal',
        'logarithmic',
      ]),
    )
    .option('--mission <time>', 'mission time, for agree')
    .option(
      '--achieved <block=value>',
      'the inverse: what each block is really down, in the forms of a target',
      repeated(String),
    );
}

async function allocateTargets(options: AllocateOptions, session: Session): Promise<number> {
  await checkOutput(options);
  const api = await session.calculators();
  const { mission, target, achieved, ...split } = options;
  const missionHours =
    mission === undefined ? {} : { missionHours: positiveDuration('--mission', mission, api) / 3_600 };
  const targets = target.flatMap((list) =>
    list.split(',').map((text) => optionValue('--target', api.parseUnavailability(text), api)),
  );
  const allocation = api.allocate(targets, readSplit({ ...split, ...missionHours }, api));
  if (achieved === undefined) {
    await emit(allocation, options, session);
    return EXIT.met;
  }
  const values = readValues(achieved, api);
  const rows = allocation.rows.map((row) => ({ ...row, achieved: api.achieved(row, values) }));
  await emit({ ...allocation, rows }, options, session);
  return rows.every((row) => row.achieved.meetsTarget) ? EXIT.met : EXIT.missed;
}

/** Unavailability by block. */
function readValues(lists: readonly string[], api: Calculators): Readonly<Record<string, number>> {
  const values = new Map<string, number>();
  for (const { name, value } of lists.flatMap((list) => namedEntries('--achieved', list, api))) {
    if (value === undefined) wrongOption('--achieved', `expected BLOCK=VALUE, got "${name}"`, api, 'bad-entry');
    if (values.has(name)) wrongOption('--achieved', `"${name}" has two values`, api, 'duplicate-block');
    values.set(name, optionValue(`--achieved ${name}`, api.parseUnavailability(value), api));
  }
  return Object.fromEntries(values);
}
