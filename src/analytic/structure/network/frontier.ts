import type { Plan } from './plan.ts';
import { OPEN, Walker, WIDEST_FRONTIER } from './walker.ts';

/**
 * Layered decision diagram of "some terminal is cut off" over the fallible elements of a plan. Layers are in reading
 * order; `child[2s]` is where state s goes when the element of its layer works, `child[2s + 1]` when it has failed:
 * a state of the next layer, or `CONNECTED` or `CUT_OFF`. State 0 is the start.
 */
export interface LayeredDiagram {
  /** First state of each layer, and one past the last state at the end. */
  readonly layerStart: readonly number[];
  /** Input each layer branches on. */
  readonly layerInput: readonly number[];
  readonly child: Int32Array;
}

/**
 * Frontier method (Hardy, Lucet & Limnios, IEEE Trans. Reliability 56(3), 2007): elements are read one by one and only
 * how the nodes at the frontier hang together is remembered. Undefined above `limit` states. Without layers
 * the terminals hang together by elements that cannot fail.
 */
export function frontierDiagram(plan: Plan, limit: number): LayeredDiagram | undefined {
  if (plan.width > WIDEST_FRONTIER) return undefined;
  // A sure step rides along with the fallible step before it.
  const branching: number[] = [];
  plan.steps.forEach((step, i) => {
    if (step.input >= 0) branching.push(i);
  });
  const words = Math.max(1, Math.ceil(plan.width / 4));
  const walker = new Walker(plan, 4 * words);
  const scratch = new Int32Array(walker.state.buffer);
  const start = new StateTable(words);
  const lead = branching[0] ?? plan.steps.length;
  if (lead > 0 && walker.play(0, lead, true) !== OPEN) return { layerStart: [0], layerInput: [], child: NO_CHILDREN };
  start.intern(scratch);

  let current = start;
  let child = new Int32Array(1 << 12);
  const layerStart = [0];
  let first = 0;
  for (let layer = 0; layer < branching.length; layer++) {
    const at = branching[layer]!;
    const until = branching[layer + 1] ?? plan.steps.length;
    const next = new StateTable(words);
    const nextFirst = first + current.count;
    if (nextFirst > limit) return undefined;
    if (child.length < 2 * nextFirst) {
      const larger = new Int32Array(2 ** Math.ceil(Math.log2(2 * nextFirst)));
      larger.set(child);
      child = larger;
    }
    for (let s = 0; s < current.count; s++) {
      for (let failed = 0; failed < 2; failed++) {
        for (let w = 0; w < words; w++) scratch[w] = current.states[s * words + w]!;
        const outcome = walker.play(at, until, failed === 0);
        child[2 * (first + s) + failed] = outcome === OPEN ? nextFirst + next.intern(scratch) : outcome;
      }
    }
    first = nextFirst;
    layerStart.push(first);
    current = next;
  }
  return { layerStart, layerInput: branching.map((i) => plan.steps[i]!.input), child: child.subarray(0, 2 * first) };
}

const NO_CHILDREN = new Int32Array(0);

/** Set of states of one layer, numbered in order of arrival. */
class StateTable {
  states: Int32Array;
  count = 0;
  private readonly words: number;
  private slots: Int32Array;

  constructor(words: number) {
    this.words = words;
    this.states = new Int32Array(64 * words);
    this.slots = new Int32Array(256).fill(-1);
  }

  /** Number of the state, taken in if it is new. */
  intern(state: Int32Array): number {
    const { words } = this;
    let slot = this.slotOf(state, 0);
    for (let s = this.slots[slot]!; s >= 0; s = this.slots[slot]!) {
      let same = true;
      for (let w = 0; w < words; w++) if (this.states[s * words + w] !== state[w]) same = false;
      if (same) return s;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    const s = this.count++;
    if (this.count * words > this.states.length) {
      const larger = new Int32Array(2 * this.states.length);
      larger.set(this.states);
      this.states = larger;
    }
    for (let w = 0; w < words; w++) this.states[s * words + w] = state[w]!;
    this.slots[slot] = s;
    if (3 * this.count > this.slots.length) this.rehash();
    return s;
  }

  private rehash(): void {
    const { words } = this;
    this.slots = new Int32Array(4 * this.slots.length).fill(-1);
    for (let s = 0; s < this.count; s++) {
      let slot = this.slotOf(this.states, s * words);
      while (this.slots[slot]! >= 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = s;
    }
  }

  private slotOf(words: Int32Array, offset: number): number {
    let h = 0x811c9dc5;
    for (let w = 0; w < this.words; w++) {
      h = Math.imul(h ^ words[offset + w]!, 0x9e3779b1);
      h ^= h >>> 15;
    }
    return (h ^ (h >>> 13)) & (this.slots.length - 1);
  }
}
