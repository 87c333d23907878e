import { describe, expect, it } from 'vitest';
import { Timers } from '../../src/kernel/timers.ts';

/** Pops everything. */
function drain(timers: Timers): number[] {
  const order: number[] = [];
  for (let slot = timers.pop(); slot >= 0; slot = timers.pop()) order.push(slot);
  return order;
}

describe('same-instant rules', () => {
  it('the earlier time comes first, whatever the ranks', () => {
    const timers = new Timers(Uint8Array.of(0, 255));
    timers.arm(0, 2);
    timers.arm(1, 1);
    expect(drain(timers)).toEqual([1, 0]);
  });

  it('at equal times the lower rank comes first, whatever the insertion', () => {
    const timers = new Timers(Uint8Array.of(3, 1, 255, 0));
    for (const slot of [0, 1, 2, 3]) timers.arm(slot, 7);
    expect(drain(timers)).toEqual([3, 1, 0, 2]);
  });

  it('at equal times and ranks the one armed first comes first', () => {
    const timers = new Timers(new Uint8Array(5));
    for (const slot of [3, 0, 4, 1, 2]) timers.arm(slot, 7);
    expect(drain(timers)).toEqual([3, 0, 4, 1, 2]);
  });

  it('re-arming at the same time goes to the back', () => {
    const timers = new Timers(new Uint8Array(3));
    for (const slot of [0, 1, 2]) timers.arm(slot, 7);
    timers.arm(0, 7);
    expect(drain(timers)).toEqual([1, 2, 0]);
  });
});

describe('Timers', () => {
  it('an empty one has nothing to fire', () => {
    const timers = new Timers(new Uint8Array(2));
    expect([timers.peek(), timers.pop(), timers.size, timers.nextTime()]).toEqual([
      -1,
      -1,
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect([timers.isArmed(1), timers.timeOf(1)]).toEqual([false, Number.POSITIVE_INFINITY]);
  });

  it('works with no slot at all', () => {
    const timers = new Timers(new Uint8Array(0));
    expect([timers.peek(), timers.pop(), timers.nextTime()]).toEqual([-1, -1, Number.POSITIVE_INFINITY]);
  });

  it('cancelling twice, or what is not armed, does nothing', () => {
    const timers = new Timers(new Uint8Array(2));
    timers.arm(0, 5);
    timers.cancel(1);
    timers.cancel(0);
    timers.cancel(0);
    expect(timers.size).toBe(0);
    timers.arm(0, 5);
    expect(drain(timers)).toEqual([0]);
  });

  it('a popped slot is disarmed and may be armed again before anything else is popped', () => {
    const timers = new Timers(new Uint8Array(3));
    timers.arm(0, 1);
    timers.arm(1, 2);
    timers.arm(2, 3);
    expect(timers.pop()).toBe(0);
    expect([timers.isArmed(0), timers.timeOf(0), timers.size]).toEqual([false, Number.POSITIVE_INFINITY, 2]);
    timers.arm(0, 2.5);
    expect(drain(timers)).toEqual([1, 0, 2]);
  });

  it('cancelling and re-arming right after a pop leaves the rest in order', () => {
    const timers = new Timers(new Uint8Array(6));
    for (let slot = 0; slot < 6; slot++) timers.arm(slot, slot);
    expect(timers.pop()).toBe(0);
    timers.cancel(1);
    timers.arm(5, 0.5);
    timers.arm(2, 9);
    expect(timers.size).toBe(4);
    expect(drain(timers)).toEqual([5, 3, 4, 2]);
  });

  it('arming at Infinity is never, and disarms', () => {
    const timers = new Timers(new Uint8Array(2));
    timers.arm(0, 5);
    timers.arm(0, Number.POSITIVE_INFINITY);
    timers.arm(1, Number.POSITIVE_INFINITY);
    expect([timers.size, timers.isArmed(0), timers.peek()]).toEqual([0, false, -1]);
  });

  it('arming at NaN throws and names the slot', () => {
    const timers = new Timers(new Uint8Array(8));
    expect(() => timers.arm(7, Number.NaN)).toThrow('timer slot 7 armed at NaN');
  });

  it('does not see later changes of the ranks it was given', () => {
    const ranks = Uint8Array.of(1, 0);
    const timers = new Timers(ranks);
    ranks.set([0, 1]);
    timers.arm(0, 1);
    timers.arm(1, 1);
    expect(drain(timers)).toEqual([1, 0]);
  });
});
