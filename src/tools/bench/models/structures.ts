import type { Block, Gate, Network, Ref, Structure } from '../../../model/structure.ts';

const block = (name: string, unavailability: number): Block => ({ name, unavailability });
/** A structure whose last gate is the top. */
const structureOf = (blocks: readonly Block[], gates: readonly Gate[]): Structure => {
  return { blocks, gates, top: ~(gates.length - 1) };
};

/** At least `minimum` of n units failed, unit i with probability q(i). */
export function vote(minimum: number, n: number, q: (i: number) => number): Structure {
  const blocks = Array.from({ length: n }, (_, i) => block(`u${i}`, q(i)));
  return structureOf(blocks, [{ kind: 'atleast', minimum, inputs: blocks.map((_, i) => i) }]);
}

/** Undirected k×k grid whose links fail with probability q, from corner to corner (methods 7.1). */
export function gridNetwork(k: number, q: number, directed = false): Structure {
  const blocks: Block[] = [];
  const links: Network['links'][number][] = [];
  const link = (from: number, to: number): void => {
    links.push({ from, to, input: blocks.length });
    blocks.push(block(`${from}-${to}`, q));
  };
  for (let row = 0; row < k; row++) {
    for (let column = 0; column < k; column++) {
      const node = row * k + column;
      if (column + 1 < k) link(node, node + 1);
      if (row + 1 < k) link(node, node + k);
    }
  }
  const network: Network = {
    nodeCount: k * k,
    nodeInput: new Array<number>(k * k).fill(-1),
    links,
    directed,
    terminals: [0, k * k - 1],
  };
  return structureOf(blocks, [{ kind: 'disconnected', network, inputs: blocks.map((_, i) => i) }]);
}

/**
 * Ring of methods 7.1: service s runs on hosts s mod H and (s + 1) mod H, H = services/5, with a VM of its own on each;
 * the top is "some service is down"; everything fails with probability q.
 */
export function serviceRing(services: number, q: number): Structure {
  const hosts = services / 5;
  const blocks: Block[] = Array.from({ length: hosts }, (_, h) => block(`host ${h}`, q));
  const gates: Gate[] = [];
  const down: Ref[] = [];
  for (let s = 0; s < services; s++) {
    const vm = blocks.push(block(`vm ${s} a`, q), block(`vm ${s} b`, q)) - 2;
    const first = gates.push(
      { kind: 'or', inputs: [s % hosts, vm] },
      { kind: 'or', inputs: [(s + 1) % hosts, vm + 1] },
    );
    down.push(~(gates.push({ kind: 'and', inputs: [~(first - 2), ~(first - 1)] }) - 1));
  }
  gates.push({ kind: 'or', inputs: down });
  return structureOf(blocks, gates);
}

/** Leaf-spine fabric, node 0 to the last one; every node hangs at one leaf. */
export function leafSpine(spines: number, leaves: number, nodes: number): { structure: Structure; ends: Block[] } {
  const blocks: Block[] = [];
  const add = (name: string, unavailability: number): number => blocks.push(block(name, unavailability)) - 1;
  const nodeInput: number[] = [];
  for (let i = 0; i < spines; i++) nodeInput.push(add(`spine ${i}`, 1e-4));
  for (let i = 0; i < leaves; i++) nodeInput.push(add(`leaf ${i}`, 1e-4));
  for (let i = 0; i < nodes; i++) nodeInput.push(add(`node ${i}`, 1e-3));
  const links: Network['links'][number][] = [];
  for (let s = 0; s < spines; s++) {
    for (let l = 0; l < leaves; l++) links.push({ from: s, to: spines + l, input: add(`link ${s}-${l}`, 1e-5) });
  }
  const first = blocks.length;
  for (let n = 0; n < nodes; n++) {
    links.push({ from: spines + (n % leaves), to: spines + leaves + n, input: add(`port ${n}`, 1e-5) });
  }
  const last = nodes - 1;
  const terminals = [spines + leaves, spines + leaves + last];
  const network: Network = { nodeCount: nodeInput.length, nodeInput, links, directed: false, terminals };
  const ends = [
    ...terminals.map((node) => nodeInput[node]!),
    nodeInput[spines]!,
    nodeInput[spines + (last % leaves)]!,
    first,
    first + last,
  ].map((i) => blocks[i]!);
  const inputs = blocks.map((_, i) => i);
  return { structure: structureOf(blocks, [{ kind: 'disconnected', network, inputs }]), ends };
}
