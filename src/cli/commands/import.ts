import { Argument, Option } from 'commander';
import type { DescriptorSource, ReportFormat } from '../../index.ts';
import { checkOutput, emit, type OutputOptions, writeText } from '../output.ts';
import { wrongOption } from '../quantities.ts';
import type { CommandDefinition } from './command.ts';

interface ImportOptions extends Omit<OutputOptions, 'elements'> {
  readonly report?: string;
}

const FORMATS: readonly ReportFormat[] = ['table', 'json', 'csv', 'markdown'];

/** `import` is a reserved word. */
export const importCommand: CommandDefinition = {
  name: 'import',
  summary: 'descriptors of others as a scenario, with a report of what was taken, assumed and ignored',
  examples: [
    'import tosca scenarios/descriptors/web-cluster.yaml scenarios/descriptors/web-cluster-policy.yaml --quiet',
    'import tosca scenarios/descriptors/web-cluster.yaml -o /dev/null --report -',
    'import tosca scenarios/descriptors/web-cluster.yaml -o /dev/null --report - --format json',
  ],
  define: (command, session) => {
    command
      .addArgument(new Argument('<kind>', 'what the files are').choices(['tosca']))
      .argument('<files...>', 'VNFD, NSD, VNFFGD, cluster policies, parameters, in any order; - for standard input')
      .option('-o, --output <file>', 'write the scenario to a file instead of standard output (-)')
      .option('--report <file>', 'write the report to a file instead of the error stream; - for standard output')
      .addOption(
        new Option('--format <format>', 'of the report; default: by the extension of --report, else table').choices(
          FORMATS,
        ),
      )
      .option('--quiet', 'no report on the error stream')
      .option('--no-color', 'no colours; NO_COLOR has the same effect')
      .action(async (_kind: string, files: readonly string[], options: ImportOptions) => {
        const api = await session.api();
        const toStdout = options.output === undefined || options.output === '-';
        if (options.report === '-' && toStdout)
          wrongOption(
            '--report',
            'standard output has the scenario already',
            api,
            'conflicting-options',
            '-o scenario.yaml',
          );
        await checkOutput(options);
        if (options.report !== undefined) await checkOutput({ output: options.report });
        const sources = files.map((file): DescriptorSource => ({ file, text: api.readTextFile(file) }));
        const { scenario, report } = api.importDescriptors(sources);
        await writeText(scenario, options.output, session);
        if (options.report !== undefined) {
          await emit(report, { ...options, output: options.report }, session);
        } else if (options.quiet !== true) {
          const format = options.format ?? 'table';
          const width = session.io.stderr.columns ?? 0;
          session.io.stderr.write(api.render(report, { format, ...(width > 0 ? { width } : {}) }));
        }
      });
  },
};
