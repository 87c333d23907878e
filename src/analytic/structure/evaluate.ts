import type { Diagram } from './bdd/diagram.ts';
import { countedPlainly, countedProbability } from './counting/module.ts';
import { type DoubleDoubles, doubleDoubles, SPLITTER } from './doubledouble.ts';
import type { Solution, SolvedModule } from './solve.ts';

/** Probabilities by graph node: `failed` of its variable, `intact` = 1 − failed. */
export interface Probabilities {
  readonly failed: DoubleDoubles;
  readonly intact: DoubleDoubles;
  /** Per module (as in `solution.modules`) the probability of every diagram node; empty where there is no diagram. */
  readonly ofNodes: readonly DoubleDoubles[];
}

/**
 * Probability of every diagram node, bottom-up: P = q·P(hi) + (1 − q)·P(lo), a sum of positive terms. The tiny
 * unavailability is the quantity carried throughout, so nothing cancels however many nines there are.
 *
 * @param unavailability probability of failure per block, in [0, 1]
 */
export function probabilities(solution: Solution, unavailability: ArrayLike<number>): Probabilities {
  const failed = doubleDoubles(solution.nodes);
  const intact = doubleDoubles(solution.nodes);
  const assign = (node: number, hi: number, lo: number): void => {
    failed.hi[node] = hi;
    failed.lo[node] = lo;
    // 1 − (hi + lo), exact up to the last bit of lo.
    const sum = 1 - hi;
    const error = 1 - sum - hi - lo;
    intact.hi[node] = sum + error;
    intact.lo[node] = sum - intact.hi[node]! + error;
  };
  assign(0, 0, 0);
  for (let block = 0; block < solution.blocks; block++) assign(block + 1, unavailability[block]!, 0);
  const ofNodes: DoubleDoubles[] = [];
  for (const module of solution.modules) {
    if (!('diagram' in module)) {
      const { hi, lo } = countedProbability(module, { failed, intact });
      ofNodes.push(doubleDoubles(0));
      assign(module.root, hi, lo);
      continue;
    }
    const { root, diagram } = module;
    const p = diagramProbabilities(
      diagram.size,
      diagram.level,
      diagram.lo,
      diagram.hi,
      diagram.variables,
      failed,
      intact,
    );
    ofNodes.push(p);
    // The variable of a module is what its uncomplemented root stands for.
    const node = diagram.root >> 1;
    assign(root, p.hi[node]!, p.lo[node]!);
  }
  return { failed, intact, ofNodes };
}

function diagramProbabilities(
  size: number,
  level: Int32Array,
  loEdge: Int32Array,
  hiEdge: Int32Array,
  variables: Int32Array,
  failed: DoubleDoubles,
  intact: DoubleDoubles,
): DoubleDoubles {
  const pHi = new Float64Array(size);
  const pLo = new Float64Array(size);
  const { hi: qHi, lo: qLo } = failed;
  const { hi: rHi, lo: rLo } = intact;
  for (let node = 1; node < size; node++) {
    const variable = variables[level[node]!]!;
    // a = P(hi): 1 − p for a complemented edge, in double-double.
    const high = hiEdge[node]!;
    let aHi = pHi[high >> 1]!;
    let aLo = pLo[high >> 1]!;
    if ((high & 1) === 1) {
      const sum = 1 - aHi;
      const error = 1 - sum - aHi - aLo;
      aHi = sum + error;
      aLo = sum - aHi + error;
    }
    const low = loEdge[node]! >> 1;
    const bHi = pHi[low]!;
    const bLo = pLo[low]!;
    // q·a and r·b with Dekker's exact product of the leading parts.
    const q = qHi[variable]!;
    const r = rHi[variable]!;
    let t = SPLITTER * q;
    const q1 = t - (t - q);
    const q2 = q - q1;
    t = SPLITTER * aHi;
    const a1 = t - (t - aHi);
    const a2 = aHi - a1;
    const x = q * aHi;
    const xe = q1 * a1 - x + q1 * a2 + q2 * a1 + q2 * a2 + (q * aLo + qLo[variable]! * aHi);
    t = SPLITTER * r;
    const r1 = t - (t - r);
    const r2 = r - r1;
    t = SPLITTER * bHi;
    const b1 = t - (t - bHi);
    const b2 = bHi - b1;
    const y = r * bHi;
    const ye = r1 * b1 - y + r1 * b2 + r2 * b1 + r2 * b2 + (r * bLo + rLo[variable]! * bHi);
    // x + y by Knuth's two-sum, then renormalised.
    const sum = x + y;
    const v = sum - x;
    const error = x - (sum - v) + (y - v) + (xe + ye);
    const p = sum + error;
    pHi[node] = p;
    pLo[node] = error - (p - sum);
  }
  return { hi: pHi, lo: pLo };
}

/**
 * Probability of the top in plain doubles, for many evaluations in a row: the function returned reuses its buffers. All
 * terms are positive for coherent structures.
 */
export function topEvaluator(solution: Solution): (unavailability: ArrayLike<number>) => number {
  const q = new Float64Array(solution.nodes);
  const buffers = solution.modules.map(bufferOf);
  return (unavailability) => {
    for (let block = 0; block < solution.blocks; block++) q[block + 1] = unavailability[block]!;
    for (let m = 0; m < buffers.length; m++) {
      const module = solution.modules[m]!;
      q[module.root] = moduleProbability(module, q, buffers[m]!);
    }
    const value = q[solution.top]!;
    return solution.complemented ? 1 - value : value;
  };
}

/** Room for the evaluation of one module in plain doubles. */
export function bufferOf(module: SolvedModule): Float64Array {
  return new Float64Array('diagram' in module ? module.diagram.size : 0);
}

/** Probability of a module's variable in plain doubles, `q` being that of its leaves by graph node. */
export function moduleProbability(module: SolvedModule, q: Float64Array, buffer = bufferOf(module)): number {
  if (!('diagram' in module)) return countedPlainly(module, q);
  const { diagram } = module;
  evaluateInto(diagram, q, buffer);
  return buffer[diagram.root >> 1]!;
}

/** Probability of every node of a diagram, `q` being that of failure by what its variables are numbered by. */
function evaluateInto(diagram: Diagram, q: Float64Array, p: Float64Array): void {
  const { size, level, lo, hi, variables } = diagram;
  for (let node = 1; node < size; node++) {
    const fail = q[variables[level[node]!]!]!;
    const high = hi[node]!;
    const atHigh = (high & 1) === 1 ? 1 - p[high >> 1]! : p[high >> 1]!;
    p[node] = fail * atHigh + (1 - fail) * p[lo[node]! >> 1]!;
  }
}
