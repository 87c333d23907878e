import { scramble } from './builder.ts';
import { AND, type Graph, type Literal, reachableNodes, referenceCounts } from './graph.ts';
import { rebuild } from './rebuild.ts';

/** Passes stop when a round changes nothing; real trees settle in two to four. */
const ROUNDS = 12;

/** Same function, fewer gates: conjunctions merged into their only user, inputs that always go together made one. */
export function simplify(graph: Graph): Graph {
  let current = graph;
  let size = sizeOf(current);
  for (let round = 0; round < ROUNDS; round++) {
    const before = current;
    current = groupCompanions(mergeChildren(current));
    const next = sizeOf(current);
    if (current === before || next === size) break;
    size = next;
  }
  return current;
}

/** Reachable gates and their inputs: what must stand still for the passes to be done. */
function sizeOf(graph: Graph): number {
  const reached = reachableNodes(graph);
  let size = 0;
  for (let node = graph.variables + 1; node < reached.length; node++) {
    if (reached[node] === 1) size += 1 + graph.inputs[node]!.length;
  }
  return size;
}

/** A conjunction read by one other conjunction only, uncomplemented, dissolves in it. */
function mergeChildren(graph: Graph): Graph {
  const reached = reachableNodes(graph);
  const references = referenceCounts(graph, reached);
  const dissolves = new Uint8Array(graph.kinds.length);
  let any = false;
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    if (reached[node] === 0 || graph.kinds[node] !== AND) continue;
    for (const literal of graph.inputs[node]!) {
      const child = literal >> 1;
      if ((literal & 1) === 1 || graph.kinds[child] !== AND || references[child] !== 1) continue;
      dissolves[child] = 1;
      any = true;
    }
  }
  if (!any) return graph;
  return rebuild(graph, (node, toNew) => {
    if (graph.kinds[node] !== AND) return undefined;
    if (dissolves[node] === 1) return 'skip';
    const merged: Literal[] = [];
    const stack = [...graph.inputs[node]!].reverse();
    while (stack.length > 0) {
      const literal = stack.pop()!;
      if (dissolves[literal >> 1] === 1) {
        const inner = graph.inputs[literal >> 1]!;
        for (let i = inner.length - 1; i >= 0; i--) stack.push(inner[i]!);
      } else merged.push(toNew(literal));
    }
    return merged;
  });
}

/**
 * Literals found together in two or more conjunctions, and never in one without the others, become one gate there:
 * the group is then often a module of its own, and the conjunctions collapse onto each other.
 */
function groupCompanions(graph: Graph): Graph {
  const reached = reachableNodes(graph);
  const literals = 2 * graph.kinds.length;
  const hash = new Int32Array(literals);
  const users = new Int32Array(literals);
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    if (reached[node] === 0 || graph.kinds[node] !== AND) continue;
    for (const literal of graph.inputs[node]!) {
      hash[literal] = (hash[literal]! + scramble(node)) | 0;
      users[literal]!++;
    }
  }
  const companions = new Map<number, Literal[][]>();
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    if (reached[node] === 0 || graph.kinds[node] !== AND) continue;
    const groups = new Map<number, Literal[]>();
    for (const literal of graph.inputs[node]!) {
      // Literals read once are alone; the others are told apart by how often and by whom.
      const key = users[literal]! < 2 ? literal : users[literal]! * 2 ** 32 + (hash[literal]! >>> 0);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [literal]);
      else group.push(literal);
    }
    if (groups.size > 1 && groups.size < graph.inputs[node]!.length) companions.set(node, [...groups.values()]);
  }
  if (companions.size === 0) return graph;
  return rebuild(graph, (node, toNew, builder) => companions.get(node)?.map((group) => builder.and(group.map(toNew))));
}
