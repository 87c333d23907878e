/**
 * The public API: read a scenario, simulate it, inject scripted faults, solve it exactly, describe it, render results.
 * Everything else is an implementation detail.
 */

import { controlPathsTable, controlServicesTable } from './analytic/scenario/control-path.ts';
import { analyseScenario } from './analytic/scenario/exact-side.ts';
import { monitoringTable } from './analytic/scenario/monitoring-table.ts';
import { placementTable } from './analytic/scenario/placement.ts';
import { singlePoints } from './analytic/scenario/spof.ts';
import { compile, compileSlice } from './compile/compile.ts';
import type { CompiledModel } from './compile/model.ts';
import { type BaselineOptions, takeBaseline } from './decisions/baseline.ts';
import {
  type CalibrateOptions,
  calibrateScenario,
  type Reread,
  type TicketFile,
} from './decisions/calibration/calibrate.ts';
import { type CheckOptions, type CheckSubject, checkScenarios } from './decisions/check.ts';
import { type CompareOptions, compareScenarios } from './decisions/compare.ts';
import type { Conduct, Labelled } from './decisions/loaded.ts';
import { findPlan, type PlanSettings } from './decisions/plan.ts';
import { runSweep, type SweepSettings } from './decisions/sweep.ts';
import { drawTornado, type TornadoSettings } from './decisions/tornado.ts';
import type { Calibration } from './model/calibration.ts';
import type { Campaign } from './model/campaign.ts';
import type { Baseline, CheckReport } from './model/check.ts';
import type { Comparison } from './model/comparison.ts';
import type { FinishedWork, Part, Shard } from './model/part.ts';
import type { Plan, Tornado } from './model/plan.ts';
import type { AnalyticReport, AnalyticResult, AnalyticStage, Result, SpofReport, Trace } from './model/result.ts';
import type { Injection, Scenario } from './model/scenario.ts';
import type { SliceFacts } from './model/slice.ts';
import type { Sweep, SweepValues } from './model/sweep.ts';
import type { Table } from './model/table.ts';
import { CollectedWork } from './scenario/packed-work.ts';
import { type WholeRun, wholeRun } from './scenario/read-part.ts';
import { onlyServices as onlyTheseServices } from './scenario/slice-scenario.ts';
import { type CampaignSettings, runCampaign } from './simulate/campaign/campaign.ts';
import { criticalityTable } from './simulate/campaign/criticality.ts';
import { faultPathsTable } from './simulate/campaign/fault-paths.ts';
import type { CampaignPlan } from './simulate/campaign/plan.ts';
import { problemsTable } from './simulate/campaign/problems.ts';
import { type LoggedHistory, logHistory } from './simulate/event-log.ts';
import { type Impact, measureImpact } from './simulate/impact.ts';
import { inject as runScript } from './simulate/inject.ts';
import type { ExactServices } from './simulate/method.ts';
import { withPortrait } from './simulate/portrait/portrait.ts';
import { buildResult } from './simulate/result.ts';
import { runHistories, type SimulateOptions } from './simulate/run.ts';
import { runShard } from './simulate/shard.ts';
import { stagesOf } from './simulate/stages.ts';
import { serviceStateSpace } from './simulate/state-space.ts';
import { hireThreads } from './threads.ts';

