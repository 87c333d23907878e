import { readFileSync } from 'node:fs';
import { type ReadScenario, readScenario } from '../../../src/scenario/read-scenario.ts';

/** A scenario of `scenarios/`, read as the command line reads it. */
export function readExample(name: string, variant?: string, set: readonly string[] = []): ReadScenario {
  const file = fileOf(name);
  return readScenario({ file }, { readFile, set, ...(variant === undefined ? {} : { variant }) });
}

export const exampleText = (name: string): string => readFile(fileOf(name));

const fileOf = (name: string): string => `scenarios/${name}.yaml`;

function readFile(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}
