import { compile } from '../compile/compile.ts';
import { looksUpTo } from '../measures/comparison/spending.ts';
import { RunTotals } from '../measures/run-totals.ts';
import type {
  Baseline,
  CheckedRegression,
  CheckedScenario,
  CheckedTarget,
  CheckReport,
  CheckRules,
  CheckRun,
  Verdict,
} from '../model/check.ts';
import type { FinishedWork } from '../model/part.ts';
import { InputError } from '../model/problem.ts';
import { shapeOf } from '../simulate/history-watch.ts';
import { historiesInOrder } from '../simulate/in-order.ts';
import { exactUnavailability } from './exact.ts';
import type { Conduct, Labelled } from './loaded.ts';
import { RegressionGates } from './regression-gates.ts';
import { TargetGates } from './target-gates.ts';

/** A scenario to check; `label` finds it in a baseline. */
export interface CheckSubject extends Labelled {
  readonly file: string;
}

/** Rules and budget of a check; what is absent is as the scenario or the baseline says. */
export interface CheckOptions extends Conduct, Partial<Omit<CheckRules, 'gates'>> {
  readonly seed?: string;
  /** Simulated years per history. */
  readonly years?: number;
  /** Number of histories at most, of each scenario. */
  readonly histories?: number;
  /** Relative half-width at which an interval that still holds its limit is given up. */
  readonly precision?: number;
  /** Seconds of `clock` for each scenario. */
  readonly maxTime?: number;
  readonly baseline?: Baseline;
  /** Scenarios that were finished before, by key. */
  readonly finished?: ReadonlyMap<string, CheckedScenario>;
  /** Called with each scenario that is finished, before the next is begun. */
  readonly onScenario?: (key: string, done: CheckedScenario) => Promise<void>;
  /** Where histories of a scenario may be known from, and are kept while it is under way. */
  readonly work?: (
    subject: CheckSubject,
    plan: { readonly seed: string; readonly years: number },
  ) => Promise<FinishedWork>;
  /** False: simulate even what the exact side knows, and what the digest says has not changed. */
  readonly exact?: boolean;
}

const RULES: Omit<CheckRules, 'gates'> = { error: 0.05, tolerance: 0.01, detect: 0.05 };
/** Histories at which an open question is left open, where nothing else is asked for. */
const MOST_HISTORIES = 10_000;

/**
 * Decides the targets of every scenario and whether its downtime has grown against a baseline. What the exact side knows is
 * decided by it; all else by a group-sequential test that looks at 32, 40, 50, … histories and stops as soon as every gate
 * is certain at the stated chance of an error. Without a time limit a pure function of scenarios, baseline and options.
 *
 * @throws InputError where seed or years contradict the baseline
 */
export async function checkScenarios(
  subjects: readonly CheckSubject[],
  version: string,
  options: CheckOptions = {},
): Promise<CheckReport> {
  const { error = RULES.error, tolerance = RULES.tolerance, detect = RULES.detect } = options;
  if (!(tolerance < detect)) throw new RangeError(`a tolerance of ${tolerance} leaves nothing to detect at ${detect}`);
  const gates = subjects.reduce((sum, subject) => sum + gatesOf(subject, options.baseline), 0);
  const rules: CheckRules = { error, tolerance, detect, gates };
  const scenarios: CheckedScenario[] = [];
  for (const subject of subjects) {
    if (options.signal?.aborted === true) break;
    const key = keyOf(subject, version, rules, options);
    const known = options.finished?.get(key);
    const checked = known ?? (await checkScenario(subject, version, rules, options));
    scenarios.push(checked);
    if (known === undefined && checked.run.stop !== 'interrupted') await options.onScenario?.(key, checked);
  }
  const verdict = worst(scenarios.map((one) => one.verdict));
  return { format: 'carriergrade/check/1', verdict, rules, scenarios, version };
}

/** Everything the verdicts about a scenario depend on. */
function keyOf(
  { label, file, digest }: CheckSubject,
  version: string,
  rules: CheckRules,
  options: CheckOptions,
): string {
  const { seed, years, histories, precision, maxTime, exact, baseline } = options;
  const entry = baseline?.scenarios[label];
  const before =
    entry === undefined ? null : { ...entry, services: Object.keys(entry.services), by: baseline!.version };
  const manner = { seed, years, histories, precision, maxTime, exact };
  return JSON.stringify([label, file, digest, version, rules, manner, before]);
}

function gatesOf({ label, scenario }: CheckSubject, baseline: Baseline | undefined): number {
  const before = baseline?.scenarios[label]?.services ?? {};
  return scenario.targets.length + Object.keys(scenario.services).filter((id) => before[id] !== undefined).length;
}

