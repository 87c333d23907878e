import type { CompiledModel } from '../../compile/model.ts';
import { stepsOf } from '../../compile/programs.ts';
import { type Hazard, hazardOf } from '../../measures/statistics/hazard.ts';
import { type Law, mean } from '../../model/law.ts';
import { InputError } from '../../model/problem.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';

/** 1 per failure mode and per random branch that what is asked about depends on by itself. */
export interface Foreground {
  readonly modes: Uint8Array;
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
  /** Whether any mode ages. */
  readonly ageing: boolean;
  /** `element:mode` of the first of each class, and of how many. */
  readonly names: readonly string[];
}

/**
 * Sorts the failure modes into classes of equal law, restoration and kind of element.
 *
 * @param foreground what is asked about depends on that; what it only competes with for something finite is no class with
 *   it, as next to none of these failures matters
 * @throws InputError `unsupported` naming the first failure law that has no density.
 */
export function failureClasses(model: CompiledModel, foreground?: Foreground): FailureClasses {
  const { modes, elements, steps, laws, names, strikes } = model;
  const known = new Map<string, number>();
  const of = new Int32Array(modes.count);
  const rates = new Float64Array(modes.count);
  const hazards: (Hazard | undefined)[] = Array.from({ length: modes.count });
  for (let mode = 0; mode < modes.count; mode++) {
    const law = laws[modes.law[mode]!]!;
    if (law.kind !== 'never') {
      rates[mode] = 1 / (mean(law) * MICROSECONDS_PER_SECOND);
      if (law.kind !== 'exponential') {
        hazards[mode] = hazardOf(law);
        if (hazards[mode] === undefined) throw noHazard(names.stream(mode)[0], law);
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
  const fastestPace = model.groups.standbyRate.reduce((most, pace) => Math.max(most, pace), 1);
  const fastest = Float64Array.from(lists, (list) =>
    list.reduce((most, mode) => Math.max(most, rates[mode]! * fastestPace), 0),
  );
  const label = (alike: Int32Array): string => {
    const name = `${names.elements[modes.element[alike[0]!]!]}:${names.modes[alike[0]!]}`;
    return alike.length === 1 ? name : `${name} or alike (${alike.length})`;
  };
  const ageing = hazards.some((hazard) => hazard !== undefined);
  return { count: known.size, of, members, fastest, rates, hazards, foreground, ageing, names: members.map(label) };
}

function noHazard(name: string, law: Law): InputError {
  return new InputError([
    {
      level: 'unsupported',
      code: 'no-hazard',
      message: `${name} fails ${fixedTimes(law)}; cycles follow what the next fault may be, and need failure laws that spread it over a stretch of time`,
      hint: 'use --method histories, or a law such as exponential, weibull, lognormal or uniform',
    },
  ]);
}

function fixedTimes(law: Law): string {
  switch (law.kind) {
    case 'shifted':
      return fixedTimes(law.law);
    case 'calendar':
      return 'at fixed instants of a calendar';
    case 'empirical':
      return 'at one of the ages that were observed, and at no other';
    default:
      return 'at exactly the same age each time: whether two such faults meet depends on where their clocks stand, which never mixes';
  }
}
