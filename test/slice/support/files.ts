import { readFileSync } from 'node:fs';

/** A file of the project, by its path from the top. */
export function readText(file: string): string {
  return readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
}