/** Divides downtime targets over the blocks of a series system, and back (B-44). */
export { achieved } from './analytic/allocation/achieved.ts';
export { allocate } from './analytic/allocation/allocate.ts';
export { type Combination, parseShares, type Split } from './analytic/allocation/split.ts';
/** Markov chains solved for the long run, the first failure and given instants, with their names. */
export { chainReport as solveChain } from './analytic/chain/report.ts';
export { analyseEventTree } from './analytic/structure/eventtree.ts';
/** The published tables by name; `table index` lists them. */
export { buildTable, type TableOptions, tableNames } from './analytic/tables/index.ts';
/** The calculators: structures, chains, allocations and tables without any scenario. */
export * from './calculators.ts';
export { DEFAULTS } from './catalogue/defaults.ts';
export { compile } from './compile/compile.ts';
export { describeModel, type ModelTable } from './compile/describe.ts';
export type { CompiledModel } from './compile/model.ts';
export type { BaselineOptions } from './decisions/baseline.ts';
export {
  type CalibrateOptions,
  type Recalibrated,
  settingsOf,
  type TicketFile,
} from './decisions/calibration/calibrate.ts';
export type { CheckOptions, CheckSubject } from './decisions/check.ts';
export type { CompareOptions } from './decisions/compare.ts';
export type { Conduct, DecisionProgress, Labelled } from './decisions/loaded.ts';
export type { PlanSettings } from './decisions/plan.ts';
export { type SweepAxes, sweepPoints } from './decisions/sweep.ts';
export { factorParameters, type TornadoSettings } from './decisions/tornado.ts';
export { parseVariation, type Variation } from './decisions/vary.ts';
export { type DrawOptions, drawFigures } from './drawing.ts';
/** Fault trees in the Open-PSA model exchange format. */
export { type OpenPsaModel, readOpenPsa } from './interchange/openpsa/read.ts';
export { writeOpenPsa } from './interchange/openpsa/write.ts';
/** Outage tickets and fault-injection logs. */
export { type ReadTickets, readTickets } from './interchange/tickets/read-tickets.ts';
/** Descriptors of VNFs, network services and clusters as scenarios. */
export { type DescriptorSource, type ImportedScenario, importDescriptors } from './interchange/tosca/read.ts';
export type * from './model/allocation.ts';
export type * from './model/calculation.ts';
export type * from './model/calibration.ts';
export type * from './model/campaign.ts';
export type * from './model/check.ts';
export type * from './model/comparison.ts';
export type * from './model/descriptor.ts';
export type { Estimate } from './model/estimate.ts';
export type { EventLogHeader, LoggedEvent } from './model/events.ts';
export type { Law } from './model/law.ts';
export type * from './model/part.ts';
export type * from './model/picture.ts';
export type * from './model/plan.ts';
export { formatProblem, InputError, type Place, type Problem, type ProblemLevel } from './model/problem.ts';
export type * from './model/result.ts';
export type { Injection, Scenario } from './model/scenario.ts';
export type { SliceFacts } from './model/slice.ts';
export type * from './model/structure.ts';
export type * from './model/sweep.ts';
export type * from './model/table.ts';
/** What continuous integration reads of a check: annotations of GitHub, JUnit XML, OpenMetrics. */
export { checkAnnotations } from './report/decisions/annotations.ts';
export { checkJunit } from './report/decisions/junit.ts';
export { checkOpenMetrics } from './report/decisions/openmetrics.ts';
export { sweepParquet } from './report/decisions/parquet.ts';
export type { Explanation } from './report/explanation.ts';
export type { Drawings } from './report/html/figure.ts';
export { type Output, REPORT_FORMATS, type RenderOptions, type ReportFormat, render } from './report/render.ts';
export type { Validation } from './report/validation.ts';
export { type ReadChain, readChain } from './scenario/chain/read-chain.ts';
export { type ReadDiagram, readDiagram } from './scenario/diagram/read-diagram.ts';
export { type FirstScenarioOptions, firstScenario } from './scenario/first-scenario.ts';
/** Parts of a run, and work that an interrupted run has kept. */
export { packWork, type WorkIndex } from './scenario/packed-work.ts';
/** Written quantities, for options as for files: the value or what is wrong with the text. */
export { parseDuration, parseProbability, parseRate } from './scenario/quantity/quantity.ts';
export type { Reading } from './scenario/quantity/reading.ts';
export { parseUnavailability } from './scenario/quantity/unavailability.ts';
export { readTextFile } from './scenario/read/files.ts';
/** A stored baseline; throws InputError that says what is wrong with it. */
export { readBaseline } from './scenario/read-baseline.ts';
/** Finished points of a sweep and scenarios of a check as JSON lines, to go on after an interrupt. */
export { printFinished, readCheckedScenarios, readPoints } from './scenario/read-finished.ts';
export { printPart, readPart, readWork, type WholeRun } from './scenario/read-part.ts';
export { readResult } from './scenario/read-result.ts';
export { loadScenario, readScenario } from './scenario/read-scenario.ts';
export { calibrationJsonSchema } from './scenario/schema/calibration.ts';
export { baselineJsonSchema, checkJsonSchema } from './scenario/schema/check.ts';
export { comparisonJsonSchema } from './scenario/schema/comparison.ts';
export { importJsonSchema } from './scenario/schema/import.ts';
export { scenarioJsonSchema } from './scenario/schema/json-schema.ts';
export { partJsonSchema } from './scenario/schema/part.ts';
export { planJsonSchema, tornadoJsonSchema } from './scenario/schema/plan.ts';
export { resultJsonSchema } from './scenario/schema/result.ts';
export { sweepJsonSchema } from './scenario/schema/sweep.ts';
export { settingsDocument } from './scenario/write-settings.ts';
export type { CampaignPlan } from './simulate/campaign/plan.ts';
/** Interruptions of a service by element against the failover times asked for in practice (B-50). */
export { type FailoverMatrix, failoverMatrix } from './simulate/failover-matrix.ts';
export type { Impact } from './simulate/impact.ts';
export { NothingFinished, type Progress, type SimulateOptions } from './simulate/run.ts';

