import type { Network } from '../../../model/structure.ts';

/**
 * One step of reading a network: a node comes in, or a link to a node already in is read. `input` is what makes the
 * element fail, −1 when it cannot. `retire` lists nodes whose last link this was; they leave the frontier.
 */
export interface Step {
  readonly kind: 'node' | 'link';
  readonly input: number;
  /** Frontier places: of the node, or of the link's two ends. */
  readonly place: number;
  readonly other: number;
  readonly terminal: boolean;
  readonly retire: readonly number[];
}

export interface Plan {
  readonly steps: readonly Step[];
  /** Places the frontier needs at most. */
  readonly width: number;
  readonly terminals: number;
}

interface Adjacency {
  /** Per node: neighbours and the input of the link, in link order. */
  readonly links: readonly (readonly { readonly to: number; readonly input: number }[])[];
}

/**
 * Reading order of an undirected network, breadth-first from the start that keeps the frontier narrowest; parts that
 * cannot lie between terminals are left out. Undefined when the terminals are not connected even with everything up.
 */
export function planNetwork(network: Network): Plan | undefined {
  const adjacency = prune(network);
  const start = network.terminals[0]!;
  const fromStart = breadthFirst(adjacency, start);
  const reached = new Set(fromStart);
  if (network.terminals.some((terminal) => !reached.has(terminal))) return undefined;
  let best: number[] = fromStart;
  let least = frontierCost(adjacency, fromStart);
  const tried = new Set([start]);
  const candidates = [...network.terminals.slice(1, 4), fromStart[fromStart.length - 1]!];
  for (const order of [...candidates.map((node) => (tried.has(node) ? [] : breadthFirst(adjacency, node)))]) {
    if (order.length === 0) continue;
    tried.add(order[0]!);
    const cost = frontierCost(adjacency, order);
    if (cost < least) {
      least = cost;
      best = order;
    }
  }
  const greedy = narrowest(adjacency, start, fromStart.length);
  if (frontierCost(adjacency, greedy) < least) best = greedy;
  return layOut(network, adjacency, best);
}

/** Adjacency without self-loops and without nodes that hang by one neighbour and are no terminals, over and over. */
function prune(network: Network): Adjacency {
  const links: { to: number; input: number }[][] = Array.from({ length: network.nodeCount }, () => []);
  for (const { from, to, input } of network.links) {
    if (from === to) continue;
    links[from]!.push({ to, input });
    links[to]!.push({ to: from, input });
  }
  const terminal = new Set(network.terminals);
  const hangs = (node: number): boolean => {
    const first = links[node]![0]?.to;
    return !terminal.has(node) && links[node]!.every(({ to }) => to === first);
  };
  const stack = links.map((_, node) => node).filter(hangs);
  while (stack.length > 0) {
    const node = stack.pop()!;
    const neighbour = links[node]![0]?.to;
    if (neighbour === undefined) continue;
    links[node] = [];
    links[neighbour] = links[neighbour]!.filter(({ to }) => to !== node);
    if (hangs(neighbour)) stack.push(neighbour);
  }
  return { links };
}

function breadthFirst({ links }: Adjacency, start: number): number[] {
  const seen = new Uint8Array(links.length);
  const queue = [start];
  seen[start] = 1;
  for (let head = 0; head < queue.length; head++) {
    for (const { to } of links[queue[head]!]!) {
      if (seen[to] === 1) continue;
      seen[to] = 1;
      queue.push(to);
    }
  }
  return queue;
}

/** Greedy order: next comes the neighbour of the frontier that leaves it narrowest, earliest found first. */
function narrowest({ links }: Adjacency, start: number, count: number): number[] {
  const unread = links.map((list) => new Set(list.map(({ to }) => to)).size);
  const inside = new Uint8Array(links.length);
  const found: number[] = [];
  const foundMark = new Uint8Array(links.length);
  const order: number[] = [];
  const take = (node: number): void => {
    inside[node] = 1;
    order.push(node);
    for (const to of new Set(links[node]!.map((link) => link.to))) {
      unread[to]!--;
      if (foundMark[to] === 0) {
        foundMark[to] = 1;
        found.push(to);
      }
    }
  };
  foundMark[start] = 1;
  take(start);
  while (order.length < count) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (const node of found) {
      if (inside[node] === 1) continue;
      let growth = unread[node]! > 0 ? 1 : 0;
      for (const to of new Set(links[node]!.map((link) => link.to))) if (inside[to] === 1 && unread[to] === 1) growth--;
      if (growth < least) {
        least = growth;
        best = node;
      }
    }
    take(best);
  }
  return order;
}

/** Rough number of frontier states over the whole reading: each place multiplies them by about three. */
function frontierCost({ links }: Adjacency, order: readonly number[]): number {
  const rank = new Int32Array(links.length).fill(-1);
  order.forEach((node, i) => {
    rank[node] = i;
  });
  const lastUse = order.map((node, i) => Math.max(i, ...links[node]!.map(({ to }) => rank[to]!)));
  const ends = new Int32Array(order.length);
  for (const last of lastUse) ends[last]!++;
  let width = 0;
  let cost = 0;
  for (let i = 0; i < order.length; i++) {
    width++;
    cost += 3 ** width;
    width -= ends[i]!;
  }
  return cost;
}

function layOut(network: Network, { links }: Adjacency, order: readonly number[]): Plan {
  const rank = new Int32Array(network.nodeCount).fill(-1);
  order.forEach((node, i) => {
    rank[node] = i;
  });
  const terminal = new Set(network.terminals);
  const place = new Int32Array(network.nodeCount).fill(-1);
  const free: number[] = [];
  let width = 0;
  const pending = links.map((list) => list.length);
  const steps: Step[] = [];
  const release = (node: number, retire: number[]): void => {
    if (pending[node] !== 0) return;
    retire.push(place[node]!);
    free.push(place[node]!);
  };
  for (const node of order) {
    place[node] = free.pop() ?? width++;
    const retire: number[] = [];
    release(node, retire);
    const input = network.nodeInput[node]!;
    steps.push({ kind: 'node', input, place: place[node]!, other: -1, terminal: terminal.has(node), retire });
    const back = links[node]!.filter(({ to }) => rank[to]! < rank[node]!).sort((a, b) => rank[a.to]! - rank[b.to]!);
    for (const link of back) {
      pending[node]!--;
      pending[link.to]!--;
      const leaving: number[] = [];
      release(link.to, leaving);
      release(node, leaving);
      steps.push({
        kind: 'link',
        input: link.input,
        place: place[node]!,
        other: place[link.to]!,
        terminal: false,
        retire: leaving,
      });
    }
  }
  return { steps, width, terminals: terminal.size };
}
