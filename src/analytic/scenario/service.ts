import type { CompiledModel } from '../../compile/model.ts';
import type { AnalyticPart } from '../../model/result.ts';
import type { StructureResult } from '../../model/structure.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import type { Interval } from './bounds.ts';
import { type AtomFigures, composeStructure, nameOf, type PartAnswer, partName } from './compose.ts';
import { formulaOf, type ServiceFormula, solveWithin } from './formula.ts';
import { formulaGap } from './formula-gap.ts';
import type { Influence } from './influence.ts';
import { signalBounds } from './part-bounds.ts';
import type { PartFigures } from './part-figures.ts';
import type { Part, Plan } from './parts.ts';
import type { PartsOfServices, Reading } from './solve-parts.ts';

/** One service under one treatment of the control path. */
export interface ServiceQuestion {
  readonly model: CompiledModel;
  readonly influence: Influence;
  readonly plan: Plan;
  readonly reading: Reading;
  readonly treatment: 'conditional' | 'series';
  /** What is known without any chain. */
  readonly formula: ServiceFormula;
}

/** Unavailability of a service joined from its parts, and how good it is. */
export interface Composed {
  /** Absent when the structure is too large, or when formulas leave out what matters. */
  readonly unavailability?: number;
  readonly method: 'structure' | 'chain' | 'groups-by-chains' | 'first-order';
  readonly exact: boolean;
  /** So many faults at a time were looked at; absent: any number. */
  readonly order?: number;
  /** The structure it was read off. */
  readonly solved: StructureResult;
  /** Per year, where exact. */
  readonly frequencyPerYear?: number;
  readonly bounds?: Interval;
  readonly shared: readonly string[];
  readonly parts: readonly AnalyticPart[];
  readonly refused?: string;
}

/** A part with its answer. */
interface SolvedPart {
  readonly part: Part;
  readonly answer: PartAnswer;
  readonly report: AnalyticPart;
  /** Every number in the answer is exact, though its atoms may be apart. */
  readonly exact: boolean;
  /** So many faults at a time were looked at. */
  readonly order?: number;
  /** What the formulas in it leave out. */
  readonly gap?: string;
}

/**
 * Joins the parts of a service by its structure. Exact when each part was solved together; bounds are given when all that
 * is not known is how the atoms of a part depend on each other, or when the structure is too large.
 */
export function composeService(question: ServiceQuestion, solver: PartsOfServices): Composed {
  const { model, plan, formula } = question;
  const parts = plan.parts.map((part) => solvePart(question, part, solver));
  const apart = parts.filter(({ answer }) => 'apart' in answer);
  const known = parts.every((part) => part.exact);
  const gap = parts.find((part) => part.gap !== undefined)?.gap;
  const orders = parts.flatMap(({ order }) => order ?? []);
  const answers = parts.map(({ answer }) => answer);
  const solved = parts.length === 0 ? formula.solved : solveWithin(composeStructure(model, plan, answers));
  const exact = known && apart.length === 0 && solved.method === 'exact';
  const bounds = exact || !known ? undefined : boundsOf(question, parts, solver);
  const { unavailability, frequencyPerYear } = solved.top;
  const byFormula = parts.some(({ report }) => report.method === 'first-order');
  return {
    ...(solved.method === 'bounds' || gap !== undefined ? {} : { unavailability: clamp(unavailability, bounds) }),
    method: byFormula ? 'first-order' : methodOf(plan, apart.length),
    exact,
    ...(orders.length === 0 ? {} : { order: Math.min(...orders) }),
    solved,
    ...(exact && frequencyPerYear !== undefined ? { frequencyPerYear } : {}),
    ...(bounds === undefined ? {} : { bounds }),
    shared: [...new Set(apart.flatMap(({ part }) => sharedBy(question, part)))],
    parts: parts.map(({ report }) => report),
    ...refusalOf(question, parts, gap, solved),
  };
}

function solvePart(question: ServiceQuestion, part: Part, solver: PartsOfServices): SolvedPart {
  const together = solver.together(part);
  if ('refused' in together) return takeApart(question, part, solver, together.refused);
  if (!isReadable(question, part, together)) {
    return takeApart(question, part, solver, 'it is partly served at times, which a gate cannot read');
  }
  const { states, unavailability, order } = together;
  const of = part.atoms.map((atom) => nameOf(question.model, atom));
  const seen = unavailability.length === 1 ? { unavailability: unavailability[0]! } : {};
  const answer = { together };
  const report = { of, method: 'chain', states, ...seen } as const;
  return { part, answer, report, exact: order === undefined, ...(order === undefined ? {} : { order }) };
}

function takeApart(question: ServiceQuestion, part: Part, solver: PartsOfServices, why: string): SolvedPart {
  const { model, treatment } = question;
  const common = hiddenCause(question, part);
  const apart = new Map<number, AtomFigures>();
  const orders: number[] = [];
  let refused = why;
  let states = 0;
  let byFormula = false;
  let gap: string | undefined;
  for (const atom of part.atoms) {
    // Where a common cause is hidden only exact atoms make a number: the chains of few faults would be solved in vain.
    const own = solver.alone(atom, part, common === undefined);
    if (!('refused' in own) && own.binary[0]) {
      const frequency = own.frequencyPerHour[0]! / SECONDS_PER_HOUR;
      apart.set(atom, { unavailability: own.unavailability[0]!, frequency });
      states += own.states;
      if (own.order !== undefined) orders.push(own.order);
      continue;
    }
    // The first thing that keeps an atom from being solved is what is told of the part.
    if (!byFormula && 'refused' in own) refused = own.refused;
    byFormula = true;
    const formula = formulaOf(model, atom, treatment);
    if (formula !== undefined) apart.set(atom, formula);
    gap ??= formulaGap(model, atom);
  }
  const exact = !byFormula && orders.length === 0;
  if (!exact && common !== undefined) gap ??= `that ${common} takes several of them down at once`;
  const of = part.atoms.map((atom) => nameOf(model, atom));
  const method = byFormula ? 'first-order' : 'chains';
  return {
    part,
    answer: { apart },
    report: { of, method, ...(states === 0 ? {} : { states }), refused },
    exact,
    ...(orders.length === 0 ? {} : { order: Math.min(...orders) }),
    ...(gap === undefined ? {} : { gap }),
  };
}

