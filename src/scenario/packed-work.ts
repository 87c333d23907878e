import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { FinishedWork, PackedWork } from '../model/part.ts';

/** Fast rather than small: most of the numbers are zeros, which every level finds. */
const LEVEL = 1;
/** Numbers packed together. */
const NUMBERS_TOGETHER = 1_000_000;

/** Pieces of work as text; nothing is rounded. */
export function packWork(pieces: ReadonlyMap<string, Float64Array>): PackedWork {
  const parts = [...pieces.values()];
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return {
    names: [...pieces.keys()],
    lengths: parts.map(({ length }) => length),
    numbers: deflateRawSync(all, { level: LEVEL }).toString('base64'),
  };
}

/** Throws Error when the text is not that of so many numbers. */
function unpackWork({ names, lengths, numbers }: PackedWork): ReadonlyMap<string, Float64Array> {
  const bytes = inflateRawSync(Buffer.from(numbers, 'base64'));
  const all = new Float64Array(new Uint8Array(bytes).buffer);
  if (names.length !== lengths.length || all.length !== lengths.reduce((sum, length) => sum + length, 0)) {
    throw new RangeError('Packed work does not have the numbers it names');
  }
  const pieces = new Map<string, Float64Array>();
  let at = 0;
  names.forEach((name, i) => {
    pieces.set(name, all.slice(at, at + lengths[i]!));
    at += lengths[i]!;
  });
  return pieces;
}

/** Pieces of work by name, unpacked when asked for: what was packed together is asked for together. */
export class WorkIndex {
  private readonly places = new Map<string, PackedWork>();
  private open: { readonly packed: PackedWork; readonly pieces: ReadonlyMap<string, Float64Array> } | undefined;

  add(packed: PackedWork): void {
    for (const name of packed.names) this.places.set(name, packed);
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  /** Throws Error when what was stored is damaged. */
  find(name: string): Float64Array | undefined {
    const packed = this.places.get(name);
    if (packed === undefined) return undefined;
    if (this.open?.packed !== packed) this.open = { packed, pieces: unpackWork(packed) };
    return this.open.pieces.get(name);
  }
}

/** All the work of a run packed, as it is done or found again. */
export class CollectedWork implements FinishedWork {
  private readonly other: FinishedWork | undefined;
  private readonly done: PackedWork[] = [];
  private waiting = new Map<string, Float64Array>();
  private numbers = 0;

  /** @param other where work may be found, and is kept, too */
  constructor(other?: FinishedWork) {
    this.other = other;
  }

  find(name: string): Float64Array | undefined {
    const found = this.other?.find(name);
    if (found !== undefined) this.collect(name, found);
    return found;
  }

  keep(name: string, numbers: Float64Array): void {
    this.other?.keep(name, numbers);
    this.collect(name, numbers);
  }

  packed(): readonly PackedWork[] {
    this.pack();
    return this.done;
  }

  private collect(name: string, numbers: Float64Array): void {
    this.waiting.set(name, numbers);
    this.numbers += numbers.length;
    if (this.numbers >= NUMBERS_TOGETHER) this.pack();
  }

  private pack(): void {
    if (this.waiting.size > 0) this.done.push(packWork(this.waiting));
    this.waiting = new Map();
    this.numbers = 0;
  }
}
