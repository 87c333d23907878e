import type { CompiledModel } from '../../../compile/model.ts';
import type { World } from '../../../dynamics/world.ts';
import type { FailureClasses } from '../failure-classes.ts';
import type { RootState } from '../roots/root-states.ts';
import { pick, pickOfMany } from './forcing-time.ts';
import { LearnedMoments } from './learned-moments.ts';

/** What an element carries or is a layer of: no member of the service's groups, members in waiting only, or one with the active role. */
const NONE = 0;
const WAITING = 1;
const ACTIVE = 2;
const KINDS = 3;
/** Share that is drawn by rate alone: nothing weighs more than four of what is drawn as it falls. */
const BY_RATE = 0.25;
/** Members from which on to tell who carries them would take as long as a sample. */
const MOST_SEATS = 64;

/** Modes of a class that strike members in a root, what they strike, and the rate of each kind of all modes, 1/µs. */
interface Struck {
  readonly modes: readonly number[];
  readonly kinds: readonly number[];
  readonly rates: readonly number[];
}

function kindIn({ modes, kinds }: Struck, mode: number): number {
  return kinds[modes.indexOf(mode)] ?? NONE;
}

/**
 * Chooses which failure of a class begins an incident (methods §2.5, for the first one): those that strike an active member, one
 * in waiting or none are drawn the more often, the more they have led to downtime. Members run on a few nodes of a pool.
 */
export class FirstFailure {
  /** Of the last choice: its likelihood ratio, and what `moments` knows it by, −1: drawn as it falls. */
  ratio = 1;
  kind = -1;
  /** False: all are drawn as they fall. */
  isBiased = true;
  /** What failures of each kind led to, by class. */
  readonly moments: LearnedMoments;
  private readonly model: CompiledModel;
  private readonly classes: FailureClasses;
  private readonly layout: World;
  /** Members of the service's own groups. */
  private readonly seats: readonly number[];
  private readonly known = new WeakMap<RootState, Map<number, Struck | undefined>>();

  /** @param layout where what a state consists of lies */
  constructor(model: CompiledModel, classes: FailureClasses, layout: World) {
    this.model = model;
    this.classes = classes;
    this.layout = layout;
    this.moments = new LearnedMoments(classes.count, KINDS);
    const { groups, seats: all } = model;
    // Bonds and uplinks of a fabric are groups, too, but run on nothing.
    const isMember = (seat: number): boolean => groups.internal[all.group[seat]!] === 0;
    const seats = [...all.group.keys()].filter((seat) => isMember(seat) && classes.foreground?.seats[seat] !== 0);
    this.seats = seats.length > MOST_SEATS ? [] : seats;
  }

  /** A mode of the class `first` that can strike in `root`. */
  choose(root: RootState, first: number, random: () => number): number {
    this.ratio = 1;
    this.kind = -1;
    const struck = this.isBiased && this.seats.length > 0 ? this.struckBy(first, root) : undefined;
    if (struck === undefined) return this.byRate(root, first, random);
    const { rates } = struck;
    const { roots } = this.moments;
    const learned = (kind: number): number => rates[kind]! * roots[KINDS * first + kind]!;
    const alike = (kind: number): number => (rates[kind]! > 0 ? 1 : 0);
    const worth = learned(NONE) + learned(WAITING) + learned(ACTIVE) > 0 ? learned : alike;
    const all = worth(NONE) + worth(WAITING) + worth(ACTIVE);
    const wanted = random() < BY_RATE ? undefined : pick(KINDS, worth, random() * all);
    const mode =
      wanted === undefined ? this.byRate(root, first, random) : this.ofKind(wanted, root, first, struck, random);
    const kind = kindIn(struck, mode);
    const share = rates[kind]! / (rates[NONE]! + rates[WAITING]! + rates[ACTIVE]!);
    this.ratio = share / (BY_RATE * share + ((1 - BY_RATE) * worth(kind)) / all);
    this.kind = KINDS * first + kind;
    return mode;
  }

  private ofKind(kind: number, root: RootState, first: number, struck: Struck, random: () => number): number {
    const modes = kind === NONE ? this.classes.members[first]! : struck.modes;
    return this.oneOf(
      modes,
      (mode) => (kindIn(struck, mode) === kind ? this.rateIn(root, mode) : 0),
      this.classes.fastest[first]!,
      random,
    );
  }

  private byRate(root: RootState, first: number, random: () => number): number {
    const { members, fastest } = this.classes;
    return this.oneOf(members[first]!, (mode) => this.rateIn(root, mode), fastest[first]!, random);
  }

  private oneOf(
    modes: ArrayLike<number>,
    rateOf: (mode: number) => number,
    fastest: number,
    random: () => number,
  ): number {
    const rate = (i: number): number => rateOf(modes[i]!);
    const drawn = pickOfMany(modes.length, rate, fastest, random);
    if (drawn >= 0) return modes[drawn]!;
    let sum = 0;
    for (let i = 0; i < modes.length; i++) sum += rate(i);
    return modes[pick(modes.length, rate, random() * sum)]!;
  }

  private rateIn({ reals }: RootState, mode: number): number {
    return this.classes.rates[mode]! * reals[this.layout.pacesAt + mode]!;
  }

  /** Undefined where all that can strike is of one kind. */
  private struckBy(first: number, root: RootState): Struck | undefined {
    let byClass = this.known.get(root);
    if (byClass === undefined) {
      byClass = new Map();
      this.known.set(root, byClass);
    }
    if (!byClass.has(first)) byClass.set(first, this.sorted(first, root));
    return byClass.get(first);
  }

  private sorted(first: number, root: RootState): Struck | undefined {
    const { elements, seats } = this.model;
    const { seatHostAt, activeAt } = this.layout;
    const kindOf = new Map<number, number>();
    for (const seat of this.seats) {
      const kind = root.ints[activeAt + seat] === 1 ? ACTIVE : WAITING;
      const strikes = (element: number): void => {
        for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
          if (this.classes.of[mode] === first) kindOf.set(mode, Math.max(kind, kindOf.get(mode) ?? NONE));
        }
      };
      for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) strikes(seats.layer[i]!);
      const home = elements.host[seats.layer[seats.layerStart[seat]!]!]!;
      for (let host = home >= 0 ? home : root.ints[seatHostAt + seat]! - 1; host >= 0; host = elements.host[host]!)
        strikes(host);
    }
    const running = [...kindOf].filter(([mode]) => this.rateIn(root, mode) > 0);
    const modes = running.map(([mode]) => mode);
    const kinds = running.map(([, kind]) => kind);
    const rates = [0, 0, 0];
    for (const mode of this.classes.members[first]!) rates[kindOf.get(mode) ?? NONE]! += this.rateIn(root, mode);
    return rates.filter((rate) => rate > 0).length > 1 ? { modes, kinds, rates } : undefined;
  }
}