/** Losses of a part count in proportion only in series with everything else; elsewhere it has to be up or down. */
function isReadable({ plan, reading }: ServiceQuestion, part: Part, { binary }: PartFigures): boolean {
  if (plan.whole || binary.every((each) => each)) return true;
  const inSeries = part.entries.length === 1 && part.entries[0]!.isTerm;
  return inSeries && reading.combine === 'product' && reading.minServiceFraction === 0;
}

function methodOf({ parts, whole }: Plan, apart: number): Composed['method'] {
  if (parts.length === 0) return 'structure';
  return whole && apart === 0 ? 'chain' : 'groups-by-chains';
}

/** The service with every part that was taken apart at its best and at its worst. */
function boundsOf(question: ServiceQuestion, parts: readonly SolvedPart[], solver: PartsOfServices): Interval {
  const { model, plan, influence } = question;
  const intervals = parts.map(({ part, answer }) => {
    if ('together' in answer) return undefined;
    const of = new Map([...answer.apart].map(([atom, figures]) => [atom, figures.unavailability]));
    const both = (a: number, b: number): number | undefined => solver.both(a, b);
    return part.entries.map(({ signals }) => signalBounds(model, influence, signals, { of, both }));
  });
  const composed = (side: (entries: readonly Interval[]) => PartFigures): StructureResult => {
    const answers = parts.map(({ answer }, i) =>
      intervals[i] === undefined ? answer : { together: side(intervals[i]) },
    );
    return solveWithin(composeStructure(model, plan, answers));
  };
  const low = composed(atBest);
  const high = composed(atWorst);
  return { lo: low.lo ?? low.top.unavailability, hi: high.hi ?? high.top.unavailability };
}

/** Only the entry that fails most ever fails. */
function atBest(entries: readonly Interval[]): PartFigures {
  const lows = entries.map(({ lo }) => lo);
  const most = Math.max(...lows);
  const worst = lows.indexOf(most);
  return alternatives(
    lows.map((_, i) => (i === worst ? most : 0)),
    1 << worst,
    most,
  );
}

/** When one entry fails all do, and no two fail at the same time by themselves. */
function atWorst(entries: readonly Interval[]): PartFigures {
  const sum = Math.min(
    1,
    entries.reduce((total, { hi }) => total + hi, 0),
  );
  return alternatives(
    entries.map(() => sum),
    2 ** entries.length - 1,
    sum,
  );
}

function alternatives(unavailability: readonly number[], mask: number, probability: number): PartFigures {
  const none = unavailability.map(() => 0);
  const binary = unavailability.map(() => true);
  return { states: 0, unavailability, frequencyPerHour: none, binary, joint: new Map([[mask, probability]]) };
}

/** What fails and influences more than one atom of the part. */
function sharedBy({ model, influence }: ServiceQuestion, { atoms }: Part): string[] {
  const users = new Map<number, number>();
  for (const atom of atoms) {
    for (const entity of influence.coneOf([atom])) {
      if (influence.fails(entity)) users.set(entity, (users.get(entity) ?? 0) + 1);
    }
  }
  const shared = [...users].filter(([, count]) => count > 1).map(([entity]) => entity);
  return shared.sort((a, b) => a - b).map((entity) => nameOf(model, entity));
}

/**
 * Something that influences an instance below a gate and another atom: their blocks do not show it. In series it is
 * counted for each, at worst; plain elements show what they run on.
 */
function hiddenCause({ model, influence, plan }: ServiceQuestion, { atoms }: Part): string | undefined {
  const isHidden = (atom: number): boolean => atom >= model.elements.count || model.elements.seat[atom]! >= 0;
  for (const atom of atoms) {
    if (!isHidden(atom) || plan.terms.includes(atom)) continue;
    const cone = influence.coneOf([atom]);
    for (const other of atoms) {
      if (other === atom) continue;
      for (const entity of influence.coneOf([other])) {
        if (cone.has(entity) && influence.fails(entity)) return nameOf(model, entity);
      }
    }
  }
  return undefined;
}

function refusalOf(
  { model }: ServiceQuestion,
  parts: readonly SolvedPart[],
  gap: string | undefined,
  solved: StructureResult,
): { readonly refused?: string } {
  // What has no bounds comes first.
  const worst = parts.find(({ exact }) => !exact) ?? parts.find(({ answer }) => 'apart' in answer);
  const reasons: string[] = [];
  if (worst !== undefined) reasons.push(`no exact chain for ${partName(model, worst.part)}: ${worst.report.refused}`);
  if (gap !== undefined) reasons.push(`the first-order formula leaves out ${gap}`);
  if (solved.method === 'bounds') reasons.push('the structure is too large to solve exactly');
  return reasons.length === 0 ? {} : { refused: reasons.join('; ') };
}

function clamp(value: number, bounds: Interval | undefined): number {
  return bounds === undefined ? value : Math.min(Math.max(value, bounds.lo), bounds.hi);
}