declare const CARRIERGRADE_VERSION: string;

/** Version of this tool, as written into results. */
export const version: string = CARRIERGRADE_VERSION;

/** A scenario that has been read, with the digest of its resolved content. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly digest: string;
}

/**
 * The scenario asked about some of its services alone: `simulate` and `analyse` look at nothing that cannot influence them,
 * and say what they left out. Throws InputError for a service that does not exist.
 */
export function onlyServices({ scenario, digest }: LoadedScenario, services: readonly string[]): LoadedScenario {
  return { scenario: onlyTheseServices(scenario, services), digest };
}

/** Options of a run, and what of it is kept or drawn. */
export interface RunOptions extends SimulateOptions {
  /** What of this run was finished before, and where to keep what is finished now. */
  readonly finished?: FinishedWork;
  /** Also what reports with pictures need: the cloud, block diagrams and a typical outage of each service. */
  readonly portrait?: boolean;
}

/** States up to which `analyse` solves a scenario's chain, and up to which `simulate` does so beside its own numbers. */
const MOST_STATES = 300_000;
const STATES_BESIDE_A_RUN = 20_000;

/**
 * Simulates the scenario and returns every figure with its interval, the exact side beside it. The same scenario, seed
 * and version give the same bytes, unless a time limit or an abort cut the run short.
 */
export async function simulate(loaded: LoadedScenario, options: RunOptions = {}): Promise<Result> {
  const { digest } = loaded;
  const { model, slice } = compileSlice(loaded.scenario);
  const scenario = withoutTargetsOfOthers(loaded.scenario, model);
  const { controlTreatment } = scenario;
  const limits = { mostStates: STATES_BESIDE_A_RUN, thorough: false, compiled: model };
  let solved: Record<string, AnalyticResult> | undefined;
  const analytic = (): Record<string, AnalyticResult> => {
    // Whoever interrupts a run does not wait for chains to be solved.
    if (solved === undefined && options.signal?.aborted === true) return notAsked(model);
    solved ??= analyseScenario(scenario, [controlTreatment], serviceStateSpace, limits)[controlTreatment];
    return solved;
  };
  const exact = (): ExactServices => exactServices(model, analytic());
  const { finished } = options;
  const run = await runHistories(model, scenario, options, {
    hire: hireThreads,
    exact,
    ...(finished === undefined ? {} : { finished }),
  });
  const whole = buildResult(model, scenario, digest, run, version, withStages(scenario, model, analytic()), options);
  const result = slice === undefined ? whole : withSlice(whole, slice);
  return options.portrait === true ? withPortrait(result, model, scenario, run) : result;
}

const notAsked = ({ names }: CompiledModel): Record<string, AnalyticResult> =>
  Object.fromEntries(names.services.map((id) => [id, { refused: 'the run was interrupted before it was asked' }]));

/**
 * One shard of a run, to be put together with the others by `joinParts`. Throws `NothingFinished` when it was broken off:
 * what it has finished is in `options.finished`.
 */
export async function simulatePart(loaded: LoadedScenario, shard: Shard, options: RunOptions = {}): Promise<Part> {
  const { scenario, digest } = loaded;
  const { seed, years, histories, precision, method } = options;
  const collected = new CollectedWork(options.finished);
  const done = await runShard(compile(scenario), scenario, shard, options, { hire: hireThreads, finished: collected });
  return {
    format: 'carriergrade/part/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    version,
    shard,
    settings: {
      ...(seed === undefined ? {} : { seed }),
      ...(years === undefined ? {} : { years }),
      ...(histories === undefined ? {} : { histories }),
      ...(precision === undefined ? {} : { precision }),
      ...(method === undefined ? {} : { method }),
    },
    source: scenario,
    histories: done,
    work: collected.packed(),
  };
}

/**
 * The run that parts are of: `simulate` with its settings and its work gives the bytes of the run in one piece. Throws
 * InputError where parts are of different runs, overlap or are missing.
 */
