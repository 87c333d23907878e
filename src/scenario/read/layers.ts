import { dirname, join } from 'node:path';
import { InputError, type Problem } from '../../model/problem.ts';
import { readDocument } from './document.ts';
import { merge, withValue } from './merge.ts';
import { didYouMean } from './suggest.ts';
import { child, isMapTree, problemAt, type SettingOption, type Tree, treeOfData, treeOfDocument } from './tree.ts';

export const FORMAT = 'carriergrade/scenario/1';

/**
 * The document in `text` laid over the one it `extends`, and so on. Problems are appended to `problems`; undefined when
 * nothing can be read.
 */
export function readLayers(
  text: string,
  file: string,
  readFile: (path: string) => string,
  problems: Problem[],
  below: readonly string[] = [],
): Tree | undefined {
  const document = readDocument(text, file);
  problems.push(...document.problems);
  if (document.problems.length > 0) return undefined;
  const tree = treeOfDocument(document);
  checkFormat(tree, problems);
  const parent = child(tree, 'extends');
  if (parent === undefined) return tree;
  const fail = (code: string, message: string, hint?: string): undefined => {
    problems.push(problemAt(parent.origin, 'extends', code, message, hint));
  };
  if (typeof parent.content !== 'string') return fail('wrong-type', 'extends: expected the path of a scenario file');
  const path = join(dirname(file), parent.content);
  const chain = [...below, join(file)];
  if (chain.includes(path)) return fail('cyclic-extends', `${chain.join(' extends ')} extends ${path}`);
  let base: string;
  try {
    base = readFile(path);
  } catch (error) {
    const reason = error instanceof InputError ? error.problems[0]!.message : `${path} cannot be read`;
    return fail('missing-file', `extends: ${reason}`, 'the path is relative to this file');
  }
  const lower = readLayers(base, path, readFile, problems, chain);
  return lower === undefined ? undefined : merge(lower, tree);
}

function checkFormat(tree: Tree, problems: Problem[]): void {
  const format = child(tree, 'format');
  const expected = `the first line of a scenario is "format: ${FORMAT}"`;
  if (format === undefined)
    problems.push(problemAt(tree.origin, 'format', 'missing-format', 'format is missing', expected));
  else if (format.content !== FORMAT) {
    const message = `format is ${JSON.stringify(format.content)}, this program reads ${FORMAT}`;
    problems.push(problemAt(format.origin, 'format', 'wrong-format', message, expected));
  }
}

/** Names of the variants of a scenario, in file order. */
export function variantNames(tree: Tree): readonly string[] {
  const variants = child(tree, 'variants');
  if (!isMapTree(variants)) return [];
  return [...variants.content].filter(([, over]) => over.deletes !== true).map(([name]) => name);
}

/** The scenario with variant `name` laid over it; undefined, and a problem, when there is none of that name. */
export function withVariant(tree: Tree, name: string, problems: Problem[]): Tree | undefined {
  const over = child(child(tree, 'variants'), name);
  if (over !== undefined) {
    if (!isMapTree(over)) return tree;
    for (const key of ['format', 'extends', 'variants']) {
      const part = over.content.get(key);
      const message = `variants.${name}.${key}: a variant cannot change this`;
      if (part !== undefined)
        problems.push(
          problemAt(part.origin, `variants.${name}.${key}`, 'unknown-key', message, undefined, { part: 'key' }),
        );
    }
    return merge(tree, over);
  }
  const origin = child(tree, 'variants')?.origin ?? tree.origin;
  const hint = didYouMean(name, variantNames(tree), 'variants of this file');
  problems.push(
    problemAt(origin, 'variants', 'unknown-variant', `there is no variant "${name}"`, hint, { part: 'key' }),
  );
  return undefined;
}

/** The scenario with one `path=value` of the command line applied; the value is YAML. */
export function withSetting(
  tree: Tree,
  text: string,
  problems: Problem[],
  option: SettingOption = '--set',
): Tree | undefined {
  const origin = { kind: 'set', option, text } as const;
  const fail = (message: string, hint?: string): undefined => {
    problems.push(problemAt(origin, '', 'bad-set', message, hint));
  };
  const split = /^((?:"(?:\\.|[^"\\])*"|[^="])+)=(.*)$/s.exec(text);
  if (split === null) return fail('expected path=value', 'for example groups.sbc.detection.coverage=0.99');
  const steps = pathSteps(split[1]!.trim(), tree);
  if (steps === undefined) return fail(`cannot read the path "${split[1]}"`);
  const document = readDocument(`value: ${split[2]!.trim()}`, option);
  if (document.problems.length > 0) return fail(`cannot read the value: ${document.problems[0]!.message}`);
  const changed = withValue(tree, steps, treeOfData(document.value['value'], origin));
  return changed ?? fail(`${split[1]} leads through something that is not a map`);
}

/** Keys of `groups.sbc.x`, `targets[0].limit`, `elements."a.b"`; keys with dots that exist need no quotes. */
function pathSteps(path: string, tree: Tree): readonly string[] | undefined {
  const tokens = path.match(/"(?:\\.|[^"\\])*"|\[\d+\]|[^.[\]"]+/g);
  if (tokens === null || path.replace(/"(?:\\.|[^"\\])*"|\[\d+\]|[^.[\]"]+|\./g, '') !== '') return undefined;
  const words = tokens.map((token) => {
    if (token.startsWith('"')) return JSON.parse(token) as string;
    return token.startsWith('[') ? token.slice(1, -1) : token;
  });
  const steps: string[] = [];
  let node: Tree | undefined = tree;
  while (words.length > 0) {
    const parts: Tree | undefined = node;
    let length = 1;
    if (isMapTree(parts)) {
      for (let n = words.length; n > 1; n--)
        if (parts.content.has(words.slice(0, n).join('.'))) length = Math.max(length, n);
    }
    const key = words.splice(0, length).join('.');
    steps.push(key);
    node = isMapTree(parts) ? parts.content.get(key) : undefined;
  }
  return steps;
}
