import type { Problem } from '../model/problem.ts';
import { type CsvValue, renderCsv } from './csv.ts';
import { type Document, table } from './document/document.ts';

/** `carriergrade/validation/1`: what was found in each file. */
export interface Validation {
  readonly format: 'carriergrade/validation/1';
  readonly files: readonly { readonly file: string; readonly valid: boolean; readonly problems: readonly Problem[] }[];
}

/** One line per file; the problems themselves go to the error stream. */
export function validationDocument({ files }: Validation): Document {
  const rows = files.map(({ file, valid, problems }) => {
    const warnings = problems.filter(({ level }) => level === 'warning').length;
    const errors = problems.length - warnings;
    const found = [counted(errors, 'error'), counted(warnings, 'warning')].filter((text) => text !== '').join(', ');
    return [
      valid ? { text: '✓', tone: 'good' as const } : { text: '✗', tone: 'bad' as const },
      file,
      valid ? 'valid' : 'not valid',
      found,
    ];
  });
  return [table(['', '', '', ''], rows)];
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** One row per problem; a file without any has one row without a level. */
export function validationCsv({ files }: Validation): string {
  const columns = ['file', 'valid', 'line', 'column', 'level', 'code', 'message', 'hint'];
  const rows = files.flatMap(({ file, valid, problems }): CsvValue[][] => {
    if (problems.length === 0) return [[file, valid, null, null, null, null, null, null]];
    return problems.map(({ place, level, code, message, hint }) => {
      return [
        place?.file ?? file,
        valid,
        place?.line ?? null,
        place?.column ?? null,
        level,
        code,
        message,
        hint ?? null,
      ];
    });
  });
  return renderCsv(columns, rows);
}
