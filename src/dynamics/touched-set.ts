/** Sets of things touched during one event, emptied before the event ends. Membership is O(1), order is by first touch. */
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
    this.items[this.size++] = item;
  }

  /** Removes and returns the smallest item, −1 when empty: the order must not depend on who was touched first. */
  takeSmallest(): number {
    if (this.size === 0) return -1;
    let best = 0;
    for (let i = 1; i < this.size; i++) if (this.items[i]! < this.items[best]!) best = i;
    const item = this.items[best]!;
    this.items[best] = this.items[--this.size]!;
    this.member[item] = 0;
    return item;
  }
}
