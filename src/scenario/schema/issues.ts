import type { z } from 'zod';
import type { Problem } from '../../model/problem.ts';
import { printPath } from '../read/path.ts';
import { didYouMean } from '../read/suggest.ts';
import { descend, isListTree, isMapTree, problemAt, type Tree } from '../read/tree.ts';
import { allowedKeys, scenarioJsonSchema } from './json-schema.ts';
import { scenarioSchema } from './scenario.ts';

type Issue = z.core.$ZodIssue;
type Located = readonly [
  path: readonly PropertyKey[],
  code: string,
  message: string,
  hint?: string | undefined,
  part?: 'key',
];

/**
 * Checks the shape of a scenario: unknown keys, missing keys, wrong types, words outside their list. `data` is the plain
 * data of `tree`. One problem per fault, located where the value was written.
 */
export function checkShape(data: unknown, tree: Tree): readonly Problem[] {
  const result = scenarioSchema.safeParse(data, { reportInput: true });
  if (result.success) return [];
  // The format has been checked file by file, before they were merged.
  const issues = result.error.issues.filter((issue) => issue.path[0] !== 'format');
  return issues.flatMap((issue) => located(issue, tree)).map((each) => problemOf(each, tree));
}

function problemOf([path, code, message, hint, part]: Located, tree: Tree): Problem {
  const at = descend(tree, path);
  const text = printPath(path.map((step) => (typeof step === 'number' ? step : String(step))));
  return problemAt(
    at.tree.origin,
    text,
    code,
    `${text === '' ? 'scenario' : text}: ${message}`,
    hint,
    part && { part },
  );
}

function located(issue: Issue, tree: Tree): readonly Located[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const allowed = allowedKeys(scenarioJsonSchema(), path);
    return issue.keys.map((key): Located => {
      return [[...path, key], 'unknown-key', 'unknown key', didYouMean(key, allowed, 'keys here'), 'key'];
    });
  }
  if (issue.code === 'invalid_key') {
    const hint = 'letters, digits, "-", "_" and ".", starting with a letter or a digit, and not a plain number';
    return [[path, 'bad-id', `"${String(path.at(-1))}" cannot be an id`, hint, 'key']];
  }
  const at = descend(tree, path);
  if (at.depth < path.length) return [[path, 'missing-key', 'this key is missing', missingHint(issue)]];
  if (at.tree.content === null) return [[path, ...emptyValue(at.tree)]];
  if (typeof at.tree.content === 'number' && !Number.isFinite(at.tree.content)) {
    return [[path, 'not-finite', `expected a finite number, got ${at.tree.content}`]];
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const message = `expected ${oneOf(values)}, got ${kindOf(at.tree)}`;
    if (isMapTree(at.tree) || isListTree(at.tree)) return [[path, 'wrong-type', message]];
    return [[path, 'unknown-value', message, didYouMean(String(at.tree.content), values, 'allowed')]];
  }
  if (issue.code === 'invalid_union') {
    // The alternative of the right type says what is wrong inside.
    const inside = issue.errors.find((branch) => branch.every((each) => each.path.length > 0));
    if (inside !== undefined)
      return inside.flatMap((each) => located({ ...each, path: [...path, ...each.path] }, tree));
    const expected = [...new Set(issue.errors.flatMap((branch) => branch.map(expectation)))];
    return [[path, 'wrong-type', `expected ${oneOf(expected)}, got ${kindOf(at.tree)}`]];
  }
  return [[path, 'wrong-type', `expected ${expectation(issue)}, got ${kindOf(at.tree)}`]];
}

function emptyValue(tree: Tree): [string, string, string] {
  const over = tree.origin.kind === 'set' || (tree.origin.kind === 'file' && tree.origin.path[0] === 'variants');
  return over
    ? [
        'nothing-to-delete',
        'null deletes what is there, and nothing is there',
        'defaults and values of a type cannot be deleted',
      ]
    : ['empty-value', 'no value', 'give a value or remove the key'];
}

function missingHint(issue: Issue): string | undefined {
  return issue.code === 'invalid_value' ? `allowed: ${issue.values.map(String).join(', ')}` : undefined;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPE_WORDS[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  return issue.message.toLowerCase();
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function kindOf(tree: Tree): string {
  if (isMapTree(tree)) return 'a map';
  if (isListTree(tree)) return 'a list';
  const { content } = tree;
  return typeof content === 'string' ? `"${content.slice(0, 60)}"` : String(content);
}
