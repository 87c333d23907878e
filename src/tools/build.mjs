// Bundles the command and the library to dist/ and writes the type declarations. Runs on `npm ci` (prepare).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = new URL('../../', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const optional = {
  bench: 'src/tools/bench/bench.ts',
  reports: 'src/tools/reports/reports.ts',
  coverage: 'src/tools/coverage/coverage.ts',
  gates: 'src/tools/gates/power.ts',
};
const entryPoints = {
  carriergrade: join(root, 'src/cli/carriergrade.ts'),
  index: join(root, 'src/index.ts'),
  worker: join(root, 'src/worker.ts'),
};
for (const [name, file] of Object.entries(optional))
  if (existsSync(join(root, file))) entryPoints[name] = join(root, file);

rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  entryPoints,
  outdir: join(root, 'dist'),
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'linked',
  // It starts its threads from a file of its own.
  external: ['piscina'],
  define: { CARRIERGRADE_VERSION: JSON.stringify(version) },
  // CommonJS dependencies inside an ESM bundle still ask for these three names.
  banner: {
    js: "import{createRequire as _cr}from'node:module';import{fileURLToPath as _fu}from'node:url';import{dirname as _dn}from'node:path';const require=_cr(import.meta.url),__filename=_fu(import.meta.url),__dirname=_dn(__filename);",
  },
  logLevel: 'warning',
});
const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, 'src/tsconfig.build.json')], { stdio: 'inherit' });
