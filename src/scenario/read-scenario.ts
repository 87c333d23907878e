import { basename } from 'node:path';
import { InputError, type Problem } from '../model/problem.ts';
import type { Scenario } from '../model/scenario.ts';
import { digestOf } from './digest.ts';
import type { UnitLibrary } from './quantity/compound.ts';
import { STANDARD_INPUT } from './read/files.ts';
import { readLayers, variantNames, withSetting, withVariant } from './read/layers.ts';
import { child, isListTree, isMapTree, plain, problemAt, type Tree } from './read/tree.ts';
import { printTree } from './resolve/print.ts';
import { UNUSED_TIME } from './resolve/unused-times.ts';
import { type Explained, inFileOrder, isSame, resolveTree } from './resolve-tree.ts';

export type { Explained } from './resolve-tree.ts';

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
  /** The same after those: by what one side of a comparison differs from the other. */
  readonly change?: readonly string[];
  /** Evaluates compound units; `loadScenario` brings it when a file needs it. */
  readonly units?: UnitLibrary;
}

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
  for (const [option, settings] of [
    ['--set', options.set ?? []],
    ['--change', options.change ?? []],
  ] as const) {
    for (const setting of settings) tree = tree && withSetting(tree, setting, problems, option);
  }
  if (tree === undefined) throw new InputError(problems);
  const name = read.file === STANDARD_INPUT ? 'stdin' : basename(read.file).replace(/\.(ya?ml|json)$/, '');
  const result = resolveTree(tree, name, options.units);
  problems.push(...result.problems.filter(({ code }) => code !== UNUSED_TIME));
  // What no variant uses either, seen where all of them are read.
  let unused = options.variant === undefined ? result.problems.filter(({ code }) => code === UNUSED_TIME) : [];
  const check = (changed: Tree): readonly Problem[] => {
    const found = resolveTree(changed, name, options.units).problems;
    unused = unused.filter((problem) => found.some((other) => isSame(problem, other)));
    return found.filter((problem) => problem.level !== 'warning' && !problems.some((known) => isSame(known, problem)));
  };
  if (options.variant === undefined) {
    for (const variant of variantNames(layers)) {
      const changed = withVariant(tree, variant, problems);
      const found = changed === undefined ? [] : check(changed);
      problems.push(...found.map((problem) => ({ ...problem, message: `variant ${variant}: ${problem.message}` })));
    }
  }
  problems.push(...sweepProblems(tree, check));
  // Like all suspicions, only about a file without errors.
  if (problems.every((problem) => problem.level === 'warning')) problems.push(...unused);
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

/** What is wrong with the first value of each path of the sweep, reported at the path. */
function sweepProblems(tree: Tree, check: (changed: Tree) => readonly Problem[]): readonly Problem[] {
  const sweep = child(tree, 'sweep');
  if (!isMapTree(sweep)) return [];
  return [...sweep.content].flatMap(([path, values]) => {
    const [first] = isListTree(values) ? values.content : [];
    if (first === undefined) return [];
    const found: Problem[] = [];
    const changed = withSetting(tree, `${path}=${printTree(first)}`, found);
    const [problem] = changed === undefined ? found : check(changed);
    if (problem === undefined) return [];
    return [problemAt(values.origin, `sweep.${path}`, 'bad-sweep', problem.message, problem.hint, { part: 'key' })];
  });
}

function readSource(source: ScenarioSource, options: ReadOptions): { readonly text: string; readonly file: string } {
  if (typeof source === 'string') return { text: source, file: options.file ?? 'scenario' };
  return { text: (options.readFile ?? noOtherFiles)(source.file), file: source.file };
}

function noOtherFiles(path: string): never {
  throw new InputError([{ level: 'error', code: 'missing-file', message: `${path} cannot be read here` }]);
}
