import { compile } from '../../compile/compile.ts';
import type { CompiledModel } from '../../compile/model.ts';
import { rowOf } from '../../compile/rows.ts';
import type { AnalyticResult } from '../../model/result.ts';
import type { Scenario } from '../../model/scenario.ts';
import { HOURS_PER_YEAR, SECONDS_PER_YEAR } from '../../model/time.ts';
import { dominating, type ServiceFormula, serviceFormula } from './formula.ts';
import { Influence } from './influence.ts';
import { PartSolver, type PartSolverOptions, type StateSpaceOf } from './part-solver.ts';
import { planParts } from './parts.ts';
import { type Composed, composeService, type ServiceQuestion } from './service.ts';
import { PartsOfServices, type Reading } from './solve-parts.ts';
import { notUnderstood } from './understood.ts';
import { solveServices } from './whole-services.ts';
import { analyseService } from './wide/service.ts';

export type Treatment = 'conditional' | 'series';

export interface ExactSideOptions {
  /** States up to which a chain is solved. */
  readonly mostStates: number;
  /** The scenario compiled, where the caller has it: large ones take a while. */
  readonly compiled?: CompiledModel;
  /** Also the memoryless twin where laws forbid an exact answer, and sharper bounds where size does. */
  readonly thorough: boolean;
}

/** All chains of a scenario together may have this many times the states of one. */
const CHAINS_IN_ALL = 2;
/** States of the chain of a pair, and of all pairs, that sharpen bounds: about a second. */
const PAIRS = { mostStates: 20_000, statesInAll: 60_000 };
/** States of a chain of the twin and of all; of those with few faults at a time, which are some three times as dear. */
const TWIN = { mostStates: 50_000, statesInAll: 100_000 };
const FEW_FAULT_STATES = 20_000;
/** Beside a run, where it stands in for a formula and nobody should have to wait for it. */
const BESIDE_A_RUN = 0.2;

/** A service under one treatment of the control path, without any chain. */
interface Case {
  readonly model: CompiledModel;
  readonly service: number;
  readonly treatment: Treatment;
  readonly terms: readonly number[];
  readonly formula: ServiceFormula;
}

/**
 * The exact side of a scenario, service by service and under each treatment of the control path (SEM-14): independent parts
 * by chains of their own, joined by the structure; elements by themselves; formulas where neither is possible, and then
 * what forbids it.
 *
 * @param stateSpaceOf generates the state space of a compiled model; what it cannot carry it refuses with an InputError
 */
export function analyseScenario<T extends Treatment>(
  scenario: Scenario,
  treatments: readonly T[],
  stateSpaceOf: StateSpaceOf,
  options: ExactSideOptions,
): Record<T, Record<string, AnalyticResult>> {
  const unknown = notUnderstood(scenario);
  if (unknown !== undefined) {
    const solved = treatments.map((treatment) => [
      treatment,
      asAWhole(scenario, treatment, stateSpaceOf, options, unknown),
    ]);
    return Object.fromEntries(solved) as Record<T, Record<string, AnalyticResult>>;
  }
  const cases = treatments.flatMap((treatment) => casesOf(scenario, treatment, options.compiled));
  const solved = byParts(cases, stateSpaceOf, options);
  const byTreatment = treatments.map((treatment) => [
    treatment,
    Object.fromEntries(
      cases.flatMap((each, i) =>
        each.treatment === treatment ? [[each.model.names.services[each.service]!, solved[i]!]] : [],
      ),
    ),
  ]);
  return Object.fromEntries(byTreatment) as Record<T, Record<string, AnalyticResult>>;
}

/** The scenario under a treatment; without control functions there is no difference. */
function compileAs(scenario: Scenario, treatment: Treatment, known: CompiledModel | undefined): CompiledModel {
  const isSame = scenario.controlTreatment === treatment || Object.keys(scenario.control).length === 0;
  return isSame && known !== undefined ? known : compile({ ...scenario, controlTreatment: treatment });
}

function casesOf(scenario: Scenario, treatment: Treatment, known: CompiledModel | undefined): Case[] {
  const model = compileAs(scenario, treatment, known);
  const { services, names } = model;
  return names.services.map((_, service) => {
    const terms = rowOf(services.termStart, services.term, service);
    return { model, service, treatment, terms, formula: serviceFormula(model, terms, treatment) };
  });
}

