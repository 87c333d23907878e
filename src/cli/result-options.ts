import type { Command } from 'commander';
import { formatOf, type OutputOptions } from './output.ts';
import { wrongOption } from './quantities.ts';
import type { Calculators } from './session.ts';

/** Options of every command that reports the result of a run. */
export function withResultOptions(command: Command): Command {
  return command
    .option('--elements', 'report every element')
    .option('--plot', 'also draw outage lengths and roots with characters (table and markdown)')
    .option('--interactive', 'html: charts that answer to the pointer, half a megabyte more');
}

/** Refuses what the format has no use for. Throws InputError that names the option. */
export function checkResultOptions(options: OutputOptions, api: Calculators): void {
  const format = formatOf(options);
  if (options.plot === true && format !== 'table' && format !== 'markdown')
    wrongOption('--plot', `goes with --format table or markdown, not ${format}`, api, 'unused-option');
  if (options.interactive === true && format !== 'html')
    wrongOption('--interactive', `goes with --format html, not ${format}`, api, 'unused-option');
}
