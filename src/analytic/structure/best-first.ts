/** Binary heap: `push` and `pop` in logarithmic time, the item that comes before all others first. */
export class BestFirst<T> implements Iterable<T> {
  private readonly before: (a: T, b: T) => boolean;
  private readonly heap: T[] = [];

  /** @param before a strict order; of items that are neither before nor after each other any may come first */
  constructor(before: (a: T, b: T) => boolean) {
    this.before = before;
  }

  get size(): number {
    return this.heap.length;
  }

  /** In no order. */
  [Symbol.iterator](): Iterator<T> {
    return this.heap.values();
  }

  push(item: T): void {
    const { heap, before } = this;
    let i = heap.length;
    heap.push(item);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(item, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = item;
  }

  pop(): T | undefined {
    const { heap, before } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}
