import type { CompiledModel } from '../../compile/model.ts';
import type { Measured } from '../../compile/slice/measured.ts';
import type { Influence } from './influence.ts';
import { figuresOfSome, MOST_SERVICES, type PartFigures, type Refusal } from './part-figures.ts';
import type { PartSolver } from './part-solver.ts';
import type { Part, Plan } from './parts.ts';

/** Entries with one cone, over all services, that one chain answers for. */
interface Request {
  readonly atoms: Set<number>;
  readonly cone: ReadonlySet<number>;
  readonly services: Measured[];
  answer?: PartFigures | Refusal;
}

/** How a service reads its terms; entries of parts are read as they are. */
export type Reading = Pick<Measured, 'combine' | 'minServiceFraction'>;
const AS_IT_IS: Reading = { combine: 'product', minServiceFraction: 0 };
const onItsOwn = (signal: number): Measured => ({ signals: [signal], ...AS_IT_IS });

/** Groups up to which few faults at a time are looked at together. */
const MOST_GROUPS = 2;
/** The combination of the first two. */
const BOTH = 3;

/** Who solves parts. */
export interface PartSolvers {
  readonly chains: PartSolver;
  /** States up to which it is asked. */
  readonly mostStates: number;
  /** Solves pairs for sharper bounds; without it there are none. */
  readonly pairs?: PartSolver;
  /** What is too large is solved with few faults at a time, up to so many states; absent: not at all. */
  readonly fewFaultStates?: number;
  /** What has been solved here is taken from there. */
  readonly before?: PartsOfServices;
}

/**
 * Solves the parts of several services, parts with one cone by one chain. A part that has no chance of being solved
 * together, as its atoms one by one show, is not tried.
 */
export class PartsOfServices {
  private readonly influence: Influence;
  private readonly model: CompiledModel;
  private readonly solvers: PartSolvers;
  private readonly requests = new Map<string, Request>();
  private readonly places = new Map<Part, { readonly request: Request; readonly services: readonly number[] }>();
  /** Atoms by themselves, with all their faults and with few at a time. */
  private readonly atoms = new Map<number, PartFigures | Refusal>();
  private readonly atomsByFaults = new Map<number, PartFigures | Refusal>();

  constructor(influence: Influence, model: CompiledModel, solvers: PartSolvers) {
    this.influence = influence;
    this.model = model;
    this.solvers = solvers;
  }

  /** Announces the parts of a service; all services are announced before any part is solved. */
  announce(plan: Plan, reading: Reading): void {
    for (const part of plan.parts) {
      const entries = plan.whole
        ? [{ signals: plan.terms, ...reading }]
        : part.entries.map(({ signals }): Measured => ({ signals, ...AS_IT_IS }));
      const request = this.requestFor(part, entries.length);
      for (const atom of part.atoms) request.atoms.add(atom);
      this.places.set(part, { request, services: entries.map((entry) => request.services.push(entry) - 1) });
    }
  }

  /** Figures of the part's entries together, or why there are none. */
  together(part: Part): PartFigures | Refusal {
    const known = this.solvers.before?.together(part);
    if (known !== undefined && !('refused' in known)) return known;
    const { request, services } = this.places.get(part)!;
    if (services.length > MOST_SERVICES) return { refused: 'it stands in too many places of the structure', states: 0 };
    request.answer ??= this.solve(request);
    return 'refused' in request.answer ? request.answer : figuresOfSome(request.answer, services);
  }

  /**
   * Figures of one atom of the part by itself, or why there are none.
   *
   * @param byFaults whether few faults at a time will do where all of them are too many
   */
  alone(atom: number, part: Part, byFaults: boolean): PartFigures | Refusal {
    if (this.influence.coneOf([atom]).size === part.cone.size) {
      const together = this.together(part);
      if ('refused' in together) return together;
    }
    const inFull = this.solveAtom(atom);
    return byFaults && 'refused' in inFull ? this.atomByFaults(atom, inFull) : inFull;
  }

