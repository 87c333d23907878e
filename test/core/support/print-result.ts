import { readExample } from './files.ts';

/** Prints the result of a scenario of `scenarios/`: `print-result.ts NAME OPTIONS`, for a process of its own. */
const [, , name, options] = process.argv;

// The build and the test configuration define it; here the sources run as they are.
Object.assign(globalThis, { CARRIERGRADE_VERSION: '0.0.0-test' });
const { simulate } = await import('../../../src/index.ts');

process.stdout.write(JSON.stringify(await simulate(readExample(name!), JSON.parse(options!))));
