import { readFile } from 'node:fs/promises';
import { EnvironmentError } from '../errors.ts';
import { checkOutput, withOutputOptions } from '../output.ts';
import { checkResultOptions, withResultOptions } from '../result-options.ts';
import type { Session } from '../session.ts';
import { type SimulationOptions, simulateTo, workersOption } from '../simulation.ts';
import type { CommandDefinition } from './command.ts';

export const merge: CommandDefinition = {
  name: 'merge',
  summary: 'put the parts of a run together: the same bytes as the run in one piece',
  examples: ['merge part-1.json part-2.json', 'merge part-1.json part-2.json --format json'],
  define: (command, session) => {
    withResultOptions(withOutputOptions(command.argument('<parts...>', 'what run --shard has written, in any order')))
      .addOption(workersOption())
      .option('--progress', 'progress as plain lines where the error stream is no terminal')
      .action(async (files: readonly string[], options: SimulationOptions) => {
        session.code = await mergeFiles(files, options, session);
      });
  },
};

/** What depends on all histories, as the choice of a method does, is done here; everything else is found in the parts. */
async function mergeFiles(files: readonly string[], options: SimulationOptions, session: Session): Promise<number> {
  await checkOutput(options);
  checkResultOptions(options, await session.calculators());
  const { joinParts, readPart } = await session.api();
  const parts = [];
  for (const file of files) parts.push({ file, part: readPart(await textOf(file), file) });
  const { scenario, digest, settings, work } = joinParts(parts);
  const finished = {
    find: (name: string) => {
      try {
        return work.find(name);
      } catch (error) {
        throw new EnvironmentError(`a part is damaged: ${(error as Error).message}`);
      }
    },
    keep: () => {},
  };
  return simulateTo({ scenario, digest }, { ...settings, finished }, options, session);
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: Error) => {
    throw new EnvironmentError(`cannot read ${file}: ${error.message}`);
  });
}
