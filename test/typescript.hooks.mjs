// Loads TypeScript where Node itself reads the sources (`vitest.config.ts` says why).
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

/** A hook of Node's module loader: types are left out, all else is as it is written. */
export async function load(url, context, next) {
  const { protocol, pathname } = new URL(url);
  if (protocol !== 'file:' || !pathname.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: file,
    sourcemap: 'inline',
    define: { CARRIERGRADE_VERSION: JSON.stringify('0.0.0-test') },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
