import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawFigures, loadScenario, readTextFile, render, simulate } from '../../../src/index.ts';
import type { Result } from '../../../src/model/result.ts';

/** Three clouds as different as they get: two instances, 160 nodes on a fabric, three regions in series. */
export const REPORTS = [
  { name: 'active-standby', histories: 10, years: 100 },
  { name: 'leaf-spine', histories: 5, years: 20 },
  { name: 'multi-cloud-chain', histories: 10, years: 100 },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'carriergrade-html-'));

/** The result of a short run, with what pictures are drawn from. */
export async function resultOf({ name, histories, years }: (typeof REPORTS)[number]): Promise<Result> {
  const loaded = await loadScenario({ file: `scenarios/${name}.yaml` }, { readFile: readTextFile });
  return simulate(loaded, { histories, years, portrait: true });
}

export async function pageOf(result: Result, interactive = false): Promise<string> {
  return render(result, { format: 'html', drawings: await drawFigures(result, { interactive }) });
}

/** Writes a page where a browser can open it. */
export function stored(name: string, page: string): string {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, page);
  return file;
}
