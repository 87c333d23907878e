import { readFileSync } from 'node:fs';
import { type ReadScenario, readScenario } from '../../../src/scenario/read-scenario.ts';

/** A scenario of `scenarios/`, read as the command line reads it. */
export function readExample(name: string, variant?: string, set: readonly string[] = []): ReadScenario {
  const file = `scenarios/${name}.yaml`;
  const readFile = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  return readScenario({ file }, { readFile, set, ...(variant === undefined ? {} : { variant }) });
}
