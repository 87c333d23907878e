import { type DoubleDoubles, doubleDoubles, type Probabilities, SPLITTER } from './evaluate.ts';
import type { Solution } from './solve.ts';

/**
 * ∂Q/∂q of the top for every graph node (Birnbaum importance for blocks), all in one pass: reach probabilities flow
 * down from the root, and every node of variable i adds reach·(P(hi) − P(lo)). Modules chain: a variable inside a
 * module gets the module's own derivative times that of the module in its diagram.
 */
export function derivatives(solution: Solution, probabilities: Probabilities): DoubleDoubles {
  const total = doubleDoubles(solution.nodes);
  total.hi[solution.top] = solution.complemented ? -1 : 1;
  for (let m = solution.modules.length - 1; m >= 0; m--) {
    const { root, diagram } = solution.modules[m]!;
    flowDown(diagram, probabilities, probabilities.ofNodes[m]!, total, root);
  }
  return total;
}

function flowDown(
  diagram: Solution['modules'][number]['diagram'],
  { failed, intact }: Probabilities,
  p: DoubleDoubles,
  total: DoubleDoubles,
  root: number,
): void {
  const { size, level, lo: loEdge, hi: hiEdge, variables } = diagram;
  const { hi: qHi, lo: qLo } = failed;
  const { hi: rHi, lo: rLo } = intact;
  const { hi: pHi, lo: pLo } = p;
  const { hi: totalHi, lo: totalLo } = total;
  const reachHi = new Float64Array(size);
  const reachLo = new Float64Array(size);
  reachHi[diagram.root >> 1] = totalHi[root]!;
  reachLo[diagram.root >> 1] = totalLo[root]!;
  const out = { hi: 0, lo: 0 };
  for (let node = size - 1; node > 0; node--) {
    const wHi = reachHi[node]!;
    if (wHi === 0) continue;
    const wLo = reachLo[node]!;
    const variable = variables[level[node]!]!;
    const high = hiEdge[node]!;
    const low = loEdge[node]! >> 1;
    const sign = (high & 1) === 1 ? -1 : 1;
    // P(hi) − P(lo); a complemented edge leads to 1 − p.
    let dHi = sign * pHi[high >> 1]!;
    let dLo = sign * pLo[high >> 1]!;
    if (sign < 0) {
      add(1, 0, dHi, dLo, out);
      dHi = out.hi;
      dLo = out.lo;
    }
    add(dHi, dLo, -pHi[low]!, -pLo[low]!, out);
    multiply(wHi, wLo, out.hi, out.lo, out);
    add(totalHi[variable]!, totalLo[variable]!, out.hi, out.lo, out);
    totalHi[variable] = out.hi;
    totalLo[variable] = out.lo;
    if (high > 1) {
      multiply(wHi, wLo, sign * qHi[variable]!, sign * qLo[variable]!, out);
      add(reachHi[high >> 1]!, reachLo[high >> 1]!, out.hi, out.lo, out);
      reachHi[high >> 1] = out.hi;
      reachLo[high >> 1] = out.lo;
    }
    if (low > 0) {
      multiply(wHi, wLo, rHi[variable]!, rLo[variable]!, out);
      add(reachHi[low]!, reachLo[low]!, out.hi, out.lo, out);
      reachHi[low] = out.hi;
      reachLo[low] = out.lo;
    }
  }
}

/** Double-double sum (Knuth's two-sum of the leading parts). */
function add(aHi: number, aLo: number, bHi: number, bLo: number, out: { hi: number; lo: number }): void {
  const sum = aHi + bHi;
  const v = sum - aHi;
  const error = aHi - (sum - v) + (bHi - v) + (aLo + bLo);
  out.hi = sum + error;
  out.lo = error - (out.hi - sum);
}

/** Double-double product (Dekker's exact product of the leading parts). */
function multiply(aHi: number, aLo: number, bHi: number, bLo: number, out: { hi: number; lo: number }): void {
  let t = SPLITTER * aHi;
  const a1 = t - (t - aHi);
  const a2 = aHi - a1;
  t = SPLITTER * bHi;
  const b1 = t - (t - bHi);
  const b2 = bHi - b1;
  const x = aHi * bHi;
  const error = a1 * b1 - x + a1 * b2 + a2 * b1 + a2 * b2 + (aHi * bLo + aLo * bHi);
  out.hi = x + error;
  out.lo = error - (out.hi - x);
}
