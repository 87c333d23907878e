import type { CompiledModel } from '../../../compile/model.ts';
import type { PhaseClasses } from '../phase-classes.ts';

/** The phase clocks of an incident that run, in a short list: next to nothing is under way at a time. */
export class PhaseClocks {
  /** How many run. */
  count = 0;
  private readonly ranks: Uint8Array;
  private readonly slots: Int32Array;
  private readonly times: Float64Array;
  private readonly arming: Float64Array;
  private readonly laws: Int32Array;
  /** When each began, µs, and the column of its score. */
  private readonly began: Float64Array;
  private readonly columns: Int32Array;
  private readonly classes: PhaseClasses;
  private armed = 0;

  /** @param tests proof tests, which run beside the phases */
  constructor({ slots, modes }: CompiledModel, classes: PhaseClasses, tests: number) {
    const most = slots.count - modes.count + tests;
    this.ranks = slots.rank;
    this.slots = new Int32Array(most);
    this.times = new Float64Array(most);
    this.arming = new Float64Array(most);
    this.laws = new Int32Array(most);
    this.began = new Float64Array(most);
    this.columns = new Int32Array(most);
    this.classes = classes;
  }

  clear(): void {
    this.count = 0;
    this.armed = 0;
    this.classes.reset();
  }

  /** Starts `slot` (again) at `now` for `duration` µs. */
  start(slot: number, law: number, now: number, duration: number): void {
    let at = 0;
    while (at < this.count && this.slots[at] !== slot) at++;
    if (at === this.count) this.count++;
    else this.classes.cut(this.columns[at]!, this.laws[at]!, now - this.began[at]!);
    this.began[at] = now;
    this.columns[at] = this.classes.of(slot);
    this.slots[at] = slot;
    this.times[at] = now + duration;
    this.arming[at] = this.armed++;
    this.laws[at] = law;
  }

  stop(slot: number, now: number): void {
    for (let at = 0; at < this.count; at++) {
      if (this.slots[at] === slot) {
        this.classes.cut(this.columns[at]!, this.laws[at]!, now - this.began[at]!);
        this.remove(at);
        return;
      }
    }
  }

  /** Index of the clock that runs out next (time, rank, arming), −1 if none runs. */
  next(): number {
    let best = -1;
    for (let at = 0; at < this.count; at++) if (best < 0 || this.precedes(at, best)) best = at;
    return best;
  }

  timeAt(index: number): number {
    return this.times[index]!;
  }

  lawAt(index: number): number {
    return this.laws[index]!;
  }

  /** Takes the clock at `index` off the list; its slot. */
  take(index: number): number {
    const slot = this.slots[index]!;
    this.classes.ended(this.columns[index]!, this.laws[index]!, this.times[index]! - this.began[index]!);
    this.remove(index);
    return slot;
  }

  private precedes(a: number, b: number): boolean {
    const [s, t] = [this.times[a]!, this.times[b]!];
    if (s !== t) return s < t;
    const [p, q] = [this.ranks[this.slots[a]!]!, this.ranks[this.slots[b]!]!];
    return p !== q ? p < q : this.arming[a]! < this.arming[b]!;
  }

  private remove(at: number): void {
    const last = --this.count;
    this.slots[at] = this.slots[last]!;
    this.times[at] = this.times[last]!;
    this.arming[at] = this.arming[last]!;
    this.laws[at] = this.laws[last]!;
    this.began[at] = this.began[last]!;
    this.columns[at] = this.columns[last]!;
  }
}
