import type { Command } from 'commander';
import type { TableOptions } from '../../index.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { wrongOption } from '../quantities.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { Api, LoadedFile, Session } from '../session.ts';
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
    'table fm-timeline --times detection=5ms,recovery=2min --format markdown',
    "table sample-sizes --success '99 %,4 nines' --confidence 99%",
    'table spares --nodes 500 --visits monthly=1month',
  ],
  define: (command, session) => {
    command.argument('[name]', 'table', 'index');
    command.argument('[file]', 'criticality: scenario in which it is measured by injecting every fault');
    withTableOptions(withScenarioOptions(withOutputOptions(command))).action(
      async (name: string, file: string | undefined, options: OutputOptions & ScenarioOptions & Texts) => {
        await checkOutput(options);
        const api = await session.api();
        if (file !== undefined) {
          await emit(api.measureCriticality(await measured(name, file, options, session)), options, session);
          return;
        }
        for (const option of ['variant', 'set'] as const) {
          if (options[option] !== undefined)
            wrongOption(`--${option}`, 'goes with a scenario', api, 'unused-option', 'table criticality FILE');
        }
        await emit(api.buildTable(name, readOptions(name, options, api)), options, session);
      },
    );
  },
};

/** The scenario to measure in. Throws InputError for tables that measure nothing, and for options of the formulas. */
async function measured(
  table: string,
  file: string,
  options: ScenarioOptions & Texts,
  session: Session,
): Promise<LoadedFile> {
  const api = await session.api();
  if (table !== 'criticality')
    wrongOption(file, `only "criticality" is measured in a scenario, "${table}" is not`, api, 'unused-option');
  const given = TABLE_OPTIONS.find(({ name }) => options[camelCase(name)] !== undefined);
  if (given !== undefined) wrongOption(`--${given.name}`, 'what is measured needs no figures', api, 'unused-option');
  return loadFile(file, options, session);
}

function withTableOptions(command: Command): Command {
  for (const { name, argument, help, tables } of TABLE_OPTIONS) {
    command.option(`--${name} <${argument}>`, `${tables.join(', ')}: ${help}`);
  }
  return command;
}

/** What the options say to the table. Throws InputError for a value that cannot be read and for options of other tables. */
function readOptions(table: string, texts: Texts, api: Api): TableOptions {
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
