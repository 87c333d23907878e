import { mean } from '../../model/law.ts';
import { type CompiledModel, NEED, SPREAD_LEVELS } from '../model.ts';
import { meanRestore, stepsOf } from '../programs.ts';
import { candidates } from '../rooms.ts';
import { programEnd } from '../watchers.ts';
import { mayQueue } from './couplings.ts';

/**
 * Nodes that stand for one another. Members that may be rebuilt anywhere in a large pool depend on every node of it and on
 * every other group that takes room there, if it is asked which node they go to. Where all nodes are alike and forget
 * their past, where members never meet on a node, and where there is always room, it makes no difference: a member goes to
 * some node that is up, and a few nodes do for all.
 */

/** Nodes that are to stand for all of a room. */
export interface Stand {
  readonly room: number;
  readonly group: number;
  readonly nodes: readonly number[];
  /** Nodes of the room. */
  readonly of: number;
}

/** Chance, at any instant, that nodes which stand for all are not enough, or that the pool itself is not. */
export const MOST_CHANCE = 1e-15;

/** Nodes that stand for all those to which members of the group may move, which are alike (`unlikeNodes`), or why none can. */
export function standFor(model: CompiledModel, group: number): Stand | string {
  const { groups, elements, seats } = model;
  const room = groups.room[group]!;
  const nodes = candidates(model, group);
  const members = groups.seatStart[group + 1]! - groups.seatStart[group]!;
  if (groups.withinLevel[group]! >= 0) return 'members are rebuilt where they started';
  if (members > 1 && groups.spreadLevel[group]! < 0) return 'members may meet on a node';
  if (groups.demand.length > 0 || groups.dormant[group]! >= 0) return 'members have flavours, or come and go';
  if (model.orphans.node.length > 0) return 'failed operations may leave slots taken';
  const own = ownHosts(model, nodes);
  const level = Math.max(0, groups.spreadLevel[group]!);
  const place = new Map(Array.from(nodes, (node, i) => [node, i]));
  // A single member meets nobody; what its nodes have in common with some others is one domain.
  const domainOf = (node: number): number =>
    members === 1 ? (own[place.get(node)!]!.at(-1) ?? node) : elements.domains[SPREAD_LEVELS.length * node + level]!;
  if (meetBelow(nodes, own, domainOf)) return 'members apart may stand on one domain';
  const domains = new Map<number, number[]>();
  for (const node of nodes) {
    const known = domains.get(domainOf(node));
    if (known === undefined) domains.set(domainOf(node), [node]);
    else known.push(node);
  }
  const down = [nodes[0]!, ...own[0]!].reduce((sum, element) => sum + shareDown(model, element), 0);
  const open = openDomains(model, group, nodes, [...domains.values()]);
  if (open < members || chanceDown(domains.size, open - (members - 1), down) > MOST_CHANCE)
    return 'there may be no room for a member';
  let wanted = members + 1;
  while (wanted < domains.size && chanceDown(wanted, wanted - (members - 1), down) > MOST_CHANCE) wanted++;
  const homes = seats.home.subarray(groups.seatStart[group]!, groups.seatStart[group + 1]!);
  const taken = new Set(Array.from(homes, domainOf));
  const kept = new Set<number>(homes);
  for (const [domain, [first]] of domains) {
    if (kept.size >= wanted) break;
    if (!taken.has(domain)) kept.add(first!);
  }
  return { room, group, nodes: [...kept].sort((a, b) => a - b), of: nodes.length };
}

/** Per node: what it stands on, nearest first, but for what all of them stand on. */
function ownHosts({ elements }: CompiledModel, nodes: Int32Array): readonly (readonly number[])[] {
  const users = new Map<number, number>();
  const chains = Array.from(nodes, (node) => {
    const hosts: number[] = [];
    for (let host = elements.host[node]!; host >= 0; host = elements.host[host]!) {
      hosts.push(host);
      users.set(host, (users.get(host) ?? 0) + 1);
    }
    return hosts;
  });
  return chains.map((chain) => chain.filter((host) => users.get(host)! < nodes.length));
}

/** Why the nodes of the room, with what is their own of what they stand on, are not alike or remember something. */
export function unlikeNodes(model: CompiledModel, room: number): string | undefined {
  const { elements, names, rooms } = model;
  const nodes = rooms.node.subarray(rooms.nodeStart[room]!, rooms.nodeStart[room + 1]!);
  const own = ownHosts(model, nodes);
  const first = [nodes[0]!, ...own[0]!];
  for (const element of first) {
    const why = whyRemembers(model, element);
    if (why !== undefined) return `${names.elements[element]} ${why}`;
  }
  for (let i = 0; i < nodes.length; i++) {
    const chain = [nodes[i]!, ...own[i]!];
    if (chain.length !== first.length) return 'its nodes stand on different things';
    for (const [depth, element] of chain.entries()) {
      if (elements.reach[element]! >= 0 || elements.bmc[element]! >= 0) return 'its nodes hang on a fabric';
      if (elements.inner[element]! >= 0) return 'its nodes have inner parts';
      if (!areAlike(model, element, first[depth]!))
        return `${names.elements[element]} is not like ${names.elements[first[depth]!]}`;
    }
  }
  return undefined;
}

