import type { World } from './world.ts';

/**
 * Vertices of `network` that a path of working vertices and edges joins to a working exit: 1 each, by vertex. Breadth
 * first from the exits; the array is the world's scratch space, valid until the next search.
 */
export function searchNetwork(w: World, network: number): Uint8Array {
  const { networks } = w.model;
  const { joined, frontier } = w.scratch;
  const first = networks.vertexStart[network]!;
  const end = networks.vertexStart[network + 1]!;
  joined.fill(0, first, end);
  let length = 0;
  for (let vertex = first; vertex < end; vertex++) {
    if (networks.isExit[vertex] === 0 || w.served[networks.vertexElement[vertex]!] !== 1) continue;
    joined[vertex] = 1;
    frontier[length++] = vertex;
  }
  for (let next = 0; next < length; next++) {
    const vertex = frontier[next]!;
    for (let i = networks.edgeStart[vertex]!; i < networks.edgeStart[vertex + 1]!; i++) {
      const other = networks.edgeEnd[i]!;
      if (joined[other] === 1 || w.served[networks.edgeElement[i]!] !== 1) continue;
      if (w.served[networks.vertexElement[other]!] !== 1) continue;
      joined[other] = 1;
      frontier[length++] = other;
    }
  }
  return joined;
}
