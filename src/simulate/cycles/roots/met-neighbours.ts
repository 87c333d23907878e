import { type CompiledModel, SPREAD_LEVELS } from '../../../compile/model.ts';
import { Meetings } from './meetings.ts';
import type { StateLayout } from './met-values.ts';
import type { RootState } from './root-states.ts';

/** Kinds of neighbours: by level (`SPREAD_LEVELS`), members of one group and of two. */
export const NEIGHBOURS = 2 * SPREAD_LEVELS.length;

/** Pairs of members of which it is known whether they have been neighbours: all of few members, else those of one group. */
const MOST_PAIRS = 2 ** 13;

/** Pairs of members, one after the other, and where members are neighbours: in one domain. */
interface Kind {
  /** A bit of its own. */
  readonly bit: number;
  /** By node + 1 (0: on none). */
  readonly domains: Int32Array;
  readonly pairs: Int32Array;
}

/**
 * Which members have been neighbours often enough: on one node, in one rack, site, leaf pair or region. Each of two may have been
 * everywhere, though hardly ever both in one place.
 */
export class MetNeighbours {
  private readonly seatHostAt: number;
  /** Those that were not. */
  private readonly apart: readonly Kind[];
  /** By seat: its domain, of the state and the level looked at. */
  private readonly domain: Int32Array;

  /** @param states in the order in which they were met */
  constructor({ model, seatHostAt }: Pick<StateLayout, 'model' | 'seatHostAt'>, states: readonly RootState[]) {
    this.seatHostAt = seatHostAt;
    this.domain = new Int32Array(model.seats.count);
    this.apart = kindsOf(model).map((kind) => ({ ...kind, pairs: this.seldom(kind, states) }));
  }

  /** Bits of the kinds in which two members are neighbours that were not often enough. @param looked those that are looked at */
  rare(ints: Int32Array, looked: number): number {
    let rare = 0;
    for (const { bit, domains, pairs } of this.apart) {
      if ((looked & bit) === 0) continue;
      this.lookAt(domains, ints);
      for (let i = 0; i < pairs.length && (rare & bit) === 0; i += 2) {
        if (this.areNeighbours(pairs[i]!, pairs[i + 1]!)) rare |= bit;
      }
    }
    return rare;
  }

  private seldom({ domains, pairs }: Kind, states: readonly RootState[]): Int32Array {
    const met = new Meetings(pairs.length / 2, states.length);
    states.forEach(({ ints }, state) => {
      this.lookAt(domains, ints);
      for (let i = 0; i < pairs.length; i += 2) {
        if (this.areNeighbours(pairs[i]!, pairs[i + 1]!)) met.note(i / 2, state);
      }
    });
    return pairs.filter((_, i) => !met.isOften(i >> 1));
  }

  private lookAt(domains: Int32Array, ints: Int32Array): void {
    const { domain, seatHostAt } = this;
    for (let seat = 0; seat < domain.length; seat++) domain[seat] = domains[ints[seatHostAt + seat]!]!;
  }

  private areNeighbours(a: number, b: number): boolean {
    const domain = this.domain[a]!;
    return domain >= 0 && domain === this.domain[b];
  }
}

function kindsOf(model: CompiledModel): Kind[] {
  const [own, others] = pairsOf(model);
  return domainsOf(model).flatMap(({ level, domains }) => [
    { bit: 1 << (2 * level), domains, pairs: own },
    { bit: 2 << (2 * level), domains, pairs: others },
  ]);
}

/** Levels that tell nodes apart, each in another way: where each node is a rack of its own, racks tell nothing more. */
function domainsOf({ elements, rooms }: CompiledModel): { level: number; domains: Int32Array }[] {
  const nodes = [...new Set(rooms.node)];
  const known = new Set([nodes.map(() => 0).join()]);
  return SPREAD_LEVELS.flatMap((_, level) => {
    const domains = new Int32Array(elements.count + 1).fill(-1);
    const numbers = new Map<number, number>();
    for (const node of nodes) {
      const domain = elements.domains[SPREAD_LEVELS.length * node + level]!;
      if (!numbers.has(domain)) numbers.set(domain, numbers.size);
      domains[node + 1] = numbers.get(domain)!;
    }
    const form = nodes.map((node) => domains[node + 1]).join();
    const tells = !known.has(form);
    known.add(form);
    return tells ? [{ level, domains }] : [];
  });
}

/** Members of one group, then of two. */
function pairsOf({ seats }: CompiledModel): [Int32Array, Int32Array] {
  const areFew = (seats.count * (seats.count - 1)) / 2 <= MOST_PAIRS;
  const [own, others]: [number[], number[]] = [[], []];
  for (let a = 0; a < seats.count; a++) {
    for (let b = a + 1; b < seats.count; b++) {
      const isOwn = seats.group[a] === seats.group[b];
      if (!(areFew || isOwn)) break;
      (isOwn ? own : others).push(a, b);
    }
  }
  return own.length > 2 * MOST_PAIRS
    ? [new Int32Array(), new Int32Array()]
    : [Int32Array.from(own), Int32Array.from(others)];
}
