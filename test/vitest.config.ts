import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  define: { CARRIERGRADE_VERSION: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.setup.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    pool: 'forks',
    // Modules keep nothing that a result depends on; to read them anew for each of 200 files takes two minutes of a processor.
    isolate: false,
    // The default leaves one of two cores idle.
    maxWorkers: '100%',
  },
});
