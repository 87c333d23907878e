import { HOLDS, type ImportReport, type KeyVerdict } from '../model/descriptor.ts';
import { formatProblem } from '../model/problem.ts';
import { type CsvValue, renderCsv } from './csv.ts';
import { type Block, type Document, heading, line, list, table } from './document/document.ts';
import { printCount } from './format.ts';

/** What became of descriptors: groups, findings, then every key and every assumption. */
export function importDocument({
  files,
  groups,
  services,
  taken,
  approximated,
  ignored,
  assumed,
  findings,
}: ImportReport): Document {
  return [
    heading(1, 'Imported descriptors'),
    table(
      ['file', 'kind', 'keys', 'taken', 'in part', 'ignored', 'findings'],
      files.map((file) => [
        file.file,
        file.kind,
        ...[file.keys, file.taken, file.approximated, file.ignored, file.findings].map(printCount),
      ]),
    ),
    heading(2, 'Groups'),
    table(
      ['group', 'scheme', 'members', 'monitors~', 'rules~'],
      groups.map(({ id, scheme, members, monitors, rules }) => [
        id,
        scheme,
        printCount(members),
        monitors.join('; ') || 'none',
        rules.join('; '),
      ]),
    ),
    heading(2, 'Services'),
    table(
      ['name', 'kind', 'of~'],
      services.map(({ id, kind, of }) => [id, kind, of]),
    ),
    heading(2, `Findings: ${printCount(findings.length)}`),
    findings.length === 0
      ? line('none')
      : list(findings.map(({ frame: _frame, ...finding }) => formatProblem(finding).replace(/\n\s*/g, '; '))),
    ...keys('Taken', taken),
    ...keys('Taken in part, or in other words', approximated),
    heading(2, `Assumed: ${printCount(assumed.length)}`),
    table(
      ['path~', 'value~', 'why~', 'source~'],
      assumed.map(({ path, value, why, source }) => [path, value, why, source]),
    ),
    ...keys('Ignored', ignored),
  ];
}

/** One line a key; keys that only hold others are counted. */
function keys(title: string, verdicts: readonly KeyVerdict[]): readonly Block[] {
  const own = verdicts.filter(({ as }) => as !== HOLDS);
  const rows = own.map(({ place, key, value, as, below }) => {
    const more = below === undefined ? '' : ` and ${printCount(below)} below`;
    return `${place.file}:${place.line}:${place.column} ${key}${value === '' ? '' : ` = ${value}`}${more}: ${as}`;
  });
  const holding = verdicts.length - own.length;
  return [
    heading(2, `${title}: ${printCount(verdicts.length)}`),
    rows.length === 0 ? line('none') : list(rows),
    ...(holding === 0 ? [] : [line(`${printCount(holding)} more keys only hold these.`)]),
  ];
}

/** One row per finding, key and assumption. */
export function importCsv({ taken, approximated, ignored, assumed, findings }: ImportReport): string {
  const columns = ['what', 'file', 'line', 'column', 'key', 'value', 'text', 'below', 'source'];
  const verdicts = (what: string, list: readonly KeyVerdict[]): CsvValue[][] =>
    list.map(({ place, key, value, as, below }) => [
      what,
      place.file,
      place.line,
      place.column,
      key,
      value,
      as,
      below ?? 0,
      null,
    ]);
  return renderCsv(columns, [
    ...findings.map(({ place, level, code, message }): CsvValue[] => [
      `finding ${level}`,
      place?.file ?? null,
      place?.line ?? null,
      place?.column ?? null,
      code,
      null,
      message,
      null,
      null,
    ]),
    ...verdicts('taken', taken),
    ...verdicts('approximated', approximated),
    ...verdicts('ignored', ignored),
    ...assumed.map(({ path, value, why, source }): CsvValue[] => [
      'assumed',
      null,
      null,
      null,
      path,
      value,
      why,
      null,
      source,
    ]),
  ]);
}
