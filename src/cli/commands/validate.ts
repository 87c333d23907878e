import type { Validation } from '../../index.ts';
import { problemsText } from '../errors.ts';
import { EXIT } from '../exit-code.ts';
import { checkOutput, emit, type OutputOptions, withOutputOptions } from '../output.ts';
import type { Session } from '../session.ts';
import type { CommandDefinition } from './command.ts';

type FileFindings = Validation['files'][number];

export const validate: CommandDefinition = {
  name: 'validate',
  summary: 'check scenarios with all their variants; every problem is located',
  examples: [
    'validate scenarios/active-standby.yaml scenarios/mano-outage.yaml',
    'validate scenarios/rbd-vs-des.yaml --format json',
  ],
  define: (command, session) => {
    withOutputOptions(command.argument('<files...>', 'scenarios; - for standard input')).action(
      async (files: readonly string[], options: OutputOptions) => {
        await checkOutput(options);
        const findings: FileFindings[] = [];
        for (const file of files) findings.push(await check(file, session));
        for (const { problems, valid } of findings) {
          if (problems.length === 0 || (valid && options.quiet === true)) continue;
          session.io.stderr.write(await problemsText(problems, session));
        }
        await emit({ format: 'carriergrade/validation/1', files: findings }, options, session);
        if (findings.some(({ valid }) => !valid)) session.code = EXIT.failed;
      },
    );
  },
};

async function check(file: string, { api }: Session): Promise<FileFindings> {
  const { InputError, loadScenario, readTextFile } = await api();
  try {
    const { warnings } = await loadScenario({ file }, { readFile: readTextFile });
    return { file, valid: true, problems: warnings };
  } catch (error) {
    if (error instanceof InputError) return { file, valid: false, problems: error.problems };
    throw error;
  }
}
