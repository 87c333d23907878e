/** Sets of things touched during one event, emptied before the event ends: a binary heap in which everything is once. */
export class TouchedSet {
  readonly items: Int32Array;
  size = 0;
  private readonly member: Uint8Array;

  constructor(capacity: number) {
    this.items = new Int32Array(capacity);
    this.member = new Uint8Array(capacity);
  }

  add(item: number): void {
    if (this.member[item] === 1) return;
    this.member[item] = 1;
    const { items } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent]! <= item) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  /** Removes and returns the smallest item, −1 when empty: the order must not depend on who was touched first. */
  takeSmallest(): number {
    if (this.size === 0) return -1;
    const { items } = this;
    const smallest = items[0]!;
    this.member[smallest] = 0;
    const last = items[--this.size]!;
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && items[child + 1]! < items[child]!) child++;
      if (items[child]! >= last) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return smallest;
  }
}
