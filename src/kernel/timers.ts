/**
 * The pending timers of a run: an indexed binary heap over a fixed number of slots. A slot holds at most one
 * pending time, so nothing stale is ever queued, and re-arming or cancelling addresses the slot.
 */

/** Sequence numbers of one rank: 2^45 armings per `clear` and 8 bits of rank fill a double's 53 bits exactly. */
const SEQUENCES_PER_RANK = 2 ** 45;

/** Time of a vacant root, before any timer, and of the places behind the heap, after any. */
const BEFORE_ALL = Number.NEGATIVE_INFINITY;
const AFTER_ALL = Number.POSITIVE_INFINITY;

export class Timers {
  /** By slot: rank, and rank · 2^45 + sequence of the last arming; the latter is read only at equal times. */
  private readonly rankOf: Uint8Array;
  private readonly orderOf: Float64Array;
  /** By slot: place in the heap, −1 if not armed. */
  private readonly placeOf: Int32Array;
  /** By place: slot and time (µs). Two more places than slots: one behind the heap, one for the timer on the move. */
  private readonly slotAt: Int32Array;
  private readonly timeAt: Float64Array;
  /** Place outside the heap that names the timer on the move. */
  private readonly moving: number;
  /** Places in use, a vacant root included. */
  private used = 0;
  /** Whether place 0 is the gap left by the last `pop`; the next `arm` drops into it. */
  private vacant = false;
  private sequence = 0;

  /** One slot per entry of `rankOfSlot`; at equal times the lower rank fires first. */
  constructor(rankOfSlot: Uint8Array) {
    const capacity = rankOfSlot.length;
    this.rankOf = Uint8Array.from(rankOfSlot);
    this.orderOf = new Float64Array(capacity);
    this.placeOf = new Int32Array(capacity).fill(-1);
    this.slotAt = new Int32Array(capacity + 2);
    this.timeAt = new Float64Array(capacity + 2).fill(AFTER_ALL);
    this.moving = capacity + 1;
  }

  /** Number of armed slots. */
  get size(): number {
    return this.vacant ? this.used - 1 : this.used;
  }

  isArmed(slot: number): boolean {
    return this.placeOf[slot]! >= 0;
  }

  /** Time at which `slot` fires (µs), Infinity if it is not armed. */
  timeOf(slot: number): number {
    const place = this.placeOf[slot]!;
    return place < 0 ? Number.POSITIVE_INFINITY : this.timeAt[place]!;
  }

  /**
   * Makes `slot` fire at `time` (µs), whether it was armed before or not; it comes after every timer of the same
   * time and rank. A time of Infinity means never: it cancels. Throws RangeError on NaN.
   */
  arm(slot: number, time: number): void {
    if (time < Number.POSITIVE_INFINITY) {
      let place = this.placeOf[slot]!;
      if (place < 0) {
        place = this.vacant ? 0 : this.used++;
        this.vacant = false;
      }
      this.slotAt[place] = slot;
      this.timeAt[place] = time;
      this.orderOf[slot] = this.rankOf[slot]! * SEQUENCES_PER_RANK + this.sequence++;
      this.settle(place);
    } else {
      if (Number.isNaN(time)) throw new RangeError(`timer slot ${slot} armed at NaN`);
      this.cancel(slot);
    }
  }

  /** Takes `slot` out; nothing happens if it is not armed. */
  cancel(slot: number): void {
    const place = this.placeOf[slot]!;
    if (place < 0) return;
    this.placeOf[slot] = -1;
    this.moveLastTo(place);
  }

  /** Slot that fires next, −1 if none is armed. */
  peek(): number {
    if (this.vacant) this.fill();
    return this.used === 0 ? -1 : this.slotAt[0]!;
  }

  /** Time of the slot that fires next (µs), Infinity if none is armed. */
  nextTime(): number {
    if (this.vacant) this.fill();
    return this.timeAt[0]!;
  }

  /** Takes out the slot that fires next and returns it, −1 if none is armed. */
  pop(): number {
    if (this.vacant) this.fill();
    if (this.used === 0) return -1;
    const slot = this.slotAt[0]!;
    this.placeOf[slot] = -1;
    this.timeAt[0] = BEFORE_ALL;
    this.vacant = true;
    return slot;
  }

  /** Disarms every slot and starts the insertion order anew; takes time in proportion to the armed slots. */
  clear(): void {
    if (this.vacant) this.fill();
    for (let place = 0; place < this.used; place++) {
      this.placeOf[this.slotAt[place]!] = -1;
      this.timeAt[place] = AFTER_ALL;
    }
    this.used = 0;
    this.sequence = 0;
  }

  /** Closes the gap at the root. */
  private fill(): void {
    this.vacant = false;
    this.moveLastTo(0);
  }

  /** Shrinks the heap by one place, moving the timer of the last place to `place`. */
  private moveLastTo(place: number): void {
    const last = --this.used;
    const time = this.timeAt[last]!;
    this.timeAt[last] = AFTER_ALL;
    if (place === last) return;
    this.slotAt[place] = this.slotAt[last]!;
    this.timeAt[place] = time;
    this.settle(place);
  }

  /** Moves the timer at `place` up or down to where the order wants it. */
  private settle(place: number): void {
    // Times cross no call in here, since V8 boxes a double that does.
    const { slotAt, timeAt, orderOf, placeOf, used, moving } = this;
    const slot = slotAt[place]!;
    const time = timeAt[place]!;
    const start = place;
    slotAt[moving] = slot;

    // Later ancestors move down.
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const parentTime = timeAt[parent]!;
      if (!precedes(time, moving, parentTime, parent, slotAt, orderOf)) break;
      const moved = slotAt[parent]!;
      slotAt[place] = moved;
      timeAt[place] = parentTime;
      placeOf[moved] = place;
      place = parent;
    }

    // Or earlier descendants move up. Adding the comparison spares a branch that no processor can predict.
    for (let child = 2 * place + 1; place >= start && child < used; child = 2 * place + 1) {
      child += Number(precedes(timeAt[child + 1]!, child + 1, timeAt[child]!, child, slotAt, orderOf));
      const childTime = timeAt[child]!;
      if (!precedes(childTime, child, time, moving, slotAt, orderOf)) break;
      const moved = slotAt[child]!;
      slotAt[place] = moved;
      timeAt[place] = childTime;
      placeOf[moved] = place;
      place = child;
    }

    slotAt[place] = slot;
    timeAt[place] = time;
    placeOf[slot] = place;
  }
}

/**
 * The total order of timers: earlier time first, then lower rank, then earlier arming. Takes time and place of two
 * timers; the rest of the order is looked up only at equal times. The test for equality comes first because V8 then
 * compiles the other comparison without a branch.
 */
function precedes(
  time: number,
  place: number,
  otherTime: number,
  otherPlace: number,
  slotAt: Int32Array,
  orderOf: Float64Array,
): boolean {
  if (time === otherTime) return orderOf[slotAt[place]!]! < orderOf[slotAt[otherPlace]!]!;
  return time < otherTime;
}
