import type { CompiledModel } from '../../../compile/model.ts';
import { isNeverBack } from '../../../compile/programs.ts';
import { rowOf } from '../../../compile/rows.ts';
import type { AnalyticResult } from '../../../model/result.ts';
import { SECONDS_PER_YEAR } from '../../../model/time.ts';
import { inexactness } from '../elements.ts';
import { notBoolean } from '../fabric.ts';
import { dominating, joinFormulas } from '../formula.ts';
import { leftOut } from '../imperfect.ts';
import { isShared } from '../sharing.ts';
import { sparesBelow } from '../standby-gates.ts';
import { shareParts } from './shares.ts';
import { expectedShare } from './spread.ts';

/**
 * The exact side of one service without a chain: its structure solved exactly when every element is independent, else
 * the first-order formula with its terms named. Where a group or a dependence forbids exactness, `refused` says which.
 */
export function analyseService(
  model: CompiledModel,
  service: number,
  treatment: 'conditional' | 'series',
): AnalyticResult {
  const { term, termStart } = model.services;
  const spares = sparesBelow(model, rowOf(termStart, term, service));
  if (spares !== undefined) return { treatment, refused: spares };
  const parts = shareParts(model, service);
  if (typeof parts === 'string') {
    const refused = `no structure is all or nothing: ${parts}`;
    return expectedShare(model, service, treatment) ?? { treatment, refused };
  }
  if (parts.length === 1 && parts[0]!.weight === 1) return analyseWhole(parts[0]!.model, service, treatment);
  const sum = sumOfParts(
    parts.map((part) => ({ result: analyseWhole(part.model, service, treatment), weight: part.weight })),
    treatment,
  );
  // What its parts are refused for is no news where shares of the load forbid a structure already.
  return sum.unavailability === undefined ? analyseWhole(model, service, treatment) : sum;
}

/** Expected loss of a partly served service: the weighted sum of services that are up or down as a whole. */
function sumOfParts(
  parts: readonly { readonly result: AnalyticResult; readonly weight: number }[],
  treatment: 'conditional' | 'series',
): AnalyticResult {
  const refused = parts.find(({ result }) => result.refused !== undefined)?.result.refused;
  if (parts.some(({ result }) => result.unavailability === undefined)) {
    return { treatment, ...(refused === undefined ? {} : { refused }) };
  }
  const unavailability = parts.reduce((sum, { result, weight }) => sum + weight * result.unavailability!, 0);
  const terms = new Map<string, number>();
  for (const { result, weight } of parts) {
    for (const { name, dpm } of result.terms ?? []) terms.set(name, (terms.get(name) ?? 0) + weight * dpm);
  }
  const worst = parts.reduce((a, b) => (b.weight * b.result.dpm! > a.weight * a.result.dpm! ? b : a));
  const { dominates } = worst.result;
  return {
    unavailability,
    dpm: unavailability * SECONDS_PER_YEAR,
    treatment,
    ...(dominates === undefined ? {} : { dominates }),
    method: parts.every(({ result }) => result.method === 'structure') ? 'structure' : 'first-order',
    ...(terms.size === 0
      ? {}
      : { terms: [...terms].map(([name, dpm]) => ({ name, dpm })).sort((a, b) => b.dpm - a.dpm) }),
    ...(refused === undefined ? {} : { refused }),
  };
}

function analyseWhole(model: CompiledModel, service: number, treatment: 'conditional' | 'series'): AnalyticResult {
  const { services } = model;
  const degraded = degradation(model, service);
  if (degraded !== undefined) return { treatment, refused: degraded };
  const signals = [...services.term.slice(services.termStart[service]!, services.termStart[service + 1]!)];
  const refused = notBoolean(model, signals);
  if (refused !== undefined) return expectedShare(model, service, treatment) ?? { treatment, refused };
  const { unavailability, terms, groups, elements, solved } = joinFormulas(model, signals, treatment);
  const stale = groups.find((group) => isNeverBack(model, model.groups.recovery[group]!));
  if (stale !== undefined) {
    const why = 'what has failed once stays out of service for ever';
    return { treatment, refused: `${model.names.groups[stale]}: ${why}` };
  }
  if (solved.method === 'bounds') {
    const between = `between ${solved.lo!.toPrecision(3)} and ${solved.hi!.toPrecision(3)}`;
    return { treatment, refused: `the structure is too large to solve exactly; its unavailability lies ${between}` };
  }
  const inexact = elements.map((element) => inexactness(model, element)).find((why) => why !== undefined);
  const omitted = groups.flatMap((group) =>
    leftOut(model, group).map((what) => `${model.names.groups[group]}: ${what}`),
  );
  const why = inexact ?? (omitted.length === 0 ? undefined : `the formula leaves out ${omitted.join(', ')}`);
  const dpm = unavailability * SECONDS_PER_YEAR;
  const common = { unavailability, dpm, treatment, dominates: dominating(solved) };
  if (groups.length === 0 && inexact === undefined) return { ...common, method: 'structure' };
  const rest = groups.length === 0 ? [{ name: 'other elements', dpm }] : terms;
  return {
    ...common,
    method: 'first-order',
    terms: rest,
    ...(why === undefined ? {} : { refused: `not exact: ${why}` }),
  };
}

/** Why the first-order formula, which adds up lost shares, cannot know what counts as downtime, or undefined. */
function degradation(model: CompiledModel, service: number): string | undefined {
  const { services, elements, groups, gates } = model;
  const floor = services.minServiceFraction[service]! > 0;
  if (!floor && services.partialWeight[service] === 0) return undefined;
  const isPartial = (signal: number): boolean => {
    if (signal < elements.count) return false;
    if (signal < elements.count + groups.count) return isShared(model, signal - elements.count);
    const gate = signal - elements.count - groups.count;
    return gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!).some(isPartial);
  };
  if (!services.term.subarray(services.termStart[service]!, services.termStart[service + 1]!).some(isPartial))
    return undefined;
  return `${floor ? 'minServiceFraction' : 'partialWeight'} decides what a partial loss counts, and the formula adds up shares`;
}
