import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import { loadFile, type ScenarioOptions, withScenarioOptions } from '../scenario.ts';
import type { CommandDefinition } from './command.ts';

export const analyse: CommandDefinition = {
  name: 'analyse',
  summary: 'the exact side alone: availability by structure, chain or formula, with the terms named',
  examples: ['analyse scenarios/rbd-vs-des.yaml', 'analyse scenarios/mano-outage.yaml --format csv'],
  define: (command, session) => {
    withOutputOptions(withScenarioOptions(command.argument('<file>', 'scenario; - for standard input'))).action(
      async (file: string, options: ScenarioOptions & OutputOptions) => {
        await checkOutput(options);
        const loaded = await loadFile(file, options, session);
        const api = await session.api();
        await emit(api.analyse(loaded), options, session);
      },
    );
  },
};
