import type { CompiledModel } from '../../compile/model.ts';
import type { StructureResult } from '../../model/structure.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { analyseStructure } from '../structure/analyse.ts';
import { type AtomFigures, atomBlock, nameOf } from './compose.ts';
import { formulaGap } from './formula-gap.ts';
import { groupFormula, type Term } from './groups.ts';
import { StructureBuilder } from './structure.ts';

/** Nodes of a decision diagram (some 2 s) and work on bounds that a scenario's structure may take. */
const SIZE = { nodeLimit: 1_000_000, boundsEffort: 1_000 } as const;
const DOMINATING = 5;

/** A service by formulas alone, to first order where groups are involved. */
export interface ServiceFormula {
  /** Undefined when the structure is too large. */
  readonly unavailability?: number;
  /** Downtime of the groups, and what their terms leave to the other elements; s/year, largest first. */
  readonly terms: readonly Term[];
  /** What the formula of some group leaves out; then there are no terms. */
  readonly gap?: string;
  readonly solved: StructureResult;
}

/** Solves a structure within what the exact side of a scenario may take. */
export function solveWithin(structure: Parameters<typeof analyseStructure>[0]): StructureResult {
  return analyseStructure(structure, { ...SIZE, cutSets: false });
}

/** The structure of some signals with every group by its first-order formula. */
export interface JoinedFormulas {
  readonly unavailability: number;
  /** Downtime of the groups, and what their terms leave to the other elements; s/year, largest first. */
  readonly terms: readonly Term[];
  /** What the structure was read off: signals in the order in which they were met, groups and elements that fail among them. */
  readonly met: readonly number[];
  readonly groups: readonly number[];
  readonly elements: readonly number[];
  readonly solved: StructureResult;
}

export function joinFormulas(
  model: CompiledModel,
  signals: readonly number[],
  treatment: 'conditional' | 'series',
): JoinedFormulas {
  const terms: Term[] = [];
  const met: number[] = [];
  const groups: number[] = [];
  const builder = new StructureBuilder(model, (signal, own) => {
    met.push(signal);
    const figures = formulaOf(model, signal, treatment, terms);
    if (figures === undefined) return undefined;
    groups.push(signal - model.elements.count);
    return atomBlock(own, nameOf(model, signal), figures);
  });
  const solved = solveWithin(builder.series(signals));
  const { unavailability } = solved.top;
  const { elements } = builder;
  const rest = unavailability * SECONDS_PER_YEAR - terms.reduce((sum, term) => sum + term.dpm, 0);
  const all = [...terms, ...(elements.length === 0 ? [] : [{ name: 'other elements', dpm: rest }])];
  const named = all.filter((term) => term.dpm !== 0).sort((a, b) => b.dpm - a.dpm);
  return { unavailability, terms: groups.length === 0 ? [] : named, met, groups, elements, solved };
}

/** The structure of the signals with every group by its first-order formula, and its terms named. */
export function serviceFormula(
  model: CompiledModel,
  signals: readonly number[],
  treatment: 'conditional' | 'series',
): ServiceFormula {
  const { unavailability, terms, met, solved } = joinFormulas(model, signals, treatment);
  const gap = met.map((signal) => formulaGap(model, signal)).find((found) => found !== undefined);
  if (solved.method === 'bounds') return { terms: [], solved };
  if (gap !== undefined) return { unavailability, terms: [], gap, solved };
  return { unavailability, terms, solved };
}

/**
 * First-order figures of a group; undefined for other signals.
 * @param terms receives the parts of a group's downtime
 */
export function formulaOf(
  model: CompiledModel,
  signal: number,
  treatment: 'conditional' | 'series',
  terms: Term[] = [],
): AtomFigures | undefined {
  const { elements, groups, names } = model;
  const group = signal - elements.count;
  if (group < 0 || group >= groups.count) return undefined;
  const formula = groupFormula(model, group, treatment === 'conditional');
  terms.push(...formula.terms.map(({ name, dpm }) => ({ name: `${names.groups[group]}: ${name}`, dpm })));
  return { unavailability: Math.min(1, formula.unavailability), frequency: formula.frequency };
}

/** Names of the blocks that the downtime hangs on most. */
export function dominating({ importance }: StructureResult): string[] {
  const shares = new Map<string, number>();
  for (const { block, criticality } of importance) shares.set(block, (shares.get(block) ?? 0) + criticality);
  return [...shares]
    .filter(([, share]) => share > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, DOMINATING)
    .map(([name]) => name);
}
