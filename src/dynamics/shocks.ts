import { failElement } from './signals.ts';
import type { World } from './world.ts';

/**
 * What happens when a shock occurs: its victims are drawn, then all of them fail at one instant. Only what runs can be
 * struck, as only what runs can fail: not what is down already, nor a cold standby.
 */
export class Shocks {
  private readonly world: World;
  /** Victims of the occurrence under way, as failure modes. */
  private readonly chosen: Int32Array;
  private count = 0;

  constructor(world: World) {
    const { strikes } = world.model;
    this.world = world;
    this.chosen = new Int32Array(strikes.victim.length);
  }

  /** Mode `mode` is a shock's. */
  isShock(mode: number): boolean {
    const { start } = this.world.model.strikes;
    return start[mode]! < start[mode + 1]!;
  }

  /** Draws the victims of `mode` by the state before it, and fails them. Their restoration is the caller's. */
  strike(mode: number): void {
    const w = this.world;
    const { strikes } = w.model;
    this.count = 0;
    w.observer.failed(w.now, mode);
    for (let strike = strikes.start[mode]!; strike < strikes.start[mode + 1]!; strike++) {
      const first = strikes.victimStart[strike]!;
      const end = strikes.victimStart[strike + 1]!;
      if (strikes.one[strike] === 1) this.drawOne(first, end, strikes.probability[strike]!);
      else for (let i = first; i < end; i++) this.draw(strikes.victim[i]!, strikes.probability[strike]!);
    }
    for (let i = 0; i < this.count; i++) failElement(w, this.chosen[i]!);
    w.clocks.renew(mode);
  }

  /** One of the victims `[first, end)`, each as likely, whether it runs or not. */
  private drawOne(first: number, end: number, probability: number): void {
    const { victim } = this.world.model.strikes;
    for (let i = first; i < end; i++) {
      const left = end - i;
      if (left === 1 || this.world.clocks.choose(1 / left, victim[i]!)) {
        this.draw(victim[i]!, probability);
        return;
      }
    }
  }

  private draw(victim: number, probability: number): void {
    const w = this.world;
    if (w.paces[victim] === 0) return;
    // The victim's own stream, so that another victim more shifts nothing.
    if (probability >= 1 || w.clocks.choose(probability, victim)) this.chosen[this.count++] = victim;
  }
}
