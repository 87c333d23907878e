/**
 * The public API: read a scenario, simulate it, inject scripted faults, solve it exactly, describe it, render results.
 * Everything else is an implementation detail.
 */
import { type ChainAnswer, solveStateSpace, withChain } from './analytic/scenario/chain.ts';
import { analyseService } from './analytic/scenario/service.ts';
import { singlePoints } from './analytic/scenario/spof.ts';
import { type AnalyseOptions, analyseStructure } from './analytic/structure/analyse.ts';
import { transient } from './analytic/structure/time/transient.ts';
import { propagate, tornado } from './analytic/structure/uncertainty/propagate.ts';
import { compile } from './compile/compile.ts';
import type { CompiledModel } from './compile/model.ts';
import { rootKey, Streams, streamKey } from './kernel/streams.ts';
import type { StructureReport } from './model/calculation.ts';
import type { Campaign } from './model/campaign.ts';
import { InputError } from './model/problem.ts';
import type { AnalyticReport, AnalyticResult, AnalyticStage, Result, SpofReport, Trace } from './model/result.ts';
import type { Injection, Scenario } from './model/scenario.ts';
import type { Structure } from './model/structure.ts';
import type { Table } from './model/table.ts';
import { type ReadChain, type ReadChainOptions, readChain } from './scenario/chain/read-chain.ts';
import { type ReadDiagram, type ReadDiagramOptions, readDiagram } from './scenario/diagram/read-diagram.ts';
import { withUnits } from './scenario/quantity/with-units.ts';
import { type CampaignSettings, runCampaign } from './simulate/campaign/campaign.ts';
import { criticalityTable } from './simulate/campaign/criticality.ts';
import type { CampaignPlan } from './simulate/campaign/plan.ts';
import { inject as runScript } from './simulate/inject.ts';
import { buildResult } from './simulate/result.ts';
import { runHistories, type SimulateOptions } from './simulate/run.ts';
import { stagesOf } from './simulate/stages.ts';
import { serviceStateSpace } from './simulate/state-space.ts';

/** Divides downtime targets over the blocks of a series system, and back (B-44). */
export { achieved } from './analytic/allocation/achieved.ts';
export { allocate } from './analytic/allocation/allocate.ts';
export { type Combination, parseShares, type Split } from './analytic/allocation/split.ts';
/** Markov chains solved for the long run, the first failure and given instants, with their names. */
export { chainReport as solveChain } from './analytic/chain/report.ts';
export { analyseEventTree } from './analytic/structure/eventtree.ts';
/** The published tables by name; `table index` lists them. */
export { buildTable, type TableOptions, tableNames } from './analytic/tables/index.ts';
export { DEFAULTS } from './catalogue/defaults.ts';
export { compile } from './compile/compile.ts';
export { describeModel, type ModelTable } from './compile/describe.ts';
export type { CompiledModel } from './compile/model.ts';
/** Fault trees in the Open-PSA model exchange format. */
export { type OpenPsaModel, readOpenPsa } from './interchange/openpsa/read.ts';
export { writeOpenPsa } from './interchange/openpsa/write.ts';
export type * from './model/allocation.ts';
export type * from './model/calculation.ts';
export type * from './model/campaign.ts';
export type { Estimate } from './model/estimate.ts';
export type { Law } from './model/law.ts';
export { formatProblem, InputError, type Place, type Problem, type ProblemLevel } from './model/problem.ts';
export type * from './model/result.ts';
export type { Injection, Scenario } from './model/scenario.ts';
export type * from './model/structure.ts';
export type * from './model/table.ts';
export type { Explanation } from './report/explanation.ts';
export { type Output, REPORT_FORMATS, type RenderOptions, type ReportFormat, render } from './report/render.ts';
export type { Validation } from './report/validation.ts';
export { type ReadChain, readChain } from './scenario/chain/read-chain.ts';
export { type ReadDiagram, readDiagram } from './scenario/diagram/read-diagram.ts';
/** Written quantities, for options as for files: the value or what is wrong with the text. */
export { parseDuration, parseProbability, parseRate } from './scenario/quantity/quantity.ts';
export type { Reading } from './scenario/quantity/reading.ts';
export { parseUnavailability } from './scenario/quantity/unavailability.ts';
export { readTextFile } from './scenario/read/files.ts';
export { loadScenario, readScenario } from './scenario/read-scenario.ts';
export { scenarioJsonSchema } from './scenario/schema/json-schema.ts';
export { resultJsonSchema } from './scenario/schema/result.ts';
export type { CampaignPlan } from './simulate/campaign/plan.ts';
export { NothingFinished, type Progress, type SimulateOptions } from './simulate/run.ts';

declare const CARRIERGRADE_VERSION: string;

