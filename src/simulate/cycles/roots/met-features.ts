import { MetNeighbours, NEIGHBOURS } from './met-neighbours.ts';
import { isSmall, MetValues, SMALL, type StateLayout } from './met-values.ts';
import type { RootState } from './root-states.ts';

/** Share of the states that may be rare: where there are more, rare is not what they are. */
const MOST_RARE = 0.25;

/** Ways to be rare of one column: by each of the small values, by any other or one that names something. */
const OTHERS = SMALL;
const WAYS = OTHERS + 1;

/**
 * What the states that a history has met were like: the values of each number that decides what happens next, and which members
 * have been neighbours. A state with something about it that next to none of them had is one that the history was too short for.
 *
 * A way to be rare is a small value in a column of the state (`World.dynamicColumns`), any larger one or name there, or two
 * members that are neighbours in one way (`MetNeighbours`).
 */
export class MetFeatures {
  private readonly layout: StateLayout;
  private readonly met: MetValues;
  private readonly neighbours: MetNeighbours;
  /** By column, then for neighbours: a bit for each way that is looked at. */
  private readonly looked: Int32Array;
  /** Place that made a state rare the last time, and its column: it often does so again. */
  private last = 0;
  private lastColumn = 0;

  private constructor(layout: StateLayout, met: MetValues, neighbours: MetNeighbours, looked: Int32Array) {
    this.layout = layout;
    this.met = met;
    this.neighbours = neighbours;
    this.looked = looked;
  }

  /** Of these states, but for ways in which too many of them are rare. */
  static of(layout: StateLayout, states: readonly RootState[]): MetFeatures {
    const every = new Int32Array(layout.dynamicColumns.length + 1).fill(2 ** WAYS - 1);
    every[layout.dynamicColumns.length] = 2 ** NEIGHBOURS - 1;
    const all = new MetFeatures(layout, new MetValues(layout, states), new MetNeighbours(layout, states), every);
    const left = every.slice();
    for (const way of tooMany(states.map(({ ints }) => all.rareWays(ints)))) left[columnOf(way)]! &= ~bitOf(way);
    return all.by(left);
  }

  /** The same by some of the ways to be rare. */
  within(ways: readonly number[]): MetFeatures {
    const looked = new Int32Array(this.looked.length);
    for (const way of ways) looked[columnOf(way)]! |= this.looked[columnOf(way)]! & bitOf(way);
    return this.by(looked);
  }

  /** Ways to be rare that are looked at, ascending. */
  get ways(): readonly number[] {
    return waysOf(this.looked);
  }

  /** Numbers of a state that are looked at. */
  get places(): number {
    return this.looked.reduce(
      (sum, ways, column) => sum + (ways === 0 ? 0 : this.startOf(column + 1) - this.startOf(column)),
      0,
    );
  }

  /** Those of the states that have nothing rare about them. */
  common<State extends RootState>(states: readonly State[]): readonly State[] {
    return states.filter(({ ints }) => !this.isRare(ints));
  }

  /** Whether the state has anything about it that next to no other had. */
  isRare(ints: Int32Array): boolean {
    const { looked, last, lastColumn } = this;
    if ((this.wayAt(last, lastColumn, ints) & looked[lastColumn]!) !== 0) return true;
    return looked.some((ways, column) => ways !== 0 && this.waysIn(column, ints, true) !== 0);
  }

  /** The ways in which it is rare. */
  rareWays(ints: Int32Array): number[] {
    return waysOf(this.looked.map((looked, column) => (looked === 0 ? 0 : this.waysIn(column, ints, false))));
  }

  private by(looked: Int32Array): MetFeatures {
    return new MetFeatures(this.layout, this.met, this.neighbours, looked);
  }

  private startOf(column: number): number {
    return this.layout.dynamicColumns[column]?.start ?? this.layout.dynamicLength;
  }

  /** Bits of the ways that are looked at and in which it is rare by a column; any of them is enough for `one`. */
  private waysIn(column: number, ints: Int32Array, one: boolean): number {
    const looked = this.looked[column]!;
    if (column === this.looked.length - 1) return this.neighbours.rare(ints, looked);
    const end = this.startOf(column + 1);
    let ways = 0;
    for (let i = this.startOf(column); i < end; i++) {
      const rare = this.wayAt(i, column, ints) & looked;
      if (rare === 0) continue;
      ways |= rare;
      this.last = i;
      this.lastColumn = column;
      if (one) break;
    }
    return ways;
  }

  /** The bit of the way in which a number of a column is rare; 0: it is not. */
  private wayAt(i: number, column: number, ints: Int32Array): number {
    const value = ints[i]!;
    if (this.met.has(i, value)) return 0;
    return isSmall(value) && !this.layout.dynamicColumns[column]!.names ? 1 << value : 1 << OTHERS;
  }
}

/** @param bits by column */
function waysOf(bits: Int32Array): number[] {
  const ways: number[] = [];
  bits.forEach((own, column) => {
    for (let bit = 0; bit < WAYS; bit++) if (((own >> bit) & 1) === 1) ways.push(WAYS * column + bit);
  });
  return ways;
}

const columnOf = (way: number): number => Math.floor(way / WAYS);

const bitOf = (way: number): number => 1 << (way % WAYS);

/** Ways in which too many of the states are rare: those of most go first. @param rare by state: the ways in which it is */
function tooMany(rare: readonly (readonly number[])[]): readonly number[] {
  const out = new Set<number>();
  for (;;) {
    const times = new Map<number, number>();
    let own = 0;
    for (const ways of rare) {
      const left = ways.filter((way) => !out.has(way));
      if (left.length > 0) own++;
      for (const way of left) times.set(way, (times.get(way) ?? 0) + 1);
    }
    if (own <= MOST_RARE * rare.length) return [...out];
    const most = Math.max(...times.values());
    for (const [way, count] of times) if (count === most) out.add(way);
  }
}
