/** What a reader of one written value gives back: the value, or what is wrong with it and what to write instead. */
export type Reading<T> = { readonly ok: true; readonly value: T } | Misreading;

export interface Misreading {
  readonly ok: false;
  /** Stable kebab-case code, used as the problem's code. */
  readonly code: ReadingCode;
  readonly message: string;
  readonly hint?: string;
}

export type ReadingCode =
  /** Not a number, or not of the expected form. */
  | 'bad-quantity'
  /** A bare number where a unit decides the meaning. */
  | 'missing-unit'
  /** A unit nobody knows, or of the wrong dimension. */
  | 'bad-unit'
  /** NaN or infinite. */
  | 'not-finite'
  | 'out-of-range'
  /** Needs a unit library that the caller did not provide. */
  | 'compound-unit';

export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

export function misread(code: ReadingCode, message: string, hint?: string): Misreading {
  return hint === undefined ? { ok: false, code, message } : { ok: false, code, message, hint };
}

/** The found value as a message quotes it. */
export function quote(input: unknown): string {
  if (typeof input === 'string') return `"${input.length > 60 ? `${input.slice(0, 57)}…` : input}"`;
  if (input === null) return 'nothing';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  return String(input);
}
