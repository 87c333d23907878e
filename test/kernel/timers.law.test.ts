import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Timers } from '../../src/kernel/timers.ts';

const SLOTS = 24;

/** The order by its definition: a list sorted by (time, rank, sequence). */
class SortedList {
  private readonly ranks: readonly number[];
  private armed: { slot: number; time: number; sequence: number }[] = [];
  private sequence = 0;

  constructor(ranks: readonly number[]) {
    this.ranks = ranks;
  }

  arm(slot: number, time: number): void {
    this.cancel(slot);
    this.armed.push({ slot, time, sequence: this.sequence++ });
    this.armed.sort((a, b) => a.time - b.time || this.ranks[a.slot]! - this.ranks[b.slot]! || a.sequence - b.sequence);
  }

  cancel(slot: number): void {
    this.armed = this.armed.filter((timer) => timer.slot !== slot);
  }

  peek(): number {
    return this.armed[0]?.slot ?? -1;
  }

  pop(): number {
    return this.armed.shift()?.slot ?? -1;
  }

  clear(): void {
    this.armed = [];
    this.sequence = 0;
  }

  timeOf(slot: number): number {
    return this.armed.find((timer) => timer.slot === slot)?.time ?? Number.POSITIVE_INFINITY;
  }

  get size(): number {
    return this.armed.length;
  }
}

const slot = fc.nat(SLOTS - 1);
/** Few different times, so that most of them collide. */
const time = fc.nat(6);
const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('arm' as const), slot, time }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), slot }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pop' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('peek' as const) }) },
);
const operations = fc.array(operation, { maxLength: 200 });
const ranks = fc.array(fc.constantFrom(0, 1, 2, 255), { minLength: SLOTS, maxLength: SLOTS });

type Queue = Pick<Timers, 'arm' | 'cancel' | 'pop' | 'peek'>;

function apply(queue: Queue, step: typeof operation extends fc.Arbitrary<infer T> ? T : never): number {
  if (step.kind === 'arm') queue.arm(step.slot, step.time);
  if (step.kind === 'cancel') queue.cancel(step.slot);
  if (step.kind === 'pop') return queue.pop();
  return step.kind === 'peek' ? queue.peek() : -2;
}

describe('law: Timers against a sorted list', () => {
  it('any sequence of operations gives the same answers and the same state', () => {
    fc.assert(
      fc.property(ranks, operations, (rankList, steps) => {
        const timers = new Timers(Uint8Array.from(rankList));
        const list = new SortedList(rankList);
        for (const step of steps) {
          expect(apply(timers, step)).toBe(apply(list, step));
          expect(timers.size).toBe(list.size);
        }
        for (let i = 0; i < SLOTS; i++) {
          expect(timers.timeOf(i)).toBe(list.timeOf(i));
          expect(timers.isArmed(i)).toBe(list.timeOf(i) < Number.POSITIVE_INFINITY);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('after clear nothing is armed, and it answers like one built anew', () => {
    fc.assert(
      fc.property(ranks, operations, operations, (rankList, before, after) => {
        const used = new Timers(Uint8Array.from(rankList));
        for (const step of before) apply(used, step);
        used.clear();
        expect(used.size).toBe(0);
        for (let i = 0; i < SLOTS; i++) expect(used.isArmed(i)).toBe(false);
        const fresh = new Timers(Uint8Array.from(rankList));
        for (const step of after) expect(apply(used, step)).toBe(apply(fresh, step));
        expect(used).toEqual({ ...fresh, orderOf: Reflect.get(used, 'orderOf'), slotAt: Reflect.get(used, 'slotAt') });
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
