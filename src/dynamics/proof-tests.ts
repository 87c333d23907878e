import { TRACK } from '../compile/model.ts';
import { isLatent } from '../compile/proof-tests.ts';
import type { World } from './world.ts';

/**
 * Proof tests: at one instant everything a test looks at that has failed unnoticed is found, and everything that works is
 * as new where the test renews all. What is known to have failed is left to its own repair.
 */
export class ProofTests {
  private readonly world: World;
  /** Per element, 1 while a test looks at it: between events nothing is. */
  private readonly looked: Uint8Array;
  /** Per mode, 0: it has no age that could be renewed. */
  private readonly ages: Uint8Array;

  constructor(world: World) {
    const { elements, modes, laws } = world.model;
    this.world = world;
    this.looked = new Uint8Array(elements.count);
    this.ages = Uint8Array.from(modes.law, (law) => (AGELESS.includes(laws[law]!.kind) ? 0 : 1));
  }

  /** A test looks at the element right now. */
  looksAt(element: number): boolean {
    return this.looked[element] === 1;
  }

  /** The test `mode` begins: all that waits for it looks again, and the next one is on its way. */
  begin(mode: number): void {
    const w = this.world;
    const { proofTests, elements } = w.model;
    const renewsAll = proofTests.renewsAll[mode] === 1;
    w.clocks.renew(mode);
    for (let i = proofTests.elementStart[mode]!; i < proofTests.elementStart[mode + 1]!; i++) {
      const element = proofTests.element[i]!;
      this.looked[element] = 1;
      const finds = this.isLatent(element);
      if (finds) w.touchTrack(elements.track[element]!);
      if (renewsAll && (finds || w.failedMode[element] === 0)) this.renew(element);
    }
  }

  /** The test `mode` is over, and so is all that it has set off at once. */
  end(mode: number): void {
    const { elementStart, element } = this.world.model.proofTests;
    for (let i = elementStart[mode]!; i < elementStart[mode + 1]!; i++) this.looked[element[i]!] = 0;
  }

  /** What brings the element back waits for a test. */
  private isLatent(element: number): boolean {
    const w = this.world;
    const { elements, tracks } = w.model;
    const track = elements.track[element]!;
    if (track < 0 || tracks.kind[track] !== TRACK.restore) return false;
    return isLatent(w.model, w.trackStep[track]! - 1);
  }

  private renew(element: number): void {
    const { elements } = this.world.model;
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      if (this.ages[mode] === 1) this.world.clocks.renew(mode);
    }
  }
}

const AGELESS: readonly string[] = ['exponential', 'never'];
