import { CsvError, parse } from '../../adapters/csv-parse.ts';
import { TICKET_SOURCES, type Ticket } from '../../model/calibration.ts';
import { InputError, type Problem } from '../../model/problem.ts';
import { parseDuration } from '../../scenario/quantity/quantity.ts';
import { didYouMean } from '../../scenario/read/suggest.ts';

/** Tickets of one file, and what of it says nothing. */
export interface ReadTickets {
  readonly tickets: readonly Ticket[];
  readonly ignored: readonly string[];
}

const TIMES = 'times.';
const KNOWN = ['source', 'element', 'mode', 'detected', 'switched', 'repair'];
/** Whatever a ticket system adds for people. */
const FOR_PEOPLE = ['id', 'at', 'note'];

/**
 * Reads outage tickets and fault-injection logs (B-47): CSV with a header, one fault per row. Columns, in any order:
 * `element` (required), `source` (`field`, the default, or `injection`), `mode`, `detected` (fault to detected by
 * monitoring, or `never`), `switched` (`yes` or `no`), `repair`, `times.<step>`; `id`, `at` and `note` are for people.
 * Durations carry units. An empty cell was not observed.
 *
 * @throws InputError with every problem found, each with its line
 */
export function readTickets(text: string, file: string): ReadTickets {
  const [header, ...rows] = recordsOf(text, file);
  const problems: Problem[] = [];
  const report = (line: number, column: string | undefined, code: string, message: string, hint?: string): void => {
    const where = column === undefined ? '' : `${column}: `;
    const place = { file, line, column: 1 };
    problems.push({
      level: 'error',
      code,
      message: `${where}${message}`,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  if (header === undefined) {
    report(
      1,
      undefined,
      'empty-file',
      'expected a header and one fault per row',
      `element,${KNOWN.slice(2).join(',')}`,
    );
    throw new InputError(problems);
  }
  const columns = header.cells.map((name) => name.trim());
  columns.forEach((name, i) => {
    if (columns.indexOf(name) !== i) report(1, undefined, 'duplicate-column', `two columns are named "${name}"`);
    if (KNOWN.includes(name) || FOR_PEOPLE.includes(name) || (name.startsWith(TIMES) && name.length > TIMES.length))
      return;
    const hint = didYouMean(name, [...KNOWN, ...FOR_PEOPLE, 'times.<step>'], 'columns');
    report(1, undefined, 'unknown-column', `"${name}" is no column of tickets`, hint);
  });
  if (!columns.includes('element')) report(1, undefined, 'missing-column', 'there is no column "element"');
  if (problems.length > 0) throw new InputError(problems);
  const tickets = rows.flatMap(({ line, cells }) => {
    if (cells.length !== columns.length) {
      report(line, undefined, 'wrong-length', `${cells.length} cells under ${columns.length} columns`);
      return [];
    }
    const cell = new Map(
      columns.map((name, i) => [name, cells[i]!.trim()] as const).filter(([, value]) => value !== ''),
    );
    return ticketOf({ file, line }, cell, (column, message, hint) => report(line, column, 'bad-value', message, hint));
  });
  if (problems.length > 0) throw new InputError(problems);
  const forPeople = columns.filter((name) => FOR_PEOPLE.includes(name));
  const ignored = forPeople.length === 0 ? [] : [`columns for people: ${forPeople.join(', ')}`];
  return { tickets, ignored };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(text: string, file: string): readonly CsvRecord[] {
  try {
    const found = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
    return (found as unknown as readonly { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    throw new InputError([
      {
        level: 'error',
        code: 'bad-csv',
        message: error.message,
        place: { file, line, column: 1 },
        hint: 'CSV as in RFC 4180',
      },
    ]);
  }
}

type Complain = (column: string, message: string, hint?: string) => void;

function ticketOf(
  at: Pick<Ticket, 'file' | 'line'>,
  cell: ReadonlyMap<string, string>,
  complain: Complain,
): readonly Ticket[] {
  const element = cell.get('element');
  if (element === undefined) {
    complain('element', 'which element failed?');
    return [];
  }
  const source = oneOf(cell, 'source', TICKET_SOURCES, complain) ?? 'field';
  const switched = oneOf(cell, 'switched', ['yes', 'no'] as const, complain);
  const never = cell.get('detected') === 'never';
  const detected = never ? Number.POSITIVE_INFINITY : duration(cell, 'detected', complain, ' or "never"');
  const repair = duration(cell, 'repair', complain);
  const times: Record<string, number> = {};
  for (const column of cell.keys()) {
    if (!column.startsWith(TIMES)) continue;
    const value = duration(cell, column, complain);
    if (value !== undefined) times[column.slice(TIMES.length)] = value;
  }
  const mode = cell.get('mode');
  return [
    {
      ...at,
      source,
      element,
      times,
      ...(mode === undefined ? {} : { mode }),
      ...(detected === undefined ? {} : { detected }),
      ...(switched === undefined ? {} : { switched: switched === 'yes' }),
      ...(repair === undefined ? {} : { repair }),
    },
  ];
}

function oneOf<T extends string>(
  cell: ReadonlyMap<string, string>,
  column: string,
  allowed: readonly T[],
  complain: Complain,
): T | undefined {
  const value = cell.get(column);
  if (value === undefined || (allowed as readonly string[]).includes(value)) return value as T | undefined;
  complain(column, `expected ${allowed.join(' or ')}, got "${value}"`);
  return undefined;
}

function duration(
  cell: ReadonlyMap<string, string>,
  column: string,
  complain: Complain,
  also = '',
): number | undefined {
  const text = cell.get(column);
  if (text === undefined) return undefined;
  const reading = parseDuration(text);
  if (!reading.ok) {
    complain(column, `${reading.message}${also}`, reading.hint);
    return undefined;
  }
  if (reading.value >= 0) return reading.value;
  complain(column, `expected a time of 0 s or more, got "${text}"`);
  return undefined;
}