export function joinParts(parts: readonly { readonly file: string; readonly part: Part }[]): WholeRun {
  return wholeRun(parts, version);
}

/** What a slice has no groups of is not asked about either. */
function withoutTargetsOfOthers(scenario: Scenario, { names }: CompiledModel): Scenario {
  if (scenario.sliced !== true) return scenario;
  const asked = scenario.targets.filter(({ of }) => Object.hasOwn(scenario.services, of) || names.groups.includes(of));
  return { ...scenario, targets: asked };
}

/** Failovers of a region are those of all its groups, which a slice does not have. */
function withSlice({ regions: _regions, ...result }: Result, slice: SliceFacts): Result {
  return { ...result, run: { ...result.run, slice } };
}

/** Which services of the model the exact side solves, why not the others, and what it knows of them all the same. */
function exactServices({ names }: CompiledModel, solved: Readonly<Record<string, AnalyticResult>>): ExactServices {
  const services = names.services.map((id, service) => ({ service, result: solved[id] }));
  const isSolved = (result: AnalyticResult | undefined): boolean =>
    result?.exact === true && result.unavailability !== undefined;
  return {
    solved: new Set(services.flatMap(({ service, result }) => (isSolved(result) ? [service] : []))),
    refused: new Map(services.flatMap(({ service, result }) => (result?.refused ? [[service, result.refused]] : []))),
    bounds: new Map(
      services.flatMap(({ service, result: { lo, hi } = {} }) =>
        lo === undefined || hi === undefined ? [] : [[service, { lo, hi }]],
      ),
    ),
  };
}

/**
 * The first history of a run event by event (B-69): JSON lines, the first of them an `EventLogHeader`, then one
 * `LoggedEvent` each. Replayed, they give the history's own figures.
 */
export function eventLog(loaded: LoadedScenario, options: Pick<SimulateOptions, 'seed' | 'years'> = {}): string {
  const { scenario, digest } = loaded;
  const { seed, years, warmUp } = scenario.simulation;
  const plan: LoggedHistory = {
    scenario: { name: scenario.name, digest },
    seed: options.seed ?? seed,
    history: 0,
    years: options.years ?? years,
    warmUp,
    groups: scenario.groups,
  };
  const lines: string[] = [];
  logHistory(compile(scenario), plan, (line) => lines.push(JSON.stringify(line)));
  return `${lines.join('\n')}\n`;
}

/** Where members start, and which slots and resources are left on each node. */
export function listPlacement({ scenario }: LoadedScenario): Table {
  return placementTable(scenario);
}

/** Runs a script of faults step by step, without randomness. Throws InputError for names that do not exist. */
export function inject(loaded: LoadedScenario, script: readonly Injection[]): Trace {
  return runScript(loaded.scenario, loaded.digest, script);
}

/** Injects many faults one after the other and gives each its verdict (B-32, B-33). Throws InputError when there are none. */
export function campaign(loaded: LoadedScenario, plan: CampaignPlan, settings: CampaignSettings = {}): Campaign {
  return runCampaign(compile(loaded.scenario), loaded.scenario, loaded.digest, plan, settings);
}

/**
 * Compares variants with the first scenario on the same histories: differences and ratios with intervals, and what made
 * them. Throws InputError where two have no service in common.
 */
export function compare(
  first: Labelled,
  others: readonly Labelled[],
  options: CompareOptions = {},
): Promise<Comparison> {
  return compareScenarios(first, others, version, options);
}

/**
 * Decides the targets of scenarios, and whether their downtime has grown against a baseline, each as soon as it is certain.
 * Throws InputError where seed or years contradict the baseline.
 */
export function check(subjects: readonly CheckSubject[], options: CheckOptions = {}): Promise<CheckReport> {
  return checkScenarios(subjects, version, options);
}

/** What scenarios are like now, history by history; entries of `before` under other labels are kept. */
export function baseline(
  subjects: readonly Labelled[],
  options: BaselineOptions = {},
  before?: Baseline,
): Promise<Baseline> {
  return takeBaseline(subjects, version, options, before);
}

/** How a sweep is run; `load` gives the scenario with some values set. */
export type SweepOptions = SimulateOptions & Conduct & Pick<SweepSettings, 'load' | 'finished' | 'onPoint'>;

