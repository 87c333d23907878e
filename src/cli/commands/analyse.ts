import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import {
  loadServices,
  type ScenarioOptions,
  type ServiceOptions,
  withScenarioOptions,
  withServiceOption,
} from '../scenario.ts';
import type { CommandDefinition } from './command.ts';

export const analyse: CommandDefinition = {
  name: 'analyse',
  summary: 'the exact side alone: availability by structure, chain or formula, with the terms named',
  examples: [
    'analyse scenarios/rbd-vs-des.yaml',
    'analyse scenarios/mano-outage.yaml --format csv',
    'analyse scenarios/rbd-vs-des.yaml --service single',
  ],
  define: (command, session) => {
    const scenario = withServiceOption(
      withScenarioOptions(command.argument('<file>', 'scenario; - for standard input')),
    );
    withOutputOptions(scenario).action(
      async (file: string, options: ScenarioOptions & ServiceOptions & OutputOptions) => {
        await checkOutput(options);
        const loaded = await loadServices(file, options, session);
        const api = await session.api();
        await emit(api.analyse(loaded), options, session);
      },
    );
  },
};
