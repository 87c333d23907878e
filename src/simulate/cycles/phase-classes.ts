import type { CompiledModel } from '../../compile/model.ts';
import { STATUS, type World } from '../../dynamics/world.ts';
import { type ScaleScore, scaleScore } from '../../measures/statistics/scale-score.ts';
import { mean } from '../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';

/** Phases that are scaled together, by the name a planner knows them by. */
export interface PhaseClass {
  readonly name: string;
  /** False: a law of it has no score (`scaleScore`); its column tells how many there were. */
  readonly isKnown: boolean;
}

const NONE = -1;
/** Phases beyond which nothing is said of them. */
const MOST_CLASSES = 500;

/**
 * The phases of a model by class, and the score of each class on the course under way: Σ ∂ ln f(t; θ)/∂ ln θ of its durations
 * that ended and ∂ ln P(T > t; θ)/∂ ln θ of those that were cut off (methods §2.12).
 */
export class PhaseClasses {
  readonly classes: readonly PhaseClass[];
  /** How many: a column of scores each. */
  readonly count: number;
  readonly scores: Float64Array;
  /** Of the process whose phases they are. */
  world: World | undefined;
  private readonly ofStep: Int32Array;
  private readonly ofSlot: Int32Array;
  private readonly firstTrack: number;
  private readonly tracks: number;
  private readonly laws: readonly (ScaleScore | undefined)[];

  /** @param isWanted false: nothing is scored */
  constructor(model: CompiledModel, isWanted: boolean) {
    this.laws = model.laws.map(scaleScore);
    const named = isWanted ? namedPhases(model) : NO_PHASES;
    const { names, laws, ofStep, ofSlot } = named.names.length > MOST_CLASSES ? NO_PHASES : named;
    this.count = names.length;
    this.classes = names.map((name, one) => ({
      name,
      isKnown: [...laws[one]!].every((law) => this.laws[law] !== undefined),
    }));
    this.ofStep = ofStep;
    this.ofSlot = ofSlot;
    this.scores = new Float64Array(this.count);
    this.firstTrack = model.tracks.firstSlot;
    this.tracks = model.tracks.count;
  }

  reset(): void {
    this.scores.fill(0);
  }

  /** Column of the phase whose clock `slot` starts now, −1: not scored. */
  of(slot: number): number {
    if (this.count === 0) return NONE;
    const track = slot - this.firstTrack;
    if (track < 0 || track >= this.tracks) return this.ofSlot[slot]!;
    const { trackStep, trackStatus } = this.world!;
    return trackStatus[track] === STATUS.running ? this.ofStep[trackStep[track]! - 1]! : NONE;
  }

  /** @param time µs */
  ended(column: number, law: number, time: number): void {
    if (column < 0) return;
    const score = this.laws[law];
    this.scores[column]! += score === undefined ? 1 : score.ended(time / MICROSECONDS_PER_SECOND);
  }

  /** @param time µs */
  cut(column: number, law: number, time: number): void {
    if (column < 0) return;
    const score = this.laws[law];
    this.scores[column]! += score === undefined ? 1 : score.cut(time / MICROSECONDS_PER_SECOND);
  }
}

/** The phases of a model by name. */
export interface NamedPhases {
  readonly names: readonly string[];
  /** By name: laws it is drawn by. */
  readonly laws: readonly ReadonlySet<number>[];
  /** By step and by slot: place in `names`, −1 for what takes no time. */
  readonly ofStep: Int32Array;
  readonly ofSlot: Int32Array;
}

const NO_PHASES: NamedPhases = { names: [], laws: [], ofStep: new Int32Array(0), ofSlot: new Int32Array(0) };

