import { AND, type Graph, type Literal, reachableNodes, referenceCounts } from './graph.ts';
import { rebuild } from './rebuild.ts';

/**
 * A gate whose variables are read nowhere outside it, cut at the modules inside it. `leaves` are nodes of the graph:
 * variables and roots of inner modules, in order of first visit; `gates` are the gates between, inputs first, the root
 * last.
 */
export interface Module {
  readonly root: number;
  readonly gates: readonly number[];
  readonly leaves: readonly number[];
}

/** Marks gates that are modules (linear time: Dutuit & Rauzy, IEEE Trans. Reliability 45(3), 1996). */
export function markModules(graph: Graph): Uint8Array {
  const size = graph.kinds.length;
  const first = new Int32Array(size);
  const second = new Int32Array(size);
  const last = new Int32Array(size);
  const earliest = new Int32Array(size);
  const latest = new Int32Array(size);
  const isModule = new Uint8Array(size);
  const top = graph.top >> 1;
  if (top <= graph.variables) return isModule;
  let date = 0;
  const stack: number[] = [];
  const cursor: number[] = [];
  const visit = (node: number): void => {
    date++;
    last[node] = date;
    if (first[node] !== 0) return;
    first[node] = date;
    if (node <= graph.variables) return;
    stack.push(node);
    cursor.push(0);
  };
  visit(top);
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!;
    const inputs = graph.inputs[node]!;
    const next = cursor[cursor.length - 1]!++;
    if (next < inputs.length) visit(inputs[next]! >> 1);
    else {
      second[node] = ++date;
      stack.pop();
      cursor.pop();
    }
  }
  // Inputs precede gates, so ranges of dates over all descendants come from one upward sweep.
  for (let node = graph.variables + 1; node < size; node++) {
    if (first[node] === 0) continue;
    let low = Number.MAX_SAFE_INTEGER;
    let high = 0;
    for (const input of graph.inputs[node]!) {
      const child = input >> 1;
      const gate = child > graph.variables;
      low = Math.min(low, first[child]!, gate ? earliest[child]! : low);
      high = Math.max(high, last[child]!, gate ? latest[child]! : high);
    }
    earliest[node] = low;
    latest[node] = high;
    if (low > first[node]! && high < second[node]!) isModule[node] = 1;
  }
  return isModule;
}

/**
 * Makes modules where there are none yet: inputs of a conjunction that nothing else reads are gathered in a gate of
 * their own, and the inputs of a module that fall into groups without common variables are gathered group by group.
 */
export function gatherModules(graph: Graph): Graph {
  const isModule = markModules(graph);
  const references = referenceCounts(graph, reachableNodes(graph));
  const groupOf = new Int32Array(graph.kinds.length);
  const gathered = new Map<number, Literal[][]>();
  for (let node = graph.variables + 1; node < graph.kinds.length; node++) {
    if (references[node] === 0 || graph.kinds[node] !== AND) continue;
    const inputs = graph.inputs[node]!;
    const groups = isModule[node] === 1 ? independentGroups(graph, isModule, node, groupOf) : undefined;
    const parts = new Map<number, Literal[]>();
    for (let i = 0; i < inputs.length; i++) {
      const child = inputs[i]! >> 1;
      const alone = references[child] === 1 && (child <= graph.variables || isModule[child] === 1);
      // Group 0 gathers what is read here only; the others are keyed by group, or by place when there are none.
      const key = alone ? 0 : groups === undefined ? i + 1 : groups[i]! + 1;
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [inputs[i]!]);
      else part.push(inputs[i]!);
    }
    if (parts.size > 1 && parts.size < inputs.length) gathered.set(node, [...parts.values()]);
  }
  if (gathered.size === 0) return graph;
  return rebuild(graph, (node, toNew, builder) => gathered.get(node)?.map((part) => builder.and(part.map(toNew))));
}

/** For each input of the module `root` the smallest input index that shares variables with it, transitively. */
function independentGroups(graph: Graph, isModule: Uint8Array, root: number, owner: Int32Array): Int32Array {
  const inputs = graph.inputs[root]!;
  const parent = Int32Array.from(inputs, (_, i) => i);
  const find = (i: number): number => {
    let r = i;
    while (parent[r] !== r) r = parent[r]!;
    while (parent[i] !== r) {
      const up = parent[i]!;
      parent[i] = r;
      i = up;
    }
    return r;
  };
  // owner[node] = 1 + input that reached the node first; regions of different modules do not overlap.
  const visited: number[] = [];
  const stack: number[] = [];
  for (let i = 0; i < inputs.length; i++) {
    stack.push(inputs[i]! >> 1);
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (owner[node] !== 0) {
        const a = find(owner[node]! - 1);
        const b = find(i);
        if (a < b) parent[b] = a;
        else parent[a] = b;
        continue;
      }
      owner[node] = i + 1;
      visited.push(node);
      if (node <= graph.variables || isModule[node] === 1) continue;
      for (const input of graph.inputs[node]!) stack.push(input >> 1);
    }
  }
  for (const node of visited) owner[node] = 0;
  return Int32Array.from(inputs, (_, i) => find(i));
}

/** The modules of a graph, inner ones first, the top's last; empty when the top is a variable or a constant. */
export function modulesOf(graph: Graph): Module[] {
  const top = graph.top >> 1;
  if (top <= graph.variables) return [];
  const isModule = markModules(graph);
  isModule[top] = 1;
  const reached = reachableNodes(graph);
  const modules: Module[] = [];
  const seenBy = new Int32Array(graph.kinds.length);
  for (let root = graph.variables + 1; root <= top; root++) {
    if (reached[root] === 0 || isModule[root] === 0) continue;
    const gates: number[] = [];
    const leaves: number[] = [];
    const stack = [root];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (seenBy[node] === root) continue;
      seenBy[node] = root;
      if (node !== root && (node <= graph.variables || isModule[node] === 1)) {
        leaves.push(node);
        continue;
      }
      gates.push(node);
      const inputs = graph.inputs[node]!;
      for (let i = inputs.length - 1; i >= 0; i--) stack.push(inputs[i]! >> 1);
    }
    gates.sort((a, b) => a - b);
    modules.push({ root, gates, leaves });
  }
  return modules;
}
