import type { Command } from 'commander';
import type { TableOptions } from '../../index.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { wrongOption } from '../quantities.ts';
import type { Calculators } from '../session.ts';
import { TABLE_OPTIONS } from '../table-options.ts';
import type { CommandDefinition } from './command.ts';

/** Options of the tables by name, as texts. */
type Texts = Readonly<Record<string, string | undefined>>;

export const table: CommandDefinition = {
  name: 'table',
  summary: 'the published tables: chains, allocation, criticality, budgets and more; without a name, their list',
  examples: [
    'table',
    'table chain-nines',
    'table chain-dpm --element-nines 5,5.5,6 --lengths 1,10,100 --form long --format csv',
    'table criticality --topology spines=2,leafs=8,compute=64,guests=10 --outages 1=0.1,7=0.2',
    'table fm-timeline --times detection=5ms,recovery=2min --format markdown',
    "table sample-sizes --success '99 %,4 nines' --confidence 99%",
    'table spares --nodes 500 --visits monthly=1month',
  ],
  define: (command, session) => {
    withTableOptions(withOutputOptions(command.argument('[name]', 'table', 'index'))).action(
      async (name: string, options: OutputOptions & Texts) => {
        await checkOutput(options);
        const api = await session.calculators();
        await emit(api.buildTable(name, readOptions(name, options, api)), options, session);
      },
    );
  },
};

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
    if (text === undefined) continue;
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
