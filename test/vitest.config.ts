import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  define: { CARRIERGRADE_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // Modules keep nothing that a result depends on; to read them anew for each of 200 files takes two minutes of a processor.
    isolate: false,
    // Read by Vite, sources reach what they import through an object, and simulations take twice as long.
    server: { deps: { external: [new RegExp(`^${root.replace(/[^\w/]/g, '\\$&')}src/`)] } },
    execArgv: ['--enable-source-maps', '--import', new URL('typescript.mjs', import.meta.url).href],
    // The default leaves one of two cores idle.
    maxWorkers: '100%',
  },
});
