import type { Plan } from './plan.ts';

/** Outcomes of a step: the question is open, all terminals hang together for good, or one is cut off for good. */
export const OPEN = 0;
export const CONNECTED = -1;
export const CUT_OFF = -2;

/** Marks a component that holds a terminal; the other bits of a label number the component. */
const HOLDS_TERMINAL = 0x80;
/** Frontier places a state has room for: component numbers must fit the bits left of a label. */
export const WIDEST_FRONTIER = 120;

/**
 * Plays the steps of a plan on one state: one byte per frontier place, 0 for a place that is free or whose node has
 * failed, else the label of the component the node belongs to.
 */
export class Walker {
  /** The state at hand, padded to whole words. */
  readonly state: Uint8Array;
  private readonly plan: Plan;
  /** Whether every terminal has been read once step i is done. */
  private readonly complete: Uint8Array;
  private readonly renamed = new Uint8Array(256);

  constructor(plan: Plan, bytes: number) {
    this.plan = plan;
    this.state = new Uint8Array(bytes);
    let terminals = 0;
    this.complete = Uint8Array.from(plan.steps, (step) => {
      if (step.terminal) terminals++;
      return terminals === plan.terminals ? 1 : 0;
    });
  }

  /** Plays step `from` as `works` says and the sure steps after it up to `until`, then makes the labels canonical. */
  play(from: number, until: number, works: boolean): number {
    let outcome = this.step(from, works);
    for (let i = from + 1; i < until && outcome === OPEN; i++) outcome = this.step(i, true);
    if (outcome === OPEN) this.canonise();
    return outcome;
  }

  private step(index: number, works: boolean): number {
    const { state } = this;
    const { width, steps } = this.plan;
    const { kind, place, other, terminal, retire } = steps[index]!;
    if (kind === 'node') {
      if (!works) {
        state[place] = 0;
        if (terminal) return CUT_OFF;
      } else {
        let largest = 0;
        for (let i = 0; i < width; i++) {
          const number = state[i]! & ~HOLDS_TERMINAL;
          if (number > largest) largest = number;
        }
        state[place] = (largest + 1) | (terminal ? HOLDS_TERMINAL : 0);
      }
    } else if (works) {
      const a = state[place]!;
      const b = state[other]!;
      if (a !== b && a !== 0 && b !== 0) {
        const merged = a | (b & HOLDS_TERMINAL);
        for (let i = 0; i < width; i++) if (state[i] === a || state[i] === b) state[i] = merged;
      }
    }
    const complete = this.complete[index] === 1;
    if (complete && this.terminalsTogether()) return CONNECTED;
    for (const leaving of retire) {
      const label = state[leaving]!;
      state[leaving] = 0;
      if (label < HOLDS_TERMINAL) continue;
      // A component with a terminal closes: nothing can reach it any more.
      let open = false;
      for (let i = 0; i < width; i++) if (state[i] === label) open = true;
      if (!open) return CUT_OFF;
    }
    return OPEN;
  }

  private terminalsTogether(): boolean {
    const { state } = this;
    const { width } = this.plan;
    let label = 0;
    for (let i = 0; i < width; i++) {
      const own = state[i]!;
      if (own < HOLDS_TERMINAL) continue;
      if (label !== 0 && own !== label) return false;
      label = own;
    }
    return label !== 0;
  }

  /** Numbers components by first place, so that equal partitions are equal bytes. */
  private canonise(): void {
    const { state, renamed } = this;
    const { width } = this.plan;
    let next = 1;
    for (let i = 0; i < width; i++) {
      const label = state[i]!;
      if (label === 0) continue;
      if (renamed[label] === 0) renamed[label] = next++ | (label & HOLDS_TERMINAL);
      state[i] = renamed[label]!;
    }
    // Labels met are at most `width + 1` numbers with and without the mark.
    renamed.fill(0);
  }
}
