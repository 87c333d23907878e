import { Argument } from 'commander';
import { checkOutput, writeText } from '../output.ts';
import type { Api } from '../session.ts';
import type { CommandDefinition } from './command.ts';

/** Documents with a schema of their own. */
const SCHEMAS = {
  scenario: (api: Api) => api.scenarioJsonSchema(),
  result: (api: Api) => api.resultJsonSchema(),
  comparison: (api: Api) => api.comparisonJsonSchema(),
  sweep: (api: Api) => api.sweepJsonSchema(),
  plan: (api: Api) => api.planJsonSchema(),
  tornado: (api: Api) => api.tornadoJsonSchema(),
  check: (api: Api) => api.checkJsonSchema(),
  baseline: (api: Api) => api.baselineJsonSchema(),
  calibration: (api: Api) => api.calibrationJsonSchema(),
  import: (api: Api) => api.importJsonSchema(),
  part: (api: Api) => api.partJsonSchema(),
} as const;

export const schema: CommandDefinition = {
  name: 'schema',
  summary: 'the JSON Schema of scenario files, for editors, or of what the commands write',
  examples: ['schema', 'schema result'],
  define: (command, session) => {
    command
      .addArgument(new Argument('[what]', 'whose schema').choices(Object.keys(SCHEMAS)).default('scenario'))
      .option('-o, --output <file>', 'write to a file instead of standard output (-)')
      .action(async (what: keyof typeof SCHEMAS, options: { readonly output?: string }) => {
        await checkOutput(options);
        const found = SCHEMAS[what](await session.api());
        await writeText(`${JSON.stringify(found, null, 2)}\n`, options.output, session);
      });
  },
};
