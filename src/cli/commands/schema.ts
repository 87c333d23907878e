import { checkOutput, writeText } from '../output.ts';
import type { CommandDefinition } from './command.ts';

export const schema: CommandDefinition = {
  name: 'schema',
  summary: 'the JSON Schema of scenario files, for editors',
  examples: ['schema'],
  define: (command, session) => {
    command
      .option('-o, --output <file>', 'write to a file instead of standard output (-)')
      .action(async (options: { readonly output?: string }) => {
        await checkOutput(options);
        const { scenarioJsonSchema } = await session.api();
        await writeText(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`, options.output, session);
      });
  },
};
