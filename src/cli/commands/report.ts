import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { checkResultOptions, withResultOptions } from '../result-options.ts';
import type { CommandDefinition } from './command.ts';

export const report: CommandDefinition = {
  name: 'report',
  summary: 'show a stored result again, in any format',
  examples: ['report result.json', 'report result.json --plot', 'report result.json --format html'],
  define: (command, session) => {
    withResultOptions(withOutputOptions(command.argument('<result>', 'JSON of a run; - for standard input'))).action(
      async (file: string, options: OutputOptions) => {
        await checkOutput(options);
        checkResultOptions(options, await session.calculators());
        const { readResult, readTextFile } = await session.api();
        await emit(readResult(await readTextFile(file), file), options, session);
      },
    );
  },
};
