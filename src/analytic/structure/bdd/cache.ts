/** Results an operation cache holds at most. */
const LARGEST = 1 << 22;

/**
 * Lossy memory of operations on edges: `operands` numbers and the result side by side in `keys`, one place per hash.
 * No operand is 0. It grows with the work done, not with the nodes there are: few nodes may take many operations.
 */
export class OperationCache {
  /** `width` numbers per entry. */
  keys: Int32Array;
  /** Entries − 1; entries are a power of two. */
  mask: number;
  private readonly width: 3 | 4;
  private stored = 0;

  constructor(operands: 2 | 3, entries: number) {
    this.width = operands === 2 ? 3 : 4;
    this.mask = entries - 1;
    this.keys = new Int32Array(this.width * entries);
  }

  clear(): void {
    this.keys.fill(0);
  }

  storePair(a: number, b: number, result: number): void {
    if (this.stored++ > this.mask && this.mask < LARGEST - 1) this.grow();
    const { keys } = this;
    const slot = 3 * (hash2(a, b) & this.mask);
    keys[slot] = a;
    keys[slot + 1] = b;
    keys[slot + 2] = result;
  }

  storeTriple(a: number, b: number, c: number, result: number): void {
    if (this.stored++ > this.mask && this.mask < LARGEST - 1) this.grow();
    const { keys } = this;
    const slot = 4 * (hash3(a, b, c) & this.mask);
    keys[slot] = a;
    keys[slot + 1] = b;
    keys[slot + 2] = c;
    keys[slot + 3] = result;
  }

  /** Twice the entries; what is there moves to where it belongs. */
  private grow(): void {
    const { keys: old, width } = this;
    this.mask = 2 * this.mask + 1;
    const keys = new Int32Array(width * (this.mask + 1));
    for (let from = 0; from < old.length; from += width) {
      if (old[from] === 0) continue;
      const a = old[from]!;
      const b = old[from + 1]!;
      const to = width * ((width === 3 ? hash2(a, b) : hash3(a, b, old[from + 2]!)) & this.mask);
      for (let k = 0; k < width; k++) keys[to + k] = old[from + k]!;
    }
    this.keys = keys;
    this.stored = 0;
  }
}

export function hash2(a: number, b: number): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return h ^ (h >>> 15);
}

export function hash3(a: number, b: number, c: number): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  return h ^ (h >>> 15);
}

export function enlarged(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
