import type { Place, Problem, ProblemLevel } from '../../model/problem.ts';
import { codeFrame } from '../../scenario/read/frame.ts';

/** Longest part of a line that a frame shows something of. */
const LONGEST_LINE = 10_000;

/** A text and where things are in it. */
export class XmlSource {
  readonly file: string;
  readonly text: string;
  #starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  /** Place of the `length` characters at `offset`. */
  place(offset: number, length = 1): Place {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - starts[low]! + 1, length };
  }

  problem(offset: number, code: string, message: string, hint?: string, level: ProblemLevel = 'error'): Problem {
    const tag = /^<[^\s>]*/.exec(this.text.slice(offset, offset + 200))?.[0].length ?? 1;
    const place = this.place(Math.min(offset, this.text.length), tag);
    const frame = codeFrame(this.#window(place.line), place.line, place.column, tag);
    return { level, code, message, ...(hint === undefined ? {} : { hint }), place, frame };
  }

  /** Lines as far as a frame around `line` needs them; others are left empty. */
  #window(line: number): string[] {
    const starts = this.#lineStarts();
    const lines = new Array<string>(starts.length).fill('');
    for (let n = Math.max(1, line - 1); n <= Math.min(starts.length, line + 1); n++) {
      const end = n < starts.length ? starts[n]! - 1 : this.text.length;
      lines[n - 1] = this.text.slice(starts[n - 1]!, Math.min(end, starts[n - 1]! + LONGEST_LINE));
    }
    return lines;
  }

  #lineStarts(): readonly number[] {
    if (this.#starts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#starts = starts;
    }
    return this.#starts;
  }
}
