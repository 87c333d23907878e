import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GUIDES } from '../src/tools/reports/guides.ts';

export const root = new URL('..', import.meta.url).pathname;

/** What users read that shows commands; each of these runs as it stands in `readme.test.ts`. */
export const DOCUMENTS = ['README.md', ...GUIDES.map(({ file }) => `reports/${file}`)];

export const readDocument = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Fenced blocks of a language, in order. */
export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1]!);
}

/** Arguments of the commands a document shows. */
export function commandsOf(text: string): string[] {
  return blocks(text, 'sh')
    .flatMap((block) => block.trim().split('\n'))
    .filter((line) => line.includes('npx carriergrade'))
    .map((line) => line.slice(line.indexOf('carriergrade ') + 'carriergrade '.length));
}
