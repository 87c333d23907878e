import { describe, expect, it } from 'vitest';
import { analyseStructure } from '../../src/analytic/structure/analyse.ts';
import { completeNetworks } from '../../src/analytic/structure/complete.ts';
import { topEvaluator } from '../../src/analytic/structure/evaluate.ts';
import { prepare, solve } from '../../src/analytic/structure/solve.ts';
import type { Block, Gate, Network, Structure } from '../../src/model/structure.ts';
import { gridNetwork, leafSpine } from '../../src/tools/bench/models/structures.ts';
import { block, evaluate, structureOf, testRandom } from './structures.ts';

/** Random graph of up to 6 nodes, some of which cannot fail, some elements of which fail together. */
function randomNetwork(random: () => number, directed: boolean): Structure {
  const pick = (n: number): number => Math.floor(random() * n);
  const nodeCount = 2 + pick(5);
  const blocks: Block[] = [];
  const element = (): number => {
    const kind = random();
    if (kind < 0.15) return -1;
    if (kind < 0.25 && blocks.length > 0) return pick(blocks.length);
    return blocks.push(block(`e${blocks.length}`, random() < 0.5 ? random() : 1e-3 * random(), random())) - 1;
  };
  const nodeInput = Array.from({ length: nodeCount }, () => (random() < 0.5 ? -1 : element()));
  const links: Network['links'][number][] = [];
  const count = nodeCount - 1 + pick(5);
  for (let i = 0; i < count && blocks.length < 12; i++) {
    links.push({ from: pick(nodeCount), to: pick(nodeCount), input: element() });
  }
  const terminals = Array.from({ length: 1 + pick(3) }, () => pick(nodeCount));
  const network: Network = { nodeCount, nodeInput, links, directed, terminals };
  const gates: Gate[] = [{ kind: 'disconnected', network, inputs: blocks.map((_, i) => i) }];
  // Sometimes the network is one part of a larger structure that shares its elements.
  if (random() < 0.3 && blocks.length > 1) gates.push({ kind: 'or', inputs: [~0, pick(blocks.length)] });
  if (random() < 0.3 && blocks.length > 2)
    gates.push({ kind: 'and', inputs: [~(gates.length - 1), pick(blocks.length)] });
  return structureOf(blocks, gates);
}

function bruteForce(structure: Structure): { total: number; birnbaum: number[] } {
  const { blocks } = structure;
  const birnbaum = blocks.map(() => 0);
  let total = 0;
  for (let mask = 0; mask < 2 ** blocks.length; mask++) {
    if (!evaluate(structure, (i) => ((mask >> i) & 1) === 1)) continue;
    const factors = blocks.map(({ unavailability: q }, i) => ((mask >> i) & 1 ? q : 1 - q));
    total += factors.reduce((a, b) => a * b, 1);
    factors.forEach((_, i) => {
      const others = factors.reduce((product, factor, j) => (j === i ? product : product * factor), 1);
      birnbaum[i]! += (mask >> i) & 1 ? others : -others;
    });
  }
  return { total, birnbaum };
}

describe('law: network reliability equals listing all states', () => {
  it.each([false, true])('of 400 random networks, directed: %s', (directed) => {
    const random = testRandom(directed ? 11 : 12);
    for (let round = 0; round < 400; round++) {
      const structure = randomNetwork(random, directed);
      const brute = bruteForce(structure);
      const result = analyseStructure(structure, { cutSets: false });
      const where = `round ${round}: ${JSON.stringify(structure)}`;
      expect(Math.abs(result.top.unavailability - brute.total), where).toBeLessThan(1e-12);
      result.importance.forEach(({ birnbaum }, i) => {
        expect(Math.abs(birnbaum - brute.birnbaum[i]!), where).toBeLessThan(1e-12);
      });
    }
  });

  it('a network whose links lead both ways equals the undirected one', () => {
    const undirected = gridNetwork(3, 0.2);
    const gate = undirected.gates[0]!;
    if (gate.kind !== 'disconnected') throw new Error('expected a network');
    const back = gate.network.links.map(({ from, to, input }) => ({ from: to, to: from, input }));
    const network = { ...gate.network, directed: true, links: [...gate.network.links, ...back] };
    const directed = { ...undirected, gates: [{ ...gate, network }] };
    const options = { cutSets: false } as const;
    expect(analyseStructure(directed, options).top.unavailability).toBeCloseTo(
      analyseStructure(undirected, options).top.unavailability,
      14,
    );
  });

  it('the diagram that leaves out what cannot matter agrees with the full one', () => {
    const random = testRandom(13);
    for (const size of [3, 4, 5, 6]) {
      const grid = gridNetwork(size, 0);
      const blocks = grid.blocks.map(({ name }) => block(name, 10 ** (-2 - 3 * random())));
      const graph = prepare({ ...grid, blocks });
      const q = blocks.map(({ unavailability }) => unavailability);
      const full = solve(graph, 1e6);
      const none = solve(graph, 10);
      if ('parts' in full || !('parts' in none)) throw new Error('expected a full and an open solution');
      const pruned = completeNetworks(none, q, 1e5);
      expect(pruned!.diagramNodes).toBeLessThanOrEqual(full.diagramNodes);
      expect(topEvaluator(pruned!)(q) / topEvaluator(full)(q)).toBeCloseTo(1, 14);
    }
  });
});

describe('performance: networks', () => {
  it('an undirected 10×10 grid with all importance measures stays well under 4 s', () => {
    const result = analyseStructure(gridNetwork(10, 0.1), { cutSets: false });
    expect(result.method).toBe('exact');
    expect(result.top.availability).toBeCloseTo(0.97566162, 8);
  }, 4_000);

  it('a leaf-spine fabric of 8 spines, 64 leaves and 1 000 nodes is solved exactly', () => {
    const { structure, ends } = leafSpine(8, 64, 1_000);
    const result = analyseStructure(structure, { cutSets: false });
    expect(result.method).toBe('exact');
    // Both nodes, both leaves and both node links are single points of failure, everything else matters by 1e-15.
    const single = 1 - ends.reduce((product, { unavailability }) => product * (1 - unavailability), 1);
    expect(result.top.unavailability / single).toBeCloseTo(1, 9);
  }, 8_000);
});
