import type { CompiledModel } from '../compile/model.ts';
import type { Clocks } from '../dynamics/clocks.ts';
import { aligned } from '../kernel/sampler.ts';
import { Timers } from '../kernel/timers.ts';

/**
 * Clocks of a scripted run: nothing fails unless the script says so, random branches take the likelier way, probes are
 * caught at their worst alignment and every other duration is its mean. The transition code is the same.
 */
export class ScriptClocks implements Clocks {
  readonly timers: Timers;
  /** Set by the driver before each event, µs. */
  now = 0;
  private readonly model: CompiledModel;
  /** Slots that do not run while the script holds them. */
  private readonly held = new Set<number>();

  constructor(model: CompiledModel, extraSlots: number) {
    this.model = model;
    // Scripted events come after the model's slots and strike like failures.
    const ranks = new Uint8Array(model.slots.count + extraSlots);
    ranks.set(model.slots.rank);
    this.timers = new Timers(ranks);
  }

  /** Until released, `slot` never runs out, whatever its law. */
  hold(slot: number): void {
    this.held.add(slot);
  }

  release(slot: number): void {
    this.held.delete(slot);
  }

  start(slot: number, law: number, origin: number): void {
    if (this.held.has(slot)) return;
    this.timers.arm(slot, this.now + aligned(this.model.laws[law]!, this.now - origin));
  }

  stop(slot: number): void {
    this.timers.cancel(slot);
  }

  pace(_mode: number, _factor: number): void {}

  renew(_mode: number): void {}

  choose(p: number, _stream: number): boolean {
    return p >= 0.5;
  }
}
