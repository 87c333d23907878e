import type { World } from '../../../dynamics/world.ts';
import type { RootState } from './root-states.ts';

const NOTHING = new Int32Array(0);

/**
 * Brings a world from root to root. Roots of a large model differ by who is active and little else, so nothing is written but
 * what is not as in the first of them. The world keeps its journal, and everything written in between is undone by it.
 */
export class RootVisits {
  private readonly world: World;
  private root: RootState | undefined;
  /** The root visited first, and by root: places in `ints`, and beyond their length in `reals`, that differ from it. */
  private base: RootState | undefined;
  private readonly places = new WeakMap<RootState, Int32Array>();

  constructor(world: World) {
    this.world = world;
    world.keepJournal();
  }

  /** Undoes what was done since the last visit and brings the world to the root; whatever the clocks say is not part of it. */
  visit(root: RootState): void {
    const { world } = this;
    world.rewind(0);
    if (root === this.root) return;
    if (this.base === undefined) {
      world.ints.set(root.ints);
      world.reals.set(root.reals);
      this.base = root;
    } else {
      this.write(this.placesOf(this.root!), this.base);
      this.write(this.placesOf(root), root);
    }
    this.root = root;
  }

  private write(places: Int32Array, { ints, reals }: RootState): void {
    const { world } = this;
    for (const place of places) {
      if (place < ints.length) world.ints[place] = ints[place]!;
      else world.reals[place - ints.length] = reals[place - ints.length]!;
    }
  }

  private placesOf(root: RootState): Int32Array {
    if (root === this.base) return NOTHING;
    let places = this.places.get(root);
    if (places === undefined) {
      places = Int32Array.from(differences(root, this.base!));
      this.places.set(root, places);
    }
    return places;
  }
}

function differences(a: RootState, b: RootState): number[] {
  const places: number[] = [];
  const intCount = a.ints.length;
  for (let i = 0; i < intCount; i++) if (a.ints[i] !== b.ints[i]) places.push(i);
  for (let i = 0; i < a.reals.length; i++) if (a.reals[i] !== b.reals[i]) places.push(intCount + i);
  return places;
}