/** Version of this tool, as written into results. */
export const version: string = CARRIERGRADE_VERSION;

/** A scenario that has been read, with the digest of its resolved content. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly digest: string;
}

/** States up to which `analyse` solves a scenario's chain, and up to which `simulate` does so beside its own numbers. */
const MOST_STATES = 300_000;
const STATES_BESIDE_A_RUN = 20_000;

/**
 * Simulates the scenario and returns every figure with its interval, the exact side beside it. The same scenario, seed
 * and version give the same bytes, unless a time limit or an abort cut the run short.
 */
export async function simulate(loaded: LoadedScenario, options: SimulateOptions = {}): Promise<Result> {
  const { scenario, digest } = loaded;
  const model = compile(scenario);
  const run = await runHistories(model, scenario, options);
  const analytic = analyseTreatment(scenario, scenario.controlTreatment, STATES_BESIDE_A_RUN);
  return buildResult(model, scenario, digest, run, version, analytic, options);
}

/** Runs a script of faults step by step, without randomness. Throws InputError for names that do not exist. */
export function inject(loaded: LoadedScenario, script: readonly Injection[]): Trace {
  return runScript(loaded.scenario, loaded.digest, script);
}

/** Injects many faults one after the other and gives each its verdict (B-32, B-33). Throws InputError when there are none. */
export function campaign(loaded: LoadedScenario, plan: CampaignPlan, settings: CampaignSettings = {}): Campaign {
  return runCampaign(compile(loaded.scenario), loaded.scenario, loaded.digest, plan, settings);
}

/** Relative criticality of the scenario's elements measured by injection, beside the formulas (B-72). */
export function measureCriticality({ scenario }: LoadedScenario): Table {
  return criticalityTable(compile(scenario), scenario);
}

/** The exact side alone, under both treatments of the control path (SEM-14). */
export function analyse(loaded: LoadedScenario): AnalyticReport {
  const { scenario, digest } = loaded;
  const conditional = analyseTreatment(scenario, 'conditional', MOST_STATES);
  const series = analyseTreatment(scenario, 'series', MOST_STATES);
  return {
    format: 'carriergrade/analysis/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    services: Object.fromEntries(
      Object.keys(scenario.services).map((id) => [id, { conditional: conditional[id]!, series: series[id]! }]),
    ),
  };
}

/** Single points of failure of every service, and pairs of elements that take it down together (B-32, B-87). */
export function spof(loaded: LoadedScenario): SpofReport {
  const { scenario, digest } = loaded;
  return {
    format: 'carriergrade/spof/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    services: singlePoints(compile(scenario)),
  };
}

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

/** `readDiagram` that loads the unit library when a quantity needs it. */
export function loadDiagram(source: string, options: Omit<ReadDiagramOptions, 'units'> = {}): Promise<ReadDiagram> {
  return withUnits((units) => readDiagram(source, { ...options, ...(units === undefined ? {} : { units }) }));
}

/** `readChain` that loads the unit library when a quantity needs it. */
export function loadChain(source: string, options: Omit<ReadChainOptions, 'units'> = {}): Promise<ReadChain> {
  return withUnits((units) => readChain(source, { ...options, ...(units === undefined ? {} : { units }) }));
}

function analyseTreatment(
  scenario: Scenario,
  treatment: 'conditional' | 'series',
  mostStates: number,
): Record<string, AnalyticResult> {
  const model = compile({ ...scenario, controlTreatment: treatment });
  const formulas = model.names.services.map((_, service) => analyseService(model, service, treatment));
  const needsChain = formulas.some((formula) => formula.method !== 'structure');
  const chain = needsChain ? chainOf(model, mostStates) : { refused: 'not needed' };
  const solved = formulas.map((formula, i) => withChain(formula, chain, i));
  return Object.fromEntries(
    Object.entries(scenario.services).map(([id, { stages }], service) => {
      if (stages === undefined) return [id, solved[service]!];
      const parts = stagesOf(model, service).map((index, i): AnalyticStage => {
        const { treatment: _treatment, ...figures } = solved[index]!;
        return { id: stages[i]!.id, ...figures };
      });
      return [id, { ...solved[service]!, stages: parts }];
    }),
  );
}

/** The chain of the whole model, tried only where it has a chance: k elements that fail make some 2^k states. */
function chainOf(model: CompiledModel, mostStates: number): ChainAnswer {
  const { modes, strikes } = model;
  // A shock has no state of its own.
  const failing = new Set(modes.element.filter((_, mode) => strikes.start[mode] === strikes.start[mode + 1])).size;
  if (2 ** failing > mostStates) {
    return {
      refused: `${failing} elements that fail make some 2^${failing} states, too many for an exact chain`,
    };
  }
  return solveStateSpace(serviceStateSpace(model), mostStates);
}
