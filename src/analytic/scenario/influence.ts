import { Influence as PlainInfluence } from '../../compile/slice/influence.ts';
import { fails, goesDown } from './elements.ts';

/** What can influence what, and which of it fails: signals whose cones share nothing that fails are independent. */
export class Influence extends PlainInfluence {
  /** Whether the entity, or a layer of one of its instances, ever fails by itself or, as a shock, strikes others. */
  fails(entity: number): boolean {
    return this.layersOf(entity).some((element) => fails(this.model, element));
  }

  /** Elements among the entities, and among the layers of their instances, that go down and come back. */
  failingIn(entities: Iterable<number>): number {
    let count = 0;
    for (const entity of entities) {
      for (const element of this.layersOf(entity)) if (goesDown(this.model, element)) count++;
    }
    return count;
  }

  private layersOf(entity: number): number[] {
    const { elements, groups, seats } = this.model;
    if (entity < elements.count) return [entity];
    const group = entity - elements.count;
    const first = seats.layerStart[groups.seatStart[group]!]!;
    return [...seats.layer.subarray(first, seats.layerStart[groups.seatStart[group + 1]!]!)];
  }
}
