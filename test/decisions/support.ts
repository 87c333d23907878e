import { type Labelled, loadScenario, readTextFile } from '../../src/index.ts';

/** A scenario of `scenarios/`, changed by `set`. */
export async function scenario(name: string, set: readonly string[] = [], variant?: string): Promise<Labelled> {
  const { scenario, digest } = await loadScenario(
    { file: `scenarios/${name}.yaml` },
    { readFile: readTextFile, set, ...(variant === undefined ? {} : { variant }) },
  );
  return { label: [name, variant, ...set].filter((part) => part !== undefined).join(' '), scenario, digest };
}
