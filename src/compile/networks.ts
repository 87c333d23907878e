import type { NetworkTable } from './model.ts';
import { packRows } from './rows.ts';

/** A graph of elements: vertices and edges go up and down, traffic leaves at the exits. */
export interface NetworkDraft {
  /** Elements. */
  readonly vertices: readonly number[];
  /** Element, and the positions of its ends among the vertices. */
  readonly edges: readonly (readonly [element: number, from: number, to: number])[];
  /** Positions among the vertices. */
  readonly exits: readonly number[];
  /** Gate of the first vertex; the others follow. */
  readonly firstGate: number;
}

export function compileNetworks(drafts: readonly NetworkDraft[]): NetworkTable {
  const vertices = drafts.flatMap((draft) => draft.vertices);
  const vertexStart = new Int32Array(drafts.length + 1);
  drafts.forEach((draft, i) => {
    vertexStart[i + 1] = vertexStart[i]! + draft.vertices.length;
  });
  const edges: number[][] = vertices.map(() => []);
  const neighbours: number[][] = vertices.map(() => []);
  const isExit = new Uint8Array(vertices.length);
  drafts.forEach((draft, i) => {
    const first = vertexStart[i]!;
    for (const exit of draft.exits) isExit[first + exit] = 1;
    for (const [element, from, to] of draft.edges) {
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const) {
        edges[first + one]!.push(element);
        neighbours[first + one]!.push(first + other);
      }
    }
  });
  const rows = packRows(edges);
  return {
    count: drafts.length,
    vertexStart,
    vertexElement: Int32Array.from(vertices),
    vertexGate: Int32Array.from(drafts.flatMap((draft) => draft.vertices.map((_, i) => draft.firstGate + i))),
    isExit,
    edgeStart: rows.start,
    edgeElement: rows.items,
    edgeEnd: packRows(neighbours).items,
  };
}
