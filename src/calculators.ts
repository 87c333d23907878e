/**
 * The calculators of the public API: block diagrams, chains, fault trees, allocations and tables, with everything to
 * read, solve and print them, without the simulator and the language of scenarios. All of it is in `index.ts` too;
 * alone it loads in a fifth of the time, which is most of what a small diagram takes.
 */
import { chainAsBlock } from './analytic/chain/block.ts';
import { type AnalyseOptions, analyseStructure } from './analytic/structure/analyse.ts';
import { transient } from './analytic/structure/time/transient.ts';
import { propagate, tornado } from './analytic/structure/uncertainty/propagate.ts';
import { rootKey, Streams, streamKey } from './kernel/streams.ts';
import type { StructureReport } from './model/calculation.ts';
import { InputError } from './model/problem.ts';
import type { Structure } from './model/structure.ts';
import type { ReadChain, ReadChainOptions } from './scenario/chain/read-chain.ts';
import type { ReadDiagram, ReadDiagramOptions } from './scenario/diagram/read-diagram.ts';
import { withUnits } from './scenario/quantity/with-units.ts';

/** Divides downtime targets over the blocks of a series system, and back (B-44). */
export { achieved } from './analytic/allocation/achieved.ts';
export { allocate } from './analytic/allocation/allocate.ts';
export { parseShares } from './analytic/allocation/split.ts';
/** Markov chains solved for the long run, the first failure and given instants, with their names. */
export { chainReport as solveChain } from './analytic/chain/report.ts';
export { analyseEventTree } from './analytic/structure/eventtree.ts';
/** The published tables by name; `table index` lists them. */
export { buildTable, tableNames } from './analytic/tables/index.ts';
export { drawFigures } from './drawing.ts';
/** Fault trees in the Open-PSA model exchange format. */
export { readOpenPsa } from './interchange/openpsa/read.ts';
export { formatProblem, InputError } from './model/problem.ts';
export { render } from './report/render.ts';
/** Written quantities, for options as for files: the value or what is wrong with the text. */
export { parseDuration, parseProbability, parseRate } from './scenario/quantity/quantity.ts';
export { parseUnavailability } from './scenario/quantity/unavailability.ts';
export { readTextFile } from './scenario/read/files.ts';

/** What is wanted of a structure beyond its long-run figures. */
export interface StructureOptions extends AnalyseOptions {
  /** Instants (hours, > 0) at which the course from everything up is wanted. */
  readonly missionHours?: readonly number[];
  /** Propagates the error factors of the blocks. */
  readonly uncertainty?: { readonly seed: string; readonly draws?: number };
}

/**
 * Solves a structure exactly, with its course over time and the uncertainty of its parameters where asked for.
 *
 * @throws InputError where a block or gate is impossible, or what is asked for needs something the structure lacks:
 * failure frequencies for the course over time, error factors for the uncertainty, an exact solution for both
 */
export function solveStructure(structure: Structure, options: StructureOptions = {}): StructureReport {
  const { missionHours = [], uncertainty, ...analysis } = options;
  const model = analysis.commonCauses === false ? { ...structure, commonCauses: [] } : structure;
  const result = analyseStructure(model, analysis);
  return {
    ...result,
    name: structure.name ?? 'structure',
    ...(missionHours.length === 0 ? {} : { mission: transient(model, missionHours) }),
    ...(uncertainty === undefined ? {} : { uncertainty: uncertaintyOf(model, uncertainty) }),
  };
}

function uncertaintyOf(
  structure: Structure,
  { seed, draws }: NonNullable<StructureOptions['uncertainty']>,
): NonNullable<StructureReport['uncertainty']> {
  if (structure.blocks.every((block) => block.uncertainty === undefined)) {
    const message = 'no block has an error factor, so there is no uncertainty to propagate';
    throw new InputError([{ level: 'unsupported', code: 'no-uncertainty', message }]);
  }
  const streams = new Streams(streamKey('parameters', 'uncertainty'), rootKey(seed));
  const random = (): number => streams.next53(0);
  const law = propagate(structure, { random, ...(draws === undefined ? {} : { draws }) });
  return { ...law, seed, tornado: tornado(structure) };
}

/** `readDiagram` that solves chains, and loads what reads YAML and the unit library when a quantity needs it. */
export async function loadDiagram(
  source: string,
  options: Omit<ReadDiagramOptions, 'units' | 'solveChain'> = {},
): Promise<ReadDiagram> {
  const { readDiagram } = await import('./scenario/diagram/read-diagram.ts');
  const solving = { ...options, solveChain: chainAsBlock };
  return withUnits((units) => readDiagram(source, { ...solving, ...(units === undefined ? {} : { units }) }));
}

/** `readChain` that loads what reads YAML, and the unit library when a quantity needs it. */
export async function loadChain(source: string, options: Omit<ReadChainOptions, 'units'> = {}): Promise<ReadChain> {
  const { readChain } = await import('./scenario/chain/read-chain.ts');
  return withUnits((units) => readChain(source, { ...options, ...(units === undefined ? {} : { units }) }));
}