/** A scenario at many points, all on the same random numbers; what was finished before is not simulated again. */
export function sweep(base: LoadedScenario, points: readonly SweepValues[], options: SweepOptions): Promise<Sweep> {
  const { load, finished, onPoint, onProgress, ...how } = options;
  const { clock: _clock, signal, workers: _workers, ...manner } = how;
  return runSweep(base, points, version, {
    load,
    simulate: (loaded) => simulate(loaded, { ...how, ...(onProgress === undefined ? {} : { onProgress }) }),
    manner: JSON.stringify({ version, ...manner }),
    ...(finished === undefined ? {} : { finished }),
    ...(onPoint === undefined ? {} : { onPoint }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The value, or the cheapest mix of values, that meets a target. Throws InputError for what cannot be searched. */
export function plan(base: LoadedScenario, settings: PlanSettings): Promise<Plan> {
  return findPlan(base, version, settings);
}

/** How far each parameter alone moves the downtime of a service. Throws InputError for an unknown service. */
export function tornado(base: LoadedScenario, settings: TornadoSettings): Promise<Tornado> {
  return drawTornado(base, version, settings);
}

/**
 * Puts measured values in the place of prescribed ones (B-47), and tells what each changes on the same histories.
 *
 * @param reread reads the scenario with `path=value` settings laid over it
 * @throws InputError for tickets about something the scenario does not have
 */
export function calibrate(
  reread: Reread,
  files: readonly TicketFile[],
  options: CalibrateOptions = {},
): Promise<Calibration> {
  return calibrateScenario(reread, files, version, options);
}

/** Relative criticality of the scenario's elements measured by injection and from the cut sets, beside the formulas (B-72). */
export function measureCriticality({ scenario }: LoadedScenario): Table {
  const model = compile(scenario);
  return criticalityTable(model, scenario, singlePoints(model));
}

/** Control functions of the scenario: class by closure, unavailability, and the chance that an outage is noticed (B-74, B-75). */
export function listControlServices({ scenario }: LoadedScenario): Table {
  return controlServicesTable(compile(scenario), scenario);
}

/** T_DET, T_NOT, T_REM of the fault of each group's serving member, and which limits they keep (B-93, B-103). */
export function measureFaultPaths({ scenario, digest }: LoadedScenario): Table {
  return faultPathsTable(scenario, digest);
}

/** Who watches the members of each group, how soon it notices, and what its looks cost (SEM-17, B-98). */
export function listMonitoring({ scenario }: LoadedScenario): Table {
  return monitoringTable(scenario);
}

/** What a monitoring server lists after each script of the scenario, with ages at one instant. */
export function listProblems({ scenario, digest }: LoadedScenario): Table {
  return problemsTable(scenario, digest);
}

/** Whom each step of the scenario's flows asks. */
export function listControlPaths({ scenario }: LoadedScenario): Table {
  return controlPathsTable(scenario);
}

/** The exact side alone, under both treatments of the control path (SEM-14). */
export function analyse(loaded: LoadedScenario): AnalyticReport {
  const { scenario, digest } = loaded;
  const { model, slice } = compileSlice(scenario);
  const limits = { mostStates: MOST_STATES, thorough: true, compiled: model };
  const both = analyseScenario(scenario, ['conditional', 'series'], serviceStateSpace, limits);
  const conditional = withStages(scenario, model, both.conditional);
  const series = withStages(scenario, model, both.series);
  return {
    format: 'carriergrade/analysis/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    ...(slice === undefined ? {} : { slice }),
    services: Object.fromEntries(
      Object.keys(scenario.services).map((id) => [id, { conditional: conditional[id]!, series: series[id]! }]),
    ),
  };
}

/** Services alone, each with the stages of its chain, which are solved as services of their own. */
function withStages(
  { services }: Scenario,
  model: CompiledModel,
  solved: Readonly<Record<string, AnalyticResult>>,
): Record<string, AnalyticResult> {
  return Object.fromEntries(
    Object.entries(services).map(([id, { stages }], service) => {
      if (stages === undefined) return [id, solved[id]!];
      const parts = stagesOf(model, service).map((index, i): AnalyticStage => {
        const { treatment: _treatment, ...figures } = solved[model.names.services[index]!]!;
        return { id: stages[i]!.id, ...figures };
      });
      return [id, { ...solved[id]!, stages: parts }];
    }),
  );
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

/**
 * What each element's fault takes away at once, flow-weighted, measured by striking it (B-72): the figures behind the
 * relative criticality of a cloud. `elements` names those to strike; absent: all that can fail.
 */
export function impact(loaded: LoadedScenario, elements?: readonly string[]): readonly Impact[] {
  return measureImpact(compile(loaded.scenario), elements);
}
