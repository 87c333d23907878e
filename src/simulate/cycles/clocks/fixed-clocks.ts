import type { FixedAges } from '../fixed-ages.ts';

/**
 * Failure clocks of an incident that strike at fixed ages. They draw nothing: each knows the next age at which it may strike,
 * and with what chance. What was survived is passed, in the order of time and then of modes.
 */
export class FixedClocks {
  /** What `look` has found: the next clock that may strike, when (µs), and with what chance. */
  mode = -1;
  time = 0;
  chance = 0;
  private readonly modes: readonly number[];
  private readonly laws: readonly (FixedAges | undefined)[];
  /** Per mode: age (µs of operation, NaN: to be counted from new) at `since`, pace, and place of the next age it may strike at. */
  private readonly ages: Float64Array;
  private readonly since: Float64Array;
  private readonly paces: Float64Array;
  private readonly next: Int32Array;
  /** Per mode, 1: strikes for certain as soon as it runs. */
  private readonly due: Uint8Array;

  constructor(laws: readonly (FixedAges | undefined)[]) {
    this.laws = laws;
    this.modes = [...laws.keys()].filter((mode) => laws[mode] !== undefined);
    this.ages = new Float64Array(laws.length);
    this.since = new Float64Array(laws.length);
    this.paces = new Float64Array(laws.length);
    this.next = new Int32Array(laws.length);
    this.due = new Uint8Array(laws.length);
  }

  /** At a root, µs; `due`: modes that strike at that very instant, after the one that begins the incident. */
  atRoot(now: number, paces: Float64Array, ages: Float64Array, due: readonly number[]): void {
    for (const mode of this.modes) {
      const { ages: fixed } = this.laws[mode]!;
      const age = ages[mode]!;
      this.ages[mode] = age;
      this.since[mode] = now;
      this.paces[mode] = paces[mode]!;
      this.due[mode] = 0;
      let next = 0;
      while (next < fixed.length && fixed[next]! <= age) next++;
      this.next[mode] = next;
    }
    for (const mode of due) this.due[mode] = 1;
  }

  has(mode: number): boolean {
    return this.laws[mode] !== undefined;
  }

  pace(mode: number, factor: number, now: number): void {
    if (Number.isNaN(this.ages[mode]!)) {
      if (factor > 0) this.begin(mode, now);
    } else this.ages[mode]! += (now - this.since[mode]!) * this.paces[mode]!;
    this.since[mode] = now;
    this.paces[mode] = factor;
  }

  /** Counted from new, as soon as it runs. */
  renew(mode: number, now: number): void {
    this.ages[mode] = Number.NaN;
    this.due[mode] = 0;
    if (this.paces[mode]! > 0) this.begin(mode, now);
  }

  private begin(mode: number, now: number): void {
    this.ages[mode] = this.laws[mode]!.beginsAt(now);
    this.since[mode] = now;
    this.next[mode] = 0;
  }

  /** Whether one may strike until `until` (µs), that instant included; which is the first is then known. */
  look(until: number): boolean {
    this.mode = -1;
    let first = until;
    for (const mode of this.modes) {
      const time = this.timeOf(mode);
      if (time < first || (time === first && this.mode < 0)) {
        first = time;
        this.mode = mode;
      }
    }
    if (this.mode < 0) return false;
    this.time = first;
    this.chance = this.due[this.mode] === 1 ? 1 : this.laws[this.mode]!.chances[this.next[this.mode]!]!;
    return true;
  }

  /** The mode has lived beyond the next age, or has failed at it. */
  pass(mode: number): void {
    if (this.due[mode] === 1) this.due[mode] = 0;
    else this.next[mode]!++;
  }

  /** Everything before (time, mode) has been survived; `mode` Infinity: all of that instant. */
  passUntil(time: number, mode: number): void {
    while (this.look(time) && (this.time < time || this.mode < mode)) this.pass(this.mode);
  }

  /** When the mode may strike next if nothing changes, µs. */
  private timeOf(mode: number): number {
    const pace = this.paces[mode]!;
    if (pace === 0) return Number.POSITIVE_INFINITY;
    if (this.due[mode] === 1) return this.since[mode]!;
    const { ages } = this.laws[mode]!;
    const next = this.next[mode]!;
    if (next >= ages.length) return Number.POSITIVE_INFINITY;
    return this.since[mode]! + Math.max(0, Math.round((ages[next]! - this.ages[mode]!) / pace));
  }
}