  /** Chance that two signals are down together; undefined when it is not known. */
  both(a: number, b: number): number | undefined {
    if (this.solvers.pairs === undefined) return undefined;
    const services = [a, b].map(onItsOwn);
    const answer = this.solvers.pairs.solve(this.influence.coneOf([a, b]), services);
    return 'refused' in answer ? undefined : (answer.joint.get(BOTH) ?? 0);
  }

  private solveAtom(atom: number): PartFigures | Refusal {
    const known = this.solvers.before?.solveAtom(atom);
    if (known !== undefined && !('refused' in known)) return known;
    let answer = this.atoms.get(atom);
    if (answer === undefined) {
      answer = this.solvers.chains.solve(this.influence.coneOf([atom]), [onItsOwn(atom)]);
      this.atoms.set(atom, answer);
    }
    return answer;
  }

  private atomByFaults(atom: number, refusal: Refusal): PartFigures | Refusal {
    let answer = this.atomsByFaults.get(atom);
    if (answer === undefined) {
      answer = this.orByFaults(refusal, this.influence.coneOf([atom]), [onItsOwn(atom)]);
      this.atomsByFaults.set(atom, answer);
    }
    return answer;
  }

  private requestFor(part: Part, entries: number): Request {
    const cone = new Set(part.cone);
    for (const { signals } of part.entries) for (const entity of this.influence.coneOf(signals)) cone.add(entity);
    const entities = [...cone].sort((a, b) => a - b).join();
    for (let chain = 0; ; chain++) {
      const key = `${chain}:${entities}`;
      const known = this.requests.get(key);
      if (known !== undefined && known.services.length + entries > MOST_SERVICES) continue;
      const request = known ?? { atoms: new Set(), cone, services: [] };
      this.requests.set(key, request);
      return request;
    }
  }

  private solve({ atoms, cone, services }: Request): PartFigures | Refusal {
    const answer = this.tooLarge(atoms, cone) ?? this.solvers.chains.solve(cone, services);
    // Each group at rest has its places: those of many multiply.
    const groups = [...atoms].filter((atom) => atom >= this.model.elements.count).length;
    return groups > MOST_GROUPS ? answer : this.orByFaults(answer, cone, services);
  }

  /** What has been refused, with few faults at a time. */
  private orByFaults(
    answer: PartFigures | Refusal,
    cone: ReadonlySet<number>,
    services: readonly Measured[],
  ): PartFigures | Refusal {
    const { chains, fewFaultStates } = this.solvers;
    if (fewFaultStates === undefined || !('refused' in answer)) return answer;
    const few = chains.solveByFaults(cone, services, fewFaultStates);
    return 'refused' in few ? answer : few;
  }

  /**
   * Whether the atoms' own chains, each without what it shares, make too many states together. An atom on which all of the
   * part has influence tells nothing beforehand.
   */
  private tooLarge(atoms: ReadonlySet<number>, cone: ReadonlySet<number>): Refusal | undefined {
    const smaller = [...atoms].filter((atom) => this.influence.coneOf([atom]).size < cone.size);
    if (smaller.length < 2) return undefined;
    const users = new Map<number, number>();
    for (const atom of smaller) {
      for (const entity of this.influence.coneOf([atom])) users.set(entity, (users.get(entity) ?? 0) + 1);
    }
    const isShared = (entity: number): boolean => users.get(entity)! > 1;
    let states = 2 ** this.influence.failingIn([...users.keys()].filter(isShared));
    for (const atom of smaller) {
      const own = this.solveAtom(atom);
      if ('refused' in own) return own;
      const shared = [...this.influence.coneOf([atom])].filter(isShared);
      states *= Math.max(1, own.states / 2 ** this.influence.failingIn(shared));
      if (states > this.solvers.mostStates) {
        return {
          refused: `together they have more than ${this.solvers.mostStates} states, too many for an exact chain`,
          states: 0,
        };
      }
    }
    return undefined;
  }
}