function byParts(
  cases: readonly Case[],
  stateSpaceOf: StateSpaceOf,
  { mostStates, thorough }: ExactSideOptions,
): AnalyticResult[] {
  if (cases.length === 0) return [];
  // Elements, groups and gates are the same under both treatments: only the terms of the services differ.
  const { model } = cases[0]!;
  const influence = new Influence(model);
  const solver = (of: PartSolverOptions): PartSolver => new PartSolver(model, influence, stateSpaceOf, of);
  const parts = new PartsOfServices(influence, model, {
    chains: solver({ mostStates, statesInAll: mostStates * CHAINS_IN_ALL }),
    mostStates,
    ...(thorough ? { pairs: solver(PAIRS) } : {}),
  });
  const part = thorough ? 1 : BESIDE_A_RUN;
  const small = {
    mostStates: Math.min(part * TWIN.mostStates, mostStates),
    statesInAll: Math.min(part * TWIN.statesInAll, mostStates * CHAINS_IN_ALL),
  };
  const twins = new PartsOfServices(influence, model, {
    chains: solver({ ...small, twin: true }),
    mostStates: small.mostStates,
    fewFaultStates: Math.min(small.mostStates, part * FEW_FAULT_STATES),
    before: parts,
  });
  const questions = cases.map((each): ServiceQuestion => {
    const { services } = each.model;
    const plan = planParts(each.model, influence, each.terms);
    const reading: Reading = {
      combine: services.aligned[each.service] === 1 ? 'max' : 'product',
      minServiceFraction: services.minServiceFraction[each.service]!,
    };
    parts.announce(plan, reading);
    twins.announce(plan, reading);
    return { ...each, influence, plan, reading };
  });
  return questions.map((question) => {
    const composed = composeService(question, parts);
    const isNeeded = thorough || composed.unavailability === undefined;
    const twin = composed.method === 'first-order' && isNeeded ? composeService(question, twins) : undefined;
    return resultOf(question, composed, twin);
  });
}

/**
 * Nothing can be taken apart: elements by themselves where that is exact, else one chain of all that influences a service,
 * else the formulas of the wider vocabulary with their warning.
 */
function asAWhole(
  scenario: Scenario,
  treatment: Treatment,
  stateSpaceOf: StateSpaceOf,
  { mostStates, compiled }: ExactSideOptions,
  unknown: string,
): Record<string, AnalyticResult> {
  const model = compileAs(scenario, treatment, compiled);
  const formulas = model.names.services.map((_, service) => analyseService(model, service, treatment));
  // Formulas of structures know nothing of campaigns.
  const isSolved = ({ method, refused }: AnalyticResult): boolean =>
    method === 'structure' && refused === undefined && scenario.upgrades === undefined;
  const unsolved = formulas.flatMap((formula, service) => (isSolved(formula) ? [] : [service]));
  const chains = solveServices(model, unsolved, stateSpaceOf, mostStates);
  const results = formulas.map((formula, service): AnalyticResult => {
    if (isSolved(formula)) return { ...formula, exact: true };
    const chain = chains.get(service)!;
    if ('refused' in chain) {
      const why = formula.refused ?? `not exact: what ${unknown} influences is not known here`;
      if (formula.unavailability === 0)
        return { treatment, refused: `${findsNothing(why)}; no exact chain: ${chain.refused}` };
      return {
        ...formula,
        ...(formula.method === undefined ? {} : { exact: false }),
        refused: `${why}; no exact chain: ${chain.refused}`,
      };
    }
    const { refused: _none, ...rest } = formula;
    const { unavailability } = chain;
    const frequencyPerYear = chain.frequencyPerHour * HOURS_PER_YEAR;
    const dpm = unavailability * SECONDS_PER_YEAR;
    return { ...rest, unavailability, dpm, frequencyPerYear, method: 'chain', exact: true };
  });
  return Object.fromEntries(model.names.services.map((id, service) => [id, results[service]!]));
}

/** A formula in which nothing fails has left out everything, or there is nothing to say: 0 would look like an answer. */
function findsNothing(why: string): string {
  return `no formula: nothing it knows of takes the service down; ${why}`;
}

function resultOf(
  { formula, treatment }: Pick<Case, 'formula' | 'treatment'>,
  composed: Composed,
  twin?: Composed,
): AnalyticResult {
  const { exact, solved, frequencyPerYear, bounds, parts, refused } = composed;
  const memorylessTwin = twinOf(twin);
  // Where formulas leave out what matters, the twin does not.
  const isTwin = composed.unavailability === undefined && memorylessTwin !== undefined;
  const unavailability = isTwin ? memorylessTwin.unavailability : composed.unavailability;
  const method = isTwin ? 'memoryless-twin' : composed.method;
  const { shared } = isTwin && twin !== undefined ? twin : composed;
  // One chain says nothing of what the number hangs on; the formula does.
  const dominates = dominating(method === 'groups-by-chains' ? solved : formula.solved);
  return {
    ...(unavailability === undefined ? {} : { unavailability, dpm: unavailability * SECONDS_PER_YEAR, dominates }),
    treatment,
    ...(unavailability === undefined ? {} : { method, exact }),
    ...(frequencyPerYear === undefined ? {} : { frequencyPerYear }),
    ...(bounds === undefined ? {} : bounds),
    ...(shared.length === 0 ? {} : { shared }),
    ...(parts.length === 0 ? {} : { parts }),
    ...(memorylessTwin === undefined ? {} : { memorylessTwin }),
    ...(formula.terms.length === 0 ? {} : { terms: formula.terms }),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** The twin's number, unless formulas had a part in it. */
function twinOf(twin: Composed | undefined): AnalyticResult['memorylessTwin'] {
  if (twin?.unavailability === undefined || twin.method === 'first-order') return undefined;
  const { unavailability, exact, order } = twin;
  const faults = order === undefined ? {} : { order };
  return { unavailability, dpm: unavailability * SECONDS_PER_YEAR, exact, ...faults };
}