async function checkScenario(
  subject: CheckSubject,
  version: string,
  rules: CheckRules,
  options: CheckOptions,
): Promise<CheckedScenario> {
  const { scenario, digest, label, file } = subject;
  const { simulation } = scenario;
  const entry = options.baseline?.scenarios[label];
  for (const key of ['seed', 'years'] as const) {
    const asked = options[key];
    if (entry === undefined || asked === undefined || asked === entry[key]) continue;
    const message = `--${key} ${asked} contradicts the baseline of ${label}, which was taken with ${entry[key]}`;
    const hint = `leave --${key} out: histories are compared with those of the baseline`;
    throw new InputError([{ level: 'error', code: 'conflicting-keys', message, hint }]);
  }
  const model = compile(scenario);
  const plan = {
    seed: entry?.seed ?? options.seed ?? simulation.seed,
    years: entry?.years ?? options.years ?? simulation.years,
    warmUp: entry?.warmUp ?? simulation.warmUp,
    most: options.histories ?? Math.max(simulation.histories, entry?.histories ?? MOST_HISTORIES),
    ...timeLimit(options.maxTime ?? simulation.maxTime),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const alpha = rules.error / Math.max(1, rules.gates);
  const solved = options.exact === false ? new Map<string, number>() : exactUnavailability(scenario);
  const targets = new TargetGates(
    model,
    scenario,
    { alpha, most: plan.most, seed: plan.seed, years: plan.years },
    solved,
  );
  const isKnown = entry !== undefined && entry.digest === digest && options.baseline!.version === version;
  const isSame = isKnown && options.exact !== false;
  const regressions = new RegressionGates(model, scenario, entry, { alpha, most: plan.most, rules, isSame }, solved);
  const totals = new RunTotals(shapeOf(model));
  const rare = { ...plan, ...precisionOf(options.precision), started: options.clock?.() ?? 0 };
  const isDecided = (): boolean => targets.isDecided && regressions.isDecided;
  const looks = new Set([...looksUpTo(plan.most), ...regressions.looks]);
  let stop: CheckRun['stop'] = 'decided';
  if (!isDecided()) {
    const finished = await options.work?.(subject, plan);
    const work = finished === undefined ? plan : { ...plan, finished };
    const ended = await historiesInOrder([model], work, async ([record], index) => {
      totals.absorb(record!);
      const years = (index + 1) * plan.years;
      options.onProgress?.({ histories: index + 1, of: plan.most, years, events: totals.events });
      if (!looks.has(index + 1)) return 'more';
      targets.look(totals);
      await targets.lookAtRare(totals, rare);
      regressions.look(totals);
      await regressions.lookAtRare(totals, rare);
      if (isDecided()) return 'enough';
      const isNarrow = options.precision !== undefined && regressions.isDecided && targets.areNarrow(options.precision);
      if (!isNarrow) return 'more';
      stop = 'precision';
      return 'enough';
    });
    if (ended === 'aborted') stop = 'interrupted';
    else if (ended !== 'enough') stop = isDecided() ? 'decided' : 'budget';
  }
  const checked = targets.results(totals);
  const compared = regressions.results(totals);
  return {
    label,
    file,
    title: scenario.title,
    digest,
    run: {
      seed: plan.seed,
      histories: totals.histories,
      of: plan.most,
      simulatedYears: totals.histories * plan.years,
      events: totals.events,
      stop,
    },
    targets: checked,
    regressions: compared,
    ...methodsOf(targets, regressions),
    baseline:
      options.baseline === undefined ? 'none' : entry === undefined ? 'missing' : isSame ? 'unchanged' : 'compared',
    verdict: worst([...deciding(checked), ...compared.map((one: CheckedRegression) => one.verdict)]),
  };
}

/** How rare services were decided: their targets, and where they have none their regressions. */
function methodsOf(targets: TargetGates, regressions: RegressionGates): Pick<CheckedScenario, 'methods'> {
  const methods = { ...Object.fromEntries(regressions.methods), ...Object.fromEntries(targets.methods) };
  return Object.keys(methods).length === 0 ? {} : { methods };
}

const precisionOf = (precision: number | undefined): { precision?: number } =>
  precision === undefined ? {} : { precision };

const timeLimit = (maxTime: number | undefined): { maxTime?: number } => (maxTime === undefined ? {} : { maxTime });

/** Targets of level `warn` are shown but decide nothing. */
function deciding(targets: readonly CheckedTarget[]): readonly Verdict[] {
  return targets.filter(({ level }) => level === 'error').map(({ verdict }) => verdict);
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('undecided') ? 'undecided' : 'pass';
}
