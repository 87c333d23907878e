import type { CompiledModel } from '../compile/model.ts';
import type { Clocks } from '../dynamics/clocks.ts';
import { Sampler } from '../kernel/sampler.ts';
import { rootKey, Streams, streamKey } from '../kernel/streams.ts';
import { Timers } from '../kernel/timers.ts';

const NOT_DRAWN = -1;

/**
 * Clocks of natural histories: every clock is a timer slot with its own random stream, so that one element's history
 * does not depend on any other's. A failure clock keeps the operating time it has left; the pace says how fast it runs.
 */
export class HistoryClocks implements Clocks {
  readonly timers: Timers;
  /** Set by the driver before each event, µs. */
  now = 0;
  private readonly streams: Streams;
  private readonly sampler: Sampler;
  private readonly lawOfMode: Int32Array;
  /** Per mode: operating time left when `since` was noted, µs. */
  private readonly left: Float64Array;
  private readonly since: Float64Array;
  private readonly paces: Float64Array;

  constructor(model: CompiledModel, seed: string) {
    const { slots, modes, laws, names } = model;
    this.timers = new Timers(slots.rank);
    const keys = new Uint32Array(2 * slots.streams);
    for (let stream = 0; stream < slots.streams; stream++) {
      const [name, purpose] = names.stream(stream);
      keys.set(streamKey(name, purpose), 2 * stream);
    }
    this.streams = new Streams(keys, rootKey(seed));
    this.sampler = new Sampler(laws, this.streams);
    this.lawOfMode = modes.law;
    this.left = new Float64Array(modes.count);
    this.since = new Float64Array(modes.count);
    this.paces = new Float64Array(modes.count);
  }

  /** Back to the start of history `index`. */
  begin(index: number): void {
    this.timers.clear();
    this.streams.begin(index);
    this.left.fill(NOT_DRAWN);
    this.paces.fill(0);
    this.now = 0;
  }

  start(slot: number, law: number, origin: number): void {
    this.timers.arm(slot, this.now + this.sampler.draw(law, slot, this.now - origin));
  }

  stop(slot: number): void {
    this.timers.cancel(slot);
  }

  pace(mode: number, factor: number): void {
    const { left, since, paces, now } = this;
    if (left[mode] === NOT_DRAWN) {
      if (factor === 0) return;
      left[mode] = this.sampler.draw(this.lawOfMode[mode]!, mode, now);
    } else if (paces[mode]! > 0) {
      left[mode] = Math.max(0, left[mode]! - (now - since[mode]!) * paces[mode]!);
    }
    since[mode] = now;
    paces[mode] = factor;
    if (factor > 0) this.timers.arm(mode, now + Math.round(left[mode]! / factor));
    else this.timers.cancel(mode);
  }

  renew(mode: number): void {
    this.left[mode] = NOT_DRAWN;
    const factor = this.paces[mode]!;
    if (factor > 0) {
      this.paces[mode] = 0;
      this.pace(mode, factor);
    }
  }

  choose(p: number, stream: number): boolean {
    return this.streams.next53(stream) < p;
  }
}
