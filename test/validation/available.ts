import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of results obtained by others, beside the project; not part of it. */
const FOLDER = fileURLToPath(new URL('../../../shared/validation/', import.meta.url));

export function validationAvailable(path: string): boolean {
  return existsSync(join(FOLDER, path));
}

export function readValidation(path: string): string {
  return readFileSync(join(FOLDER, path), 'utf8');
}
