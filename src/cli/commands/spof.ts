import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { CommandDefinition } from './command.ts';

export const spof: CommandDefinition = {
  name: 'spof',
  summary: 'elements whose failure alone, and pairs whose failure together, take a service down',
  examples: ['spof scenarios/active-standby.yaml', 'spof scenarios/rbd-vs-des.yaml --format json'],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<file>', 'scenario; - for standard input'))).action(
      async (file: string, options: ScenarioOptions & OutputOptions) => {
        await checkOutput(options);
        const loaded = await loadFile(file, options, session);
        const api = await session.api();
        await emit(api.spof(loaded), options, session);
      },
    );
  },
};
