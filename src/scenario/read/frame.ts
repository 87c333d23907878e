const WIDTH = 100;

/**
 * Three lines of `lines` around line `line` (from 1) with a marker under columns `column` … `column + length − 1`.
 * Long lines are cut to a window around the marker; tabs count as one column.
 */
export function codeFrame(lines: readonly string[], line: number, column: number, length: number): string {
  const start = column > WIDTH - 10 ? column - 40 : 1;
  const digits = String(Math.min(lines.length, line + 1)).length;
  const rows: string[] = [];
  for (let n = Math.max(1, line - 1); n <= Math.min(lines.length, line + 1); n++) {
    const text = printable(lines[n - 1]!).slice(start - 1, start - 1 + WIDTH);
    rows.push(`${n === line ? '>' : ' '} ${String(n).padStart(digits)} | ${text}`.trimEnd());
    if (n === line) {
      const width = Math.max(1, Math.min(length, WIDTH - (column - start)));
      rows.push(`  ${' '.repeat(digits)} | ${' '.repeat(column - start)}${'^'.repeat(width)}`);
    }
  }
  return rows.join('\n');
}

/** Nothing in a file may move the cursor of a terminal: one visible character for each. */
function printable(text: string): string {
  return text.replace(/[\t\r]/g, ' ').replace(/[\p{Cc}\uFFFD]/gu, '·');
}
