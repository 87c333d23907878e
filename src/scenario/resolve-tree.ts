import type { Problem } from '../model/problem.ts';
import type { Scenario } from '../model/scenario.ts';
import { lint } from './lint/lint.ts';
import type { UnitLibrary } from './quantity/compound.ts';
import { isMapTree, plain, type Tree } from './read/tree.ts';
import { type ExplainedValue, Section } from './resolve/context.ts';
import { resolveScenario } from './resolve/scenario.ts';
import { checkShape } from './schema/issues.ts';

export type Explained = readonly ExplainedValue[];

export interface Resolved {
  readonly scenario: Scenario;
  readonly explained: Explained;
  readonly problems: readonly Problem[];
}

/** Checks the shape of a merged scenario, resolves it and, when nothing is wrong with it, lints it. */
export function resolveTree(tree: Tree, name: string, units: UnitLibrary | undefined): Resolved {
  const shape = checkShape(plain(tree), tree);
  const misshapen = new Set(shape.map((problem) => problem.path ?? ''));
  const context = { problems: [] as Problem[], misshapen, explained: [], assumptions: [], units };
  const root = new Section(context, isMapTree(tree) ? tree : undefined, [], tree.origin);
  const { scenario, root: expanded } = resolveScenario(root, name);
  const broken = shape.length > 0 || context.problems.some((problem) => problem.level !== 'warning');
  if (!broken) lint(expanded, scenario);
  // What is read through several references is reported once, and a wrong shape says it all.
  const problems: Problem[] = [...shape];
  for (const problem of context.problems) {
    if (!problems.some((known) => isSame(known, problem) || (shape.includes(known) && isSamePlace(known, problem))))
      problems.push(problem);
  }
  const once = uniqueValues(context.explained);
  const assumptions = uniqueValues(scenario.assumptions);
  return { scenario: { ...scenario, assumptions }, explained: once, problems };
}

/** Values that are written once and read for each of several equal things stand once. */
function uniqueValues<T extends { readonly path: string; readonly value: string; readonly source: string }>(
  values: readonly T[],
): readonly T[] {
  const seen = new Set<string>();
  return values.filter(({ path, value, source }) => {
    const key = `${path}\n${value}\n${source}`;
    return !seen.has(key) && seen.add(key);
  });
}

function isSamePlace({ place: a }: Problem, { place: b }: Problem): boolean {
  return a !== undefined && b !== undefined && a.file === b.file && a.line === b.line && a.column === b.column;
}

/** Whether two problems say the same about the same place. */
export function isSame(a: Problem, b: Problem): boolean {
  const located = a.place !== undefined && b.place !== undefined;
  return a.code === b.code && (located ? isSamePlace(a, b) : a.message === b.message && a.path === b.path);
}

/** By file in order of appearance, then by line and column; problems without a place come first. */
export function inFileOrder(problems: readonly Problem[]): readonly Problem[] {
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
