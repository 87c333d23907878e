import type { CompiledModel } from '../compile/model.ts';
import type { StepOutcome } from '../dynamics/observer.ts';
import type { World } from '../dynamics/world.ts';
import { SPARE_MEASURES, type SpareMeasure } from '../measures/history-record.ts';

const S = Object.fromEntries(SPARE_MEASURES.map((name, i) => [name, i])) as Record<SpareMeasure, number>;

/** Queues of the spares, in the order of their policies. */
export function spareQueuesOf({ queues }: CompiledModel): number[] {
  return Array.from({ length: queues.count }, (_, queue) => queue).filter((queue) => queues.spares[queue] === 1);
}

/** How often, and for how long, no spare was left for a place that needed one (B-64, NC-28). */
export class SpareBooks {
  private readonly world: World;
  private readonly start: number;
  private readonly queues: readonly number[];
  private readonly amounts: Float64Array;
  private readonly waiting: Float64Array;
  private readonly since: Float64Array;

  constructor(model: CompiledModel, world: World, start: number) {
    this.world = world;
    this.start = start;
    this.queues = spareQueuesOf(model);
    this.amounts = new Float64Array(this.queues.length * SPARE_MEASURES.length);
    this.waiting = new Float64Array(this.queues.length);
    this.since = new Float64Array(this.queues.length);
  }

  /** A step that takes a spare from `queue` changed; called after the queue has. */
  changed(now: number, queue: number, track: number, outcome: StepOutcome): void {
    const index = this.queues.indexOf(queue);
    const at = index * SPARE_MEASURES.length;
    // Whoever waits for its host while a spare is there does not wait for a spare.
    const exhausted = this.world.crewsBusy[queue]! >= this.world.model.queues.crews[queue]!;
    const length = exhausted ? this.world.queueLength[queue]! : 0;
    if (outcome === 'waiting' && exhausted && this.world.queuePlace[track] !== 0 && now >= this.start) {
      this.amounts[at + S.demands]!++;
      if (this.waiting[index] === 0) this.amounts[at + S.exhaustions]!++;
    }
    this.accrue(index, now);
    this.waiting[index] = length;
  }

  finish(end: number): Float64Array {
    this.queues.forEach((_, index) => {
      this.accrue(index, end);
    });
    return this.amounts;
  }

  private accrue(index: number, now: number): void {
    const from = Math.max(this.since[index]!, this.start);
    this.since[index] = now;
    if (now > from && this.waiting[index]! > 0) {
      this.amounts[index * SPARE_MEASURES.length + S.exhaustedTime]! += now - from;
    }
  }
}
