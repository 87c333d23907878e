import { isListTree, isMapTree, type Tree } from '../read/tree.ts';

/** A value in YAML flow style on one line, as a planner would write it and as `--set` takes it back. */
export function printTree(tree: Tree): string {
  if (isListTree(tree)) return `[${tree.content.map(printTree).join(', ')}]`;
  if (isMapTree(tree)) {
    const entries = [...tree.content].filter(([, value]) => value.deletes !== true);
    return `{${entries.map(([key, value]) => `${key}: ${printTree(value)}`).join(', ')}}`;
  }
  const { content } = tree;
  if (typeof content !== 'string') return String(content);
  return /^[\w.+\-/%µμ<>=^()*][\w.+\-/%µμ<>=^()* ]*$/.test(content) ? content : JSON.stringify(content);
}
