import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { CommandDefinition } from './command.ts';

interface ExplainOptions extends ScenarioOptions, OutputOptions {
  readonly compiled?: true;
  readonly quiet?: true;
}

export const explain: CommandDefinition = {
  name: 'explain',
  summary: 'every value of a scenario and where it comes from; assumptions are marked',
  examples: [
    'explain scenarios/active-standby.yaml',
    'explain scenarios/active-standby.yaml --variant fenced --compiled',
  ],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<file>', 'scenario; - for standard input')))
      .option('--compiled', 'also the tables the scenario is compiled to')
      .action(async (file: string, options: ExplainOptions) => {
        await checkOutput(options);
        const { scenario, digest, explained } = await loadFile(file, options, session);
        const { compile, describeModel } = await session.api();
        const { name, title } = scenario;
        const tables = options.compiled === true ? { tables: describeModel(compile(scenario)) } : {};
        await emit(
          { format: 'carriergrade/explanation/1', scenario: { name, title, digest }, values: explained, ...tables },
          options,
          session,
        );
      });
  },
};
