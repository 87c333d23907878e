import { execFileSync } from 'node:child_process';
import { buildSync } from 'esbuild';
import { exampleText } from './files.ts';

/** What `simulate` says of a scenario of `scenarios/` in a process of its own, as JSON. */
export function simulateElsewhere(name: string, options: object): string {
  const { outputFiles } = buildSync({
    entryPoints: [new URL('print-result.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { CARRIERGRADE_VERSION: JSON.stringify('0.0.0-test') },
  });
  const args = ['--input-type=module', '-', exampleText(name), JSON.stringify(options)];
  return execFileSync(process.execPath, args, { input: outputFiles[0]!.text, encoding: 'utf8', maxBuffer: 2 ** 26 });
}
