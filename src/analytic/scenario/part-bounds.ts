import type { CompiledModel } from '../../compile/model.ts';
import { rowOf } from '../../compile/rows.ts';
import { analyseStructure } from '../structure/analyse.ts';
import { anyDependence, anyOfPairs, type Interval, independent } from './bounds.ts';
import { elementFigures } from './elements.ts';
import type { Influence } from './influence.ts';
import { StructureBuilder } from './structure.ts';

/** What bounds are made from. */
export interface Marginals {
  /** Unavailability of each atom, exact. */
  readonly of: ReadonlyMap<number, number>;
  /** Exact chance that two signals are down together; undefined when it is not known. */
  readonly both: (a: number, b: number) => number | undefined;
}

/** A piece of structure: its unavailability and the entities that influence it. */
interface Piece extends Interval {
  readonly cone: ReadonlySet<number>;
  /** What it is, where that is a single signal of known unavailability. */
  readonly signal?: number;
}

/**
 * Bounds on the chance that any of the signals is down, from the exact chances of the atoms they are made of: what shares
 * nothing that fails is independent, what does may depend in any way.
 */
export function signalBounds(
  model: CompiledModel,
  influence: Influence,
  signals: readonly number[],
  marginals: Marginals,
): Interval {
  const { elements, groups, gates } = model;
  const pieces = new Map<number, Piece>();

  const pieceOf = (signal: number): Piece => {
    let piece = pieces.get(signal);
    if (piece === undefined) {
      piece = measure(signal);
      pieces.set(signal, piece);
    }
    return piece;
  };

  const measure = (signal: number): Piece => {
    const cone = influence.coneOf([signal]);
    const known = marginals.of.get(signal);
    if (known !== undefined) return { lo: known, hi: known, cone, signal };
    if (isPlain(signal)) return { ...plainFigures([signal]), cone, signal };
    if (signal < elements.count) {
      const { unavailability } = elementFigures(model, signal);
      return { ...independent([{ lo: unavailability, hi: unavailability }, pieceOf(elements.host[signal]!)], 1), cone };
    }
    const gate = signal - elements.count - groups.count;
    const inputs = rowOf(gates.inputStart, gates.input, gate);
    return { ...combine(inputs, inputs.length - gates.threshold[gate]! + 1), cone };
  };

  /** At least `minimum` of the inputs down: within what shares something any dependence, independent otherwise. */
  const combine = (inputs: readonly number[], minimum: number): Interval => {
    const clusters = clustersOf(gather(inputs, minimum), influence);
    if (minimum === 1) return independent(clusters.map(anyOf), 1);
    if (minimum === inputs.length) {
      return independent(
        clusters.map((cluster) => anyDependence(cluster, cluster.length)),
        clusters.length,
      );
    }
    const all = clusters.flat();
    return clusters.length === all.length ? independent(all, minimum) : anyDependence(all, minimum);
  };

  /** Plain inputs of an `or` are one piece, whatever they share: the structure knows. */
  const gather = (inputs: readonly number[], minimum: number): Piece[] => {
    const plain = minimum === 1 ? inputs.filter(isPlain) : [];
    const rest = inputs.filter((input) => !plain.includes(input)).map(pieceOf);
    if (plain.length < 2) return [...plain.map(pieceOf), ...rest];
    return [{ ...plainFigures(plain), cone: influence.coneOf(plain) }, ...rest];
  };

  const anyOf = (cluster: readonly Piece[]): Interval => {
    const loose = anyDependence(cluster, 1);
    if (cluster.length < 3 || cluster.some(({ lo, hi, signal }) => lo !== hi || signal === undefined)) return loose;
    const tight = anyOfPairs(
      cluster.map(({ lo }) => lo),
      (i, j) => {
        const [a, b] = [cluster[i]!, cluster[j]!];
        const both = shareFailures(influence, a.cone, b.cone) ? marginals.both(a.signal!, b.signal!) : a.lo * b.lo;
        return both === undefined ? { lo: 0, hi: Math.min(a.hi, b.hi) } : { lo: both, hi: both };
      },
    );
    return { lo: Math.max(loose.lo, tight.lo), hi: Math.min(loose.hi, tight.hi) };
  };

  const isPlain = (signal: number): boolean => {
    if (marginals.of.has(signal)) return false;
    if (signal < elements.count) return elements.host[signal]! < 0 || isPlain(elements.host[signal]!);
    const gate = signal - elements.count - groups.count;
    return gate >= 0 && gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!).every(isPlain);
  };

  const plainFigures = (plain: readonly number[]): Interval => {
    const structure = new StructureBuilder(model).series(plain);
    const { top, method, lo, hi } = analyseStructure(structure, { cutSets: false, importance: false });
    return method === 'bounds' ? { lo: lo!, hi: hi! } : { lo: top.unavailability, hi: top.unavailability };
  };

  return combine(signals, 1);
}

/** Pieces that share, directly or by others, something that fails. */
function clustersOf(pieces: readonly Piece[], influence: Influence): Piece[][] {
  let clusters: { pieces: Piece[]; cones: ReadonlySet<number>[] }[] = [];
  for (const piece of pieces) {
    const near = clusters.filter(({ cones }) => cones.some((cone) => shareFailures(influence, cone, piece.cone)));
    const joined = {
      pieces: [...near.flatMap((each) => each.pieces), piece],
      cones: [...near.flatMap((each) => each.cones), piece.cone],
    };
    clusters = [...clusters.filter((each) => !near.includes(each)), joined];
  }
  return clusters.map((cluster) => cluster.pieces);
}

/** Whether something that fails is in both cones. */
export function shareFailures(influence: Influence, a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const entity of small) if (large.has(entity) && influence.fails(entity)) return true;
  return false;
}