/** Every phase that takes time: steps of repairs and flows, then what runs beside them. What is alike has one name. */
export function namedPhases(model: CompiledModel): NamedPhases {
  const { steps, slots, modes, seats, groups, names, orphans } = model;
  const phases = new PhaseNames(model);
  const { ofStep, ofSlot } = phases;
  const modeName = (mode: number): string => `${names.elements[modes.element[mode]!]}:${names.modes[mode]}`;
  for (const programs of [modes.program, modes.shop]) {
    const users = counts(programs, (first) => String(first));
    programs.forEach((first, mode) => {
      phases.enterProgram(first, `${modeName(mode)}${alike(users.get(String(first))!)}`);
    });
  }
  // Equal groups share their programs.
  const kindOf = (_: number, group: number): string =>
    [groups.remediation, groups.recovery, groups.manual, groups.detectorLaw.subarray(...detectorsOf(group))]
      .map((column, i) => (i < 3 ? column[group] : column.join(' ')))
      .join('/');
  const detectorsOf = (group: number): [number, number] => [
    groups.detectorStart[group]!,
    groups.detectorStart[group + 1]!,
  ];
  const kinds = counts(groups.remediation, kindOf);
  const firstOf = new Map<string, number>();
  for (let group = 0; group < groups.count; group++) {
    const kind = kindOf(0, group);
    if (!firstOf.has(kind)) firstOf.set(kind, group);
    const owner = `${names.groups[firstOf.get(kind)!]}${alike(kinds.get(kind)!)}`;
    for (const programs of [
      groups.remediation,
      groups.recovery,
      groups.escalation,
      groups.manual,
      groups.switchBack,
      groups.scaleOut,
      groups.scaleIn,
      groups.switchover,
      groups.failFast,
      groups.race,
    ]) {
      phases.enterProgram(programs[group]!, owner);
    }
    ofSlot[slots.reattach + group] = phases.enter(`${owner} re-attachment`, groups.reattachLaw[group]!);
    ofSlot[slots.split + group] = phases.enter(`${owner} split brain`, groups.splitLaw[group]!);
    const [first, end] = detectorsOf(group);
    // Faults of standbys and gray ones have laws of their own, in the slot of the first detector.
    const others = [groups.standbyLaw[group]!, groups.grayLaw[group]!];
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      const slot = seats.detectorSlot[seat]!;
      if (first === end) ofSlot[slot] = phases.enter(`${owner} detection`, ...others);
      for (let i = first; i < end; i++) {
        const its = [groups.detectorLaw[i]!, groups.detectorLater[i]!, ...(i === first ? others : [])];
        const detector = names.detectors[detectorsOf(firstOf.get(kind)!)[0] + i - first] ?? i - first + 1;
        ofSlot[slot + i - first] = phases.enter(`${owner} detector ${detector}`, ...its);
      }
      if (groups.confirmLaw[group]! >= 0)
        ofSlot[seats.confirmSlot[seat]!] = phases.enter(`${owner} confirmation`, groups.confirmLaw[group]!);
      const told = [groups.uncoveredLaw[group]!, groups.auditLaw[group]!];
      ofSlot[slots.report + seat] = phases.enter(`${owner} user report or audit`, ...told);
    }
  }
  slots.leadMode.forEach((mode, i) => {
    ofSlot[slots.lead + i] = phases.enter(`${modeName(mode)} lead time`, modes.leadLaw[mode]!);
  });
  for (let slot = slots.cleanup; slot < slots.blind; slot++) ofSlot[slot] = phases.enter('clean-up', orphans.law);
  slots.blindSeat.forEach((seat, i) => {
    const group = seats.group[seat]!;
    const delays = groups.detectorDelay.subarray(...detectorsOf(group));
    const its = [groups.agentDelay[group]!, groups.messageLaw[group]!, ...delays];
    ofSlot[slots.blind + i] = phases.enter(`${names.groups[group]} blind window`, ...its);
  });
  // Steps of campaigns and whatever else has a program: by flow.
  for (let step = 0; step < steps.count; step++) {
    const { flow, id } = names.steps[step]!;
    if (ofStep[step] === NONE) ofStep[step] = phases.enter(`${flow} ${id}`, steps.law[step]!);
  }
  return phases;
}

/** Names as they are met. */
class PhaseNames implements NamedPhases {
  readonly names: string[] = [];
  readonly laws: Set<number>[] = [];
  readonly ofStep: Int32Array;
  readonly ofSlot: Int32Array;
  private readonly model: CompiledModel;
  private readonly known = new Map<string, number>();

  constructor(model: CompiledModel) {
    this.model = model;
    this.ofStep = new Int32Array(model.steps.count).fill(NONE);
    this.ofSlot = new Int32Array(model.slots.count).fill(NONE);
  }

  /** A phase that is drawn by any of `laws` (−1: none); its place, −1 where it takes no time. */
  enter(name: string, ...laws: readonly number[]): number {
    const timed = laws.filter((law) => {
      const its = this.model.laws[law];
      return its !== undefined && its.kind !== 'never' && mean(its) > 0;
    });
    if (timed.length === 0) return NONE;
    const isPart = timed.every((law) => this.model.laws[law]!.kind === 'shifted');
    const whole = isPart ? `${name}, beyond its least time` : name;
    let one = this.known.get(whole);
    if (one === undefined) {
      one = this.names.push(whole) - 1;
      this.known.set(whole, one);
      this.laws.push(new Set());
    }
    for (const law of timed) this.laws[one]!.add(law);
    return one;
  }

  /** The steps of the program from `first` on (−1: none), unless they are known. */
  enterProgram(first: number, owner: string): void {
    const { steps, names } = this.model;
    if (first < 0) return;
    for (let step = first; this.ofStep[step] === NONE; step++) {
      this.ofStep[step] = this.enter(`${owner} ${names.steps[step]!.id}`, steps.law[step]!);
      if (steps.last[step] === 1) return;
    }
  }
}

const alike = (count: number): string => (count > 1 ? ` or alike (${count})` : '');

function counts(column: Int32Array, key: (value: number, index: number) => string): Map<string, number> {
  const sums = new Map<string, number>();
  column.forEach((value, i) => {
    sums.set(key(value, i), (sums.get(key(value, i)) ?? 0) + 1);
  });
  return sums;
}
