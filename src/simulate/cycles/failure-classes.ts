import type { CompiledModel } from '../../compile/model.ts';
import { stepsOf } from '../../compile/programs.ts';
import { isProofTest } from '../../compile/proof-tests.ts';
import { type Hazard, hazardOf } from '../../measures/statistics/hazard.ts';
import { mean } from '../../model/law.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { type FixedAges, fixedAges } from './fixed-ages.ts';

/** 1 per failure mode, member and random branch that what is asked about depends on by itself. */
export interface Foreground {
  readonly modes: Uint8Array;
  readonly seats: Uint8Array;
  readonly streams: Uint8Array;
}

/** Failure modes that are alike: drawn together as first failures (strata), chosen together as further ones. */
export interface FailureClasses {
  readonly count: number;
  /** Class of each failure mode. */
  readonly of: Int32Array;
  /** Modes of each class, ascending, and the highest rate that any of them can have, 1/µs; not for those that age. */
  readonly members: readonly Int32Array[];
  readonly fastest: Float64Array;
  /** Failures per µs of each mode while its clock runs at its nominal pace, on average over its age. */
  readonly rates: Float64Array;
  /** Per mode that ages: its hazard; its rate is the reciprocal of its mean then. */
  readonly hazards: readonly (Hazard | undefined)[];
  /** Absent: everything. */
  readonly foreground?: Foreground | undefined;
  /** Per mode that strikes at some ages and at no other: those ages. */
  readonly fixed: readonly (FixedAges | undefined)[];
  /** Whether any mode ages or is renewed by a proof test, and whether any strikes at fixed ages. */
  readonly ageing: boolean;
  readonly isFixed: boolean;
  /** Modes that are no failures but the occurrences of proof tests; their rates are 0 here. */
  readonly tests: readonly number[];
  /** `element:mode` of the first of each class, and of how many. */
  readonly names: readonly string[];
}

/**
 * Sorts the failure modes into classes of equal law, restoration and kind of element.
 *
 * @param foreground what is asked about depends on that; what it only competes with for something finite is no class with
 *   it, as next to none of these failures matters
 */
export function failureClasses(model: CompiledModel, foreground?: Foreground): FailureClasses {
  const { modes, elements, steps, laws, names, strikes } = model;
  const known = new Map<string, number>();
  const of = new Int32Array(modes.count);
  const rates = new Float64Array(modes.count);
  const hazards: (Hazard | undefined)[] = Array.from({ length: modes.count });
  const tests: number[] = [];
  const fixed: (FixedAges | undefined)[] = Array.from({ length: modes.count });
  for (let mode = 0; mode < modes.count; mode++) {
    const law = laws[modes.law[mode]!]!;
    if (isProofTest(model, mode)) tests.push(mode);
    else if (law.kind !== 'never') {
      rates[mode] = 1 / (mean(law) * MICROSECONDS_PER_SECOND);
      if (law.kind !== 'exponential') {
        hazards[mode] = hazardOf(law);
        if (hazards[mode] === undefined) fixed[mode] = fixedAges(law);
      }
    }
    const restoration = stepsOf(model, modes.program[mode]!).map((step) => `${steps.law[step]}/${steps.queue[step]}`);
    // No two causes strike alike.
    const cause = strikes.start[mode]! < strikes.start[mode + 1]! ? mode : '';
    const key = `${elements.kind[modes.element[mode]!]} ${modes.law[mode]} ${restoration.join(' ')} ${cause} ${foreground?.modes[mode] ?? ''}`;
    if (!known.has(key)) known.set(key, known.size);
    of[mode] = known.get(key)!;
  }
  const lists: number[][] = Array.from(known, () => []);
  for (let mode = 0; mode < modes.count; mode++) lists[of[mode]!]!.push(mode);
  const members = lists.map((list) => Int32Array.from(list));
  const highest = (paces: Float64Array): number => paces.reduce((most, pace) => Math.max(most, pace), 1);
  const fastestPace = highest(model.groups.standbyRate) * highest(model.standbys.rate);
  const fastest = Float64Array.from(lists, (list) =>
    list.reduce((most, mode) => Math.max(most, rates[mode]! * fastestPace), 0),
  );
  const label = (alike: Int32Array): string => {
    const name = `${names.elements[modes.element[alike[0]!]!]}:${names.modes[alike[0]!]}`;
    return alike.length === 1 ? name : `${name} or alike (${alike.length})`;
  };
  const isFixed = fixed.some((ages) => ages !== undefined);
  const ageing = isFixed || tests.length > 0 || hazards.some((hazard) => hazard !== undefined);
  return {
    count: known.size,
    of,
    members,
    fastest,
    rates,
    hazards,
    fixed,
    foreground,
    ageing,
    isFixed,
    tests,
    names: members.map(label),
  };
}
