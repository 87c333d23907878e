import { basename } from 'node:path';
import { InputError, type Problem } from '../model/problem.ts';
import type { Scenario } from '../model/scenario.ts';
import { digestOf } from './digest.ts';
import { lint } from './lint/lint.ts';
import type { UnitLibrary } from './quantity/compound.ts';
import { readLayers, variantNames, withSetting, withVariant } from './read/layers.ts';
import { isMapTree, plain, type Tree } from './read/tree.ts';
import { type ExplainedValue, Section } from './resolve/context.ts';
import { resolveScenario } from './resolve/scenario.ts';
import { checkShape } from './schema/issues.ts';

/** A scenario as text, or in a file that `readFile` reads. */
export type ScenarioSource = string | { readonly file: string };

export interface ReadOptions {
  /** Name of the file the text comes from: places of problems, base of `extends`, default name of the scenario. */
  readonly file?: string;
  /** Text of another file; called with the path in `extends`, relative to `file`. Throws when there is none. */
  readonly readFile?: (path: string) => string;
  /** Name of the variant to lay over the scenario. Without one, every variant is checked for errors as well. */
  readonly variant?: string;
  /** `path=value` each, applied in order after the variant; the value is YAML. */
  readonly set?: readonly string[];
  /** Evaluates compound units; `loadScenario` brings it when a file needs it. */
  readonly units?: UnitLibrary;
}

export type Explained = readonly ExplainedValue[];

export interface ReadScenario {
  readonly scenario: Scenario;
  /** Every value of the resolved scenario with its source, in the order of reading. */
  readonly explained: Explained;
  /** Problems of level `warning`; there are no others. */
  readonly warnings: readonly Problem[];
  /** 16 hex digits that change when the meaning of the scenario changes. */
  readonly digest: string;
  /** Names of the variants, in file order. */
  readonly variants: readonly string[];
  /** Values to try, by path as for `set`. */
  readonly sweep: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

/**
 * Reads a scenario: text, `extends`, variant, settings, shape, references, defaults, lint.
 * @throws InputError with all problems found, warnings included, in the order of the file.
 */
export function readScenario(source: ScenarioSource, options: ReadOptions = {}): ReadScenario {
  const problems: Problem[] = [];
  const read = readSource(source, options);
  const layers = readLayers(read.text, read.file, options.readFile ?? noOtherFiles, problems);
  if (layers === undefined) throw new InputError(problems);
  const chosen = options.variant === undefined ? layers : withVariant(layers, options.variant, problems);
  let tree = chosen;
  for (const setting of options.set ?? []) tree = tree === undefined ? undefined : withSetting(tree, setting, problems);
  if (tree === undefined) throw new InputError(problems);
  const name = basename(read.file).replace(/\.(ya?ml|json)$/, '');
  const result = resolveTree(tree, name, options.units);
  problems.push(...result.problems);
  if (options.variant === undefined) {
    for (const variant of variantNames(layers)) {
      const changed = withVariant(tree, variant, problems);
      if (changed === undefined) continue;
      const own = resolveTree(changed, name, options.units).problems.filter(
        (problem) => problem.level !== 'warning' && !problems.some((known) => isSame(known, problem)),
      );
      problems.push(...own.map((problem) => ({ ...problem, message: `variant ${variant}: ${problem.message}` })));
    }
  }
  const sorted = inFileOrder(problems);
  if (sorted.some((problem) => problem.level !== 'warning')) throw new InputError(sorted);
  return {
    scenario: result.scenario,
    explained: result.explained,
    warnings: sorted,
    digest: digestOf(result.scenario),
    variants: variantNames(layers),
    sweep: (plain(tree) as { sweep?: ReadScenario['sweep'] }).sweep ?? {},
  };
}

/** `readScenario` that loads the unit library when a quantity needs it, for example `40 GB / (10 Gbit/s)`. */
export async function loadScenario(source: ScenarioSource, options: ReadOptions = {}): Promise<ReadScenario> {
  try {
    return readScenario(source, options);
  } catch (error) {
    const needed = error instanceof InputError && error.problems.some((problem) => problem.code === 'compound-unit');
    if (!needed || options.units !== undefined) throw error;
  }
  const { evaluateUnits } = await import('./quantity/expression.ts');
  return readScenario(source, { ...options, units: evaluateUnits });
}

function readSource(source: ScenarioSource, options: ReadOptions): { readonly text: string; readonly file: string } {
  if (typeof source === 'string') return { text: source, file: options.file ?? 'scenario' };
  return { text: (options.readFile ?? noOtherFiles)(source.file), file: source.file };
}

function noOtherFiles(path: string): never {
  throw new InputError([{ level: 'error', code: 'missing-file', message: `${path} cannot be read here` }]);
}

interface Resolved {
  readonly scenario: Scenario;
  readonly explained: Explained;
  readonly problems: readonly Problem[];
}

function resolveTree(tree: Tree, name: string, units: UnitLibrary | undefined): Resolved {
  const shape = checkShape(plain(tree), tree);
  const misshapen = new Set(shape.map((problem) => problem.path ?? ''));
  const context = { problems: [] as Problem[], misshapen, explained: [], assumptions: [], units };
  const root = new Section(context, isMapTree(tree) ? tree : undefined, [], tree.origin);
  const scenario = resolveScenario(root, name);
  const broken = shape.length > 0 || context.problems.some((problem) => problem.level !== 'warning');
  if (!broken) lint(root, scenario);
  // What is read through several references is reported once, and a wrong shape says it all.
  const problems: Problem[] = [...shape];
  for (const problem of context.problems) {
    if (!problems.some((known) => isSame(known, problem) || (shape.includes(known) && isSamePlace(known, problem))))
      problems.push(problem);
  }
  return { scenario, explained: context.explained, problems };
}

function isSamePlace({ place: a }: Problem, { place: b }: Problem): boolean {
  return a !== undefined && b !== undefined && a.file === b.file && a.line === b.line && a.column === b.column;
}

function isSame(a: Problem, b: Problem): boolean {
  const located = a.place !== undefined && b.place !== undefined;
  return a.code === b.code && (located ? isSamePlace(a, b) : a.message === b.message && a.path === b.path);
}

/** By file in order of appearance, then by line and column; problems without a place come first. */
function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map((problem) => problem.place?.file ?? ''))];
  const rank = ({ place }: Problem): readonly number[] => [
    place === undefined ? -1 : files.indexOf(place.file),
    place?.line ?? 0,
    place?.column ?? 0,
  ];
  return [...problems].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0]! - y[0]! || x[1]! - y[1]! || x[2]! - y[2]!;
  });
}
