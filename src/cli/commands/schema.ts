import { Argument } from 'commander';
import { checkOutput, writeText } from '../output.ts';
import type { CommandDefinition } from './command.ts';

export const schema: CommandDefinition = {
  name: 'schema',
  summary: 'the JSON Schema of scenario files, for editors, or of results',
  examples: ['schema', 'schema result'],
  define: (command, session) => {
    command
      .addArgument(new Argument('[what]', 'whose schema').choices(['scenario', 'result']).default('scenario'))
      .option('-o, --output <file>', 'write to a file instead of standard output (-)')
      .action(async (what: 'scenario' | 'result', options: { readonly output?: string }) => {
        await checkOutput(options);
        const { scenarioJsonSchema, resultJsonSchema } = await session.api();
        const found = what === 'result' ? resultJsonSchema() : scenarioJsonSchema();
        await writeText(`${JSON.stringify(found, null, 2)}\n`, options.output, session);
      });
  },
};
