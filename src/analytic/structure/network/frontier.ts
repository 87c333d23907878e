import { enlarged } from '../bdd/cache.ts';
import type { Plan } from './plan.ts';
import { CONNECTED, CUT_OFF, OPEN, Walker, WIDEST_FRONTIER } from './walker.ts';

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

/** What is known of the elements, so that states of next to no probability need not be followed. */
export interface Pruning {
  /** Probability of failure by input. */
  readonly unavailability: ArrayLike<number>;
  /** States less probable than this are not followed; they count as connected. */
  readonly least: number;
}

export interface PrunedDiagram extends LayeredDiagram {
  /** Probability of all states not followed, and of those found cut off. */
  readonly dropped: number;
  readonly cutOff: number;
}

const NO_PRUNING: Pruning = { unavailability: [], least: 0 };

/**
 * Frontier method (Hardy, Lucet & Limnios, IEEE Trans. Reliability 56(3), 2007): elements are read one by one and only
 * how the nodes at the frontier hang together is remembered. Undefined above `limit` states. Without layers
 * the terminals hang together by elements that cannot fail.
 */
export function frontierDiagram(plan: Plan, limit: number, pruning = NO_PRUNING): PrunedDiagram | undefined {
  if (plan.width > WIDEST_FRONTIER) return undefined;
  const { unavailability, least } = pruning;
  const branching: number[] = [];
  plan.steps.forEach((step, i) => {
    if (step.input >= 0) branching.push(i);
  });
  const layerInput = branching.map((i) => plan.steps[i]!.input);
  const words = Math.max(1, Math.ceil(plan.width / 4));
  const walker = new Walker(plan, 4 * words);
  const scratch = new Int32Array(walker.state.buffer);
  const lead = branching[0] ?? plan.steps.length;
  if (lead > 0 && walker.play(0, lead, true) !== OPEN) {
    return { layerStart: [0], layerInput: [], child: new Int32Array(0), dropped: 0, cutOff: 0 };
  }
  let current = new StateTable(words);
  current.intern(scratch, 1);
  let child = new Int32Array(1 << 12);
  const layerStart = [0];
  let first = 0;
  let dropped = 0;
  let cutOff = 0;
  for (let layer = 0; layer < branching.length; layer++) {
    const at = branching[layer]!;
    // A sure step rides along with the fallible step before it.
    const until = branching[layer + 1] ?? plan.steps.length;
    const q = unavailability[layerInput[layer]!] ?? 0;
    const next = new StateTable(words);
    const nextFirst = first + current.count;
    if (nextFirst > limit) return undefined;
    if (child.length < 2 * nextFirst) child = enlarged(child, 2 ** Math.ceil(Math.log2(2 * nextFirst)));
    for (let s = 0; s < current.count; s++) {
      const mass = current.mass[s]!;
      if (mass < least) {
        dropped += mass;
        child[2 * (first + s)] = child[2 * (first + s) + 1] = CONNECTED;
        continue;
      }
      for (let failed = 0; failed < 2; failed++) {
        for (let w = 0; w < words; w++) scratch[w] = current.states[s * words + w]!;
        const share = mass * (failed === 1 ? q : 1 - q);
        const outcome = walker.play(at, until, failed === 0);
        if (outcome === CUT_OFF) cutOff += share;
        child[2 * (first + s) + failed] = outcome === OPEN ? nextFirst + next.intern(scratch, share) : outcome;
      }
    }
    first = nextFirst;
    layerStart.push(first);
    current = next;
  }
  return { layerStart, layerInput, child: child.subarray(0, 2 * first), dropped, cutOff };
}

/** Set of states of one layer, numbered in order of arrival. */
class StateTable {
  states: Int32Array;
  /** Probability that has arrived at each state. */
  mass = new Float64Array(64);
  count = 0;
  private readonly words: number;
  private slots: Int32Array;

  constructor(words: number) {
    this.words = words;
    this.states = new Int32Array(64 * words);
    this.slots = new Int32Array(256).fill(-1);
  }

  /** Number of the state, taken in if it is new; `mass` is added to it. */
  intern(state: Int32Array, mass: number): number {
    const { words } = this;
    let slot = this.slotOf(state, 0);
    for (let s = this.slots[slot]!; s >= 0; s = this.slots[slot]!) {
      let same = true;
      for (let w = 0; w < words; w++) if (this.states[s * words + w] !== state[w]) same = false;
      if (same) {
        this.mass[s]! += mass;
        return s;
      }
      slot = (slot + 1) & (this.slots.length - 1);
    }
    const s = this.count++;
    if (this.count > this.mass.length) {
      this.states = enlarged(this.states, 2 * this.states.length);
      const mass = new Float64Array(2 * this.mass.length);
      mass.set(this.mass);
      this.mass = mass;
    }
    this.mass[s] = mass;
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
