import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, type ImportedScenario, importDescriptors, readScenario } from '../../../src/index.ts';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** Own descriptors of this folder, by name. */
export const SAMPLES = ['firewall', 'old', 'chain', 'network', 'session', 'defects'] as const;

export const sample = (name: string): { readonly file: string; readonly text: string } => ({
  file: `${name}.yaml`,
  text: readFileSync(join(FOLDER, `${name}.yaml`), 'utf8'),
});

export const importSamples = (...names: readonly string[]): ImportedScenario => importDescriptors(names.map(sample));

export const importText = (text: string, file = 'x.yaml'): ImportedScenario => importDescriptors([{ file, text }]);

/** The scenario read back and compiled: throws where it is not valid. */
export function accepted({ scenario }: ImportedScenario) {
  const read = readScenario(scenario, { file: 'imported.yaml' });
  compile(read.scenario);
  return read;
}

/** Codes of the findings with their lines. */
export const findings = ({ report }: ImportedScenario): readonly string[] =>
  report.findings.map(({ code, place }) => `${place?.line} ${code}`);
