import type { Command } from 'commander';
import type { TableOptions } from '../../index.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Calculators, Session } from '../session.ts';
import { TABLE_OPTIONS } from '../table-options.ts';
import type { CommandDefinition } from './command.ts';

/** Options of the tables by name, as texts. */
type Texts = Readonly<Record<string, unknown>>;

export const table: CommandDefinition = {
  name: 'table',
  summary: 'the published tables: chains, allocation, criticality, budgets and more; without a name, their list',
  examples: [
    'table',
    'table chain-nines',
    'table chain-dpm --element-nines 5,5.5,6 --lengths 1,10,100 --form long --format csv',
    'table criticality --topology spines=2,leafs=8,compute=64,guests=10 --outages 1=0.1,7=0.2',
    'table criticality scenarios/active-standby.yaml',
    'table services scenarios/mano-outage.yaml --variant platform --quiet',
    'table placement scenarios/active-standby.yaml',
    'table monitoring scenarios/zabbix-experiment.yaml',
    'table fm-timeline --times detection=5ms,recovery=2min --format markdown',
    "table sample-sizes --success '99 %,4 nines' --confidence 99%",
    'table spares --nodes 500 --visits monthly=1month',
  ],
  define: (command, session) => {
    command.argument('[name]', 'table', 'index');
    command.argument(
      '[file]',
      'criticality, services, mano-paths, fault-paths, monitoring, problems, placement: scenario',
    );
    withTableOptions(withScenarioOptions(withOutputOptions(command))).action(
      async (name: string, file: string | undefined, options: OutputOptions & ScenarioOptions & Texts) => {
        await checkOutput(options);
        const calculators = await session.calculators();
        if (file !== undefined) {
          const api = await session.api();
          const build = {
            criticality: api.measureCriticality,
            services: api.listControlServices,
            'mano-paths': api.listControlPaths,
            'fault-paths': api.measureFaultPaths,
            placement: api.listPlacement,
            monitoring: api.listMonitoring,
            problems: api.listProblems,
          }[await tableOfScenario(name, file, options, session)];
          await emit(build(await loadFile(file, options, session)), options, session);
          return;
        }
        for (const option of ['variant', 'set'] as const) {
          if (options[option] !== undefined)
            wrongOption(`--${option}`, 'goes with a scenario', calculators, 'unused-option', 'table criticality FILE');
        }
        await emit(calculators.buildTable(name, readOptions(name, options, calculators)), options, session);
      },
    );
  },
};

const OF_SCENARIOS = [
  'criticality',
  'services',
  'mano-paths',
  'fault-paths',
  'monitoring',
  'problems',
  'placement',
] as const;
type OfScenario = (typeof OF_SCENARIOS)[number];

/** A table about a scenario. Throws InputError for tables that are about none, and for options of the formulas. */
async function tableOfScenario(
  table: string,
  file: string,
  options: ScenarioOptions & Texts,
  session: Session,
): Promise<OfScenario> {
  const api = await session.api();
  const found = OF_SCENARIOS.find((each) => each === table);
  if (found === undefined)
    return wrongOption(
      file,
      `only ${OF_SCENARIOS.join(', ')} are about a scenario, "${table}" is not`,
      api,
      'unused-option',
    );
  const given = TABLE_OPTIONS.find(({ name }) => options[camelCase(name)] !== undefined);
  if (given !== undefined) wrongOption(`--${given.name}`, 'what is measured needs no figures', api, 'unused-option');
  return found;
}

function withTableOptions(command: Command): Command {
  for (const { name, argument, help, tables } of TABLE_OPTIONS) {
    command.option(`--${name} <${argument}>`, `${tables.join(', ')}: ${help}`);
  }
  return command;
}

/** What the options say to the table. Throws InputError for a value that cannot be read and for options of other tables. */
function readOptions(table: string, texts: Texts, api: Calculators): TableOptions {
  let options: TableOptions = {};
  if (!api.tableNames().includes(table)) return options;
  for (const { name, tables, read } of TABLE_OPTIONS) {
    const text = texts[camelCase(name)];
    if (typeof text !== 'string') continue;
    const option = `--${name}`;
    if (!tables.includes(table))
      wrongOption(option, `goes with ${tables.join(', ')}, not with ${table}`, api, 'unused-option');
    const more = read(text, option, api);
    const spares = { ...options.spares, ...more.spares };
    options = { ...options, ...more, ...(Object.keys(spares).length === 0 ? {} : { spares }) };
  }
  return options;
}

/** Name under which commander keeps an option. */
function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
}
