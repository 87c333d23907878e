import { readScenario, simulate } from '../../../src/index.ts';

/** Prints the result of a scenario, for a process of its own. Arguments: the scenario as YAML, options as JSON. */
const [, , text, options] = process.argv;

process.stdout.write(JSON.stringify(await simulate(readScenario(text!), JSON.parse(options!))));