/** Why what becomes of the element depends on more than that it is up. */
function whyRemembers(model: CompiledModel, element: number): string | undefined {
  const { elements, modes, laws, strikes } = model;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    if (strikes.source[mode] !== mode) return 'is struck together with others';
    const { kind } = laws[modes.law[mode]!]!;
    if (kind !== 'exponential' && kind !== 'never') return `fails by a ${kind} law`;
    const why = whyDelayed(model, modes.program[mode]!);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Why the way back of an element depends on others. */
function whyDelayed(model: CompiledModel, first: number): string | undefined {
  const { steps } = model;
  for (const step of stepsOf(model, first)) {
    if (mayQueue(model, steps.queue[step]!)) return 'may wait for a crew or a spare';
    for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
      if (steps.need[i] === NEED.remediated) return 'is repaired when services are restored';
    }
  }
  return undefined;
}

/** The elements fail and come back by the same laws, and their faults are of the same kinds. */
function areAlike(model: CompiledModel, a: number, b: number): boolean {
  const { elements, modes } = model;
  const first = elements.modeStart[a]!;
  const count = elements.modeStart[a + 1]! - first;
  const other = elements.modeStart[b]!;
  if (elements.kind[a] !== elements.kind[b] || elements.modeStart[b + 1]! - other !== count) return false;
  const columns = [modes.law, modes.cause, modes.bucket, modes.party, modes.manifestation, modes.planned];
  for (let i = 0; i < count; i++) {
    if (columns.some((column) => column[first + i] !== column[other + i])) return false;
    if (!sameProgram(model, modes.program[first + i]!, modes.program[other + i]!)) return false;
  }
  return true;
}

/** The programs that start at these steps do the same, step by step. */
function sameProgram({ steps }: CompiledModel, a: number, b: number): boolean {
  if (a === b || a < 0 || b < 0) return a === b;
  const length = programEnd(steps, a) - a;
  if (programEnd(steps, b) - b !== length) return false;
  const columns = [steps.law, steps.success, steps.onFailure, steps.effects, steps.mark, steps.phase, steps.queue];
  const target = (step: number, first: number): number => (step < 0 ? step : step - first);
  const needs = (step: number): string =>
    steps.need.subarray(steps.needStart[step]!, steps.needStart[step + 1]!).join();
  for (let i = 0; i < length; i++) {
    if (columns.some((column) => column[a + i] !== column[b + i])) return false;
    if (target(steps.next[a + i]!, a) !== target(steps.next[b + i]!, b)) return false;
    if (target(steps.otherwise[a + i]!, a) !== target(steps.otherwise[b + i]!, b)) return false;
    if (needs(a + i) !== needs(b + i)) return false;
  }
  return true;
}

/** Whether nodes of different domains stand on something that not all of them stand on. */
function meetBelow(
  nodes: Int32Array,
  own: readonly (readonly number[])[],
  domainOf: (node: number) => number,
): boolean {
  const domainOfHost = new Map<number, number>();
  for (let i = 0; i < nodes.length; i++) {
    const domain = domainOf(nodes[i]!);
    for (const host of own[i]!) {
      if ((domainOfHost.get(host) ?? domain) !== domain) return true;
      domainOfHost.set(host, domain);
    }
  }
  return false;
}

/** Share of time the element is down by itself, at most. */
function shareDown(model: CompiledModel, element: number): number {
  const { elements, modes, laws } = model;
  let share = 0;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    const law = laws[modes.law[mode]!]!;
    if (law.kind !== 'never') share += meanRestore(model, modes.program[mode]!) / mean(law);
  }
  return share;
}

/** Domains in which there is a node with room for a member however all others are placed. */
function openDomains(
  model: CompiledModel,
  group: number,
  nodes: Int32Array,
  domains: readonly (readonly number[])[],
): number {
  const { groups, elements, rooms, seats } = model;
  const slots = groups.slotsPerMember[group]!;
  const isInside = new Uint8Array(elements.count);
  for (let i = 0; i < nodes.length; i++) isInside[nodes[i]!] = 1;
  const room = Int32Array.from(elements.capacity);
  const meets = Array.from({ length: rooms.count }, (_, other) =>
    rooms.node.subarray(rooms.nodeStart[other]!, rooms.nodeStart[other + 1]!).some((node) => isInside[node] === 1),
  );
  let moving = 0;
  for (let other = 0; other < groups.count; other++) {
    if (groups.room[other]! < 0 || !meets[groups.room[other]!]) continue;
    for (let seat = groups.seatStart[other]!; seat < groups.seatStart[other + 1]!; seat++) {
      if (groups.inPlace[other] === 1) room[seats.home[seat]!]! -= groups.slotsPerMember[other]!;
      else if (seat !== groups.seatStart[group]) moving += groups.slotsPerMember[other]!;
    }
  }
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < nodes.length; i++) least = Math.min(least, room[nodes[i]!]!);
  if (least < slots) return 0;
  const blocked = Math.floor(moving / (least - slots + 1));
  const smallest = Math.min(...domains.map((domain) => domain.length));
  return domains.length - Math.floor(blocked / smallest);
}

/** Chance that at least `least` of `count` things are down that are each down a share `down` of the time, at most. */
function chanceDown(count: number, least: number, down: number): number {
  if (least <= 0) return 1;
  let log = least * Math.log(down);
  for (let i = 0; i < least; i++) log += Math.log((count - i) / (least - i));
  return Math.exp(Math.min(0, log));
}
