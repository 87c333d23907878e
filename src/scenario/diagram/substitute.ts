import { isListTree, isMapTree, type Tree } from '../read/tree.ts';

const WHOLE = /^\$(?:(\w+)|\{(\w+)\})$/;
const INSIDE = /\$(?:(\w+)|\{(\w+)\})/g;

/** A `$name` nobody gave a value, and where it stands. */
export interface Unknown {
  readonly name: string;
  readonly tree: Tree;
}

/**
 * A tree with `$name` replaced: a text that is nothing else becomes the argument, tree and origin; inside a longer text
 * (`host-$i`) the argument's text is put in. Names without an argument stay and are collected in `unknown`, except those
 * an `index` in the tree itself will give values to.
 */
export function substitute(tree: Tree, args: ReadonlyMap<string, Tree>, unknown: Unknown[]): Tree {
  return replace(tree, args, unknown, new Set());
}

function replace(tree: Tree, args: ReadonlyMap<string, Tree>, unknown: Unknown[], later: ReadonlySet<string>): Tree {
  if (isListTree(tree)) return { ...tree, content: tree.content.map((item) => replace(item, args, unknown, later)) };
  if (isMapTree(tree)) {
    const index = tree.content.get('index')?.content;
    const inside = typeof index === 'string' ? new Set([...later, index]) : later;
    const entries = [...tree.content].map(([key, value]) => [key, replace(value, args, unknown, inside)] as const);
    return { ...tree, content: new Map(entries) };
  }
  const { content } = tree;
  if (typeof content !== 'string' || !content.includes('$')) return tree;
  const whole = WHOLE.exec(content);
  if (whole !== null) {
    const name = whole[1] ?? whole[2]!;
    const argument = args.get(name);
    if (argument !== undefined) return argument;
    if (!later.has(name)) unknown.push({ name, tree });
    return tree;
  }
  const text = content.replace(INSIDE, (written, plain?: string, braced?: string) => {
    const name = plain ?? braced!;
    const argument = args.get(name)?.content;
    if (argument !== undefined && (typeof argument !== 'object' || argument === null)) return String(argument);
    if (!later.has(name)) unknown.push({ name, tree });
    return written;
  });
  return { ...tree, content: text };
}
