import type { CompiledModel } from '../../compile/model.ts';
import { type Measured, measuredSlice } from '../../compile/slice/measured.ts';
import type { TransitionModel } from '../../model/chain.ts';
import { fails, goesDown } from './elements.ts';
import { faultless, fewFaults } from './few-faults.ts';
import { forbiddingLaw } from './forbidding-law.ts';
import type { Influence } from './influence.ts';
import { type PartFigures, type Refusal, solveSpace } from './part-figures.ts';
import { isShock } from './shocks.ts';
import { memorylessTwin } from './twin.ts';

/** The state space of a compiled model, one reward per service. */
export type StateSpaceOf = (model: CompiledModel) => TransitionModel;

export interface PartSolverOptions {
  /** States of any one chain, and of all chains together. */
  readonly mostStates: number;
  readonly statesInAll: number;
  /** Every law is replaced by the exponential one of the same mean. */
  readonly twin?: boolean;
}

/** Numbers that all state vectors of a chain may take together: 200 MB. */
const MOST_WORDS = 50_000_000;
const NO_SINGLE_FAULT: Refusal = { refused: 'no single fault takes it down', states: 0 };
/** From so many states on it is worth a look whether a chain has a chance. */
const WORTH_A_LOOK = 4_096;

/**
 * Solves parts of a scenario exactly: everything else is left out, the chain of what remains is generated and solved. Parts
 * that are alike, whatever they are called, are solved once.
 */
export class PartSolver {
  private readonly model: CompiledModel;
  private readonly influence: Influence;
  private readonly stateSpaceOf: StateSpaceOf;
  private readonly options: PartSolverOptions;
  private readonly solved = new Map<string, PartFigures | Refusal>();
  private spent = 0;

  constructor(model: CompiledModel, influence: Influence, stateSpaceOf: StateSpaceOf, options: PartSolverOptions) {
    this.model = model;
    this.influence = influence;
    this.stateSpaceOf = stateSpaceOf;
    this.options = options;
  }

  /** Figures of the services when nothing but `entities` (closed under influence) exists, or why there are none. */
  solve(entities: ReadonlySet<number>, services: readonly Measured[]): PartFigures | Refusal {
    const { mostStates, twin } = this.options;
    const failing = this.influence.failingIn(entities);
    if (2 ** failing > mostStates) {
      // What no size would help with is told first.
      const law = twin === true ? undefined : forbiddingLaw(this.model, entities);
      return law === undefined ? tooManyFail(failing) : { refused: law, states: 0 };
    }
    const model = this.modelOf(entities, services);
    if ('refused' in model) return model;
    if (2 ** failing > WORTH_A_LOOK) {
      const hopeless = this.withoutBackdrop(model);
      if (hopeless !== undefined) return hopeless;
    }
    return this.solveModel(model, mostStates);
  }

  /**
   * The same with few faults at a time, for what is too large otherwise: one, or two where their states are likely to be
   * few enough.
   */
  solveByFaults(
    entities: ReadonlySet<number>,
    services: readonly Measured[],
    mostStates: number,
  ): PartFigures | Refusal {
    const model = this.modelOf(entities, services);
    if ('refused' in model) return model;
    const single = this.solveModel(model, mostStates, 1);
    if ('refused' in single) return single;
    const isHarmless = single.unavailability.every((value) => value === 0);
    // Pairs of what one fault leads to are half of its square: where they are too many, finding out takes seconds.
    if (single.states ** 2 > (isHarmless ? 2 : 1) * mostStates) return isHarmless ? NO_SINGLE_FAULT : single;
    const double = this.solveModel(model, mostStates, 2);
    if (!('refused' in double)) return double;
    return isHarmless ? NO_SINGLE_FAULT : single;
  }

  /** The model of the entities alone. */
  private modelOf(entities: ReadonlySet<number>, services: readonly Measured[]): CompiledModel | Refusal {
    const model = measuredSlice(this.model, this.influence, entities, services);
    return this.options.twin === true ? memorylessTwin(model) : model;
  }

  /**
   * A refusal if the states of the groups alone, times those of the elements that fail around them, are too many. A look at
   * the groups costs little where there are many such elements.
   */
  private withoutBackdrop(model: CompiledModel): Refusal | undefined {
    const backdrop = backdropOf(model);
    const mostStates = Math.floor(this.options.mostStates / 2 ** backdrop.length);
    const around = new Set(backdrop);
    const law = model.modes.law.map((own, mode) => (around.has(model.modes.element[mode]!) ? model.laws.length : own));
    const laws = [...model.laws, { kind: 'never' } as const];
    const alone = this.solveModel({ ...model, laws, modes: { ...model.modes, law } }, mostStates);
    return 'refused' in alone && alone.states > 0 ? { refused: TOO_LARGE, states: 0 } : undefined;
  }

  /** @param faults the most at a time; absent: any number */
  private solveModel(model: CompiledModel, mostStates: number, faults?: number): PartFigures | Refusal {
    const full = this.stateSpaceOf(model);
    const room = Math.floor(MOST_WORDS / full.initial.length);
    const maximumStates = Math.min(mostStates, room, this.options.statesInAll - this.spent);
    if (maximumStates <= 0) return { refused: 'the parts of the model have too many states in all', states: 0 };
    const key = `${faults ?? 'all'} ${keyOf(model)}`;
    const known = this.solved.get(key);
    if (known !== undefined && (!('refused' in known) || known.states >= maximumStates)) return known;
    const space = faults === undefined ? full : fewFaults(full, this.stateSpaceOf(faultless(model)), faults);
    const solved = solveSpace(space, maximumStates);
    this.spent += solved.states;
    const answer = faults === undefined || 'refused' in solved ? solved : { ...solved, order: faults };
    // A law that forbids a chain is named after its owner, so it is looked for anew.
    if (!('refused' in answer) || answer.states > 0) this.solved.set(key, answer);
    return answer;
  }
}

const TOO_LARGE = 'it has too many states for an exact chain';

/** Figures of every service from the chain of a whole model, tried where it has a chance: k elements that fail make 2^k states. */
export function solveWhole(
  model: CompiledModel,
  stateSpaceOf: StateSpaceOf,
  mostStates: number,
): PartFigures | Refusal {
  let failing = 0;
  for (let element = 0; element < model.elements.count; element++) if (goesDown(model, element)) failing++;
  return 2 ** failing > mostStates ? tooManyFail(failing) : solveSpace(stateSpaceOf(model), mostStates);
}

const tooManyFail = (failing: number): Refusal => ({
  refused: `${failing} elements that fail make some 2^${failing} states, too many for an exact chain`,
  states: 0,
});

/** Elements that fail and host no member: the groups go through all their states in any state of these. */
function backdropOf(model: CompiledModel): number[] {
  const { elements, rooms } = model;
  const hosts = new Set<number>();
  for (const node of rooms.node) for (let e = node; e >= 0; e = elements.host[e]!) hosts.add(e);
  const backdrop: number[] = [];
  for (let element = 0; element < elements.count; element++) {
    const isAround = elements.seat[element]! < 0 && !hosts.has(element) && !isShock(model, element);
    if (isAround && fails(model, element)) backdrop.push(element);
  }
  return backdrop;
}

/** Everything a compiled model says but names: equal for models that are alike. */
function keyOf({ names: _, ...tables }: CompiledModel): string {
  return JSON.stringify(tables, (_key, value: unknown) =>
    ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>).join() : value,
  );
}
