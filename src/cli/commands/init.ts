import { access } from 'node:fs/promises';
import { Option } from 'commander';
import type { FirstScenarioOptions } from '../../index.ts';
import { EnvironmentError } from '../errors.ts';
import { checkOutput, writeText } from '../output.ts';
import { countFrom, positiveNumber } from '../quantities.ts';
import type { CommandDefinition } from './command.ts';

interface InitOptions extends FirstScenarioOptions {
  readonly force?: true;
}

/** As in the library, which is not loaded to show a help. */
const SCHEMES = ['simplex', 'active-standby', 'active-active', 'load-balanced', 'n-plus-1', 'k-of-n', 'shared-standby'];

export const init: CommandDefinition = {
  name: 'init',
  summary: 'write a first scenario with comments, ready to run',
  examples: ['init', 'init --scheme k-of-n --members 5 --nines 6', 'init --name gateway --nodes 8'],
  define: (command, session) => {
    command
      .argument('[file]', 'where to write it; - for standard output', '-')
      .addOption(new Option('--scheme <name>', 'redundancy scheme').choices(SCHEMES).default('active-standby'))
      .option('--members <count>', 'members of the group, standbys included', countFrom(1))
      .option('--nodes <count>', 'compute nodes', countFrom(1))
      .option('--nines <number>', 'nines the service has to reach', positiveNumber)
      .option('--name <name>', 'name of the service')
      .option('--force', 'replace the file if there is one')
      .action(async (file: string, { force, ...wishes }: InitOptions) => {
        await checkOutput({ output: file });
        const there = await access(file).then(
          () => true,
          () => false,
        );
        if (file !== '-' && there && force !== true)
          throw new EnvironmentError(`${file} is there already; --force replaces it`);
        const { firstScenario } = await session.api();
        await writeText(
          scenarioText(() => firstScenario(wishes)),
          file,
          session,
        );
        if (file !== '-') session.io.stderr.write(`wrote ${file}; next: carriergrade run ${file}\n`);
      });
  },
};

function scenarioText(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (error instanceof RangeError) throw new EnvironmentError(error.message);
    throw error;
  }
}
