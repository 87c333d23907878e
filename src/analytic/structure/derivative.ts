import type { Diagram } from './bdd/diagram.ts';
import { countedDerivatives } from './counting/module.ts';
import { add, type DoubleDouble, type DoubleDoubles, doubleDoubles, multiply } from './doubledouble.ts';
import type { Probabilities } from './evaluate.ts';
import { leavesOf, type Solution } from './solve.ts';

/**
 * ∂Q/∂q of the top for every graph node (Birnbaum importance for blocks), all in one pass over each module. Modules
 * chain: a variable inside a module gets its derivative there times that of the module in the diagram above.
 */
export function derivatives(solution: Solution, probabilities: Probabilities): DoubleDoubles {
  const total = doubleDoubles(solution.nodes);
  total.hi[solution.top] = solution.complemented ? -1 : 1;
  const out = { hi: 0, lo: 0 };
  for (let m = solution.modules.length - 1; m >= 0; m--) {
    const module = solution.modules[m]!;
    const { root } = module;
    const leaves = leavesOf(module);
    const own =
      'diagram' in module
        ? ownDerivatives(module.diagram, probabilities, probabilities.ofNodes[m]!)
        : countedDerivatives(module, probabilities);
    for (let l = 0; l < leaves.length; l++) {
      // A network may read one variable at several levels.
      const variable = leaves[l]!;
      multiply(total.hi[root]!, total.lo[root]!, own.hi[l]!, own.lo[l]!, out);
      add(total.hi[variable]!, total.lo[variable]!, out.hi, out.lo, out);
      total.hi[variable] = out.hi;
      total.lo[variable] = out.lo;
    }
  }
  return total;
}

/**
 * Derivatives of one diagram's root by level: reach probabilities flow down from the root, and every node of level l
 * adds reach·(P(hi) − P(lo)). A complemented edge turns the sign of what flows through it.
 */
function ownDerivatives(diagram: Diagram, { failed, intact }: Probabilities, p: DoubleDoubles): DoubleDoubles {
  const { size, level, lo: loEdge, hi: hiEdge, variables } = diagram;
  const { hi: qHi, lo: qLo } = failed;
  const { hi: rHi, lo: rLo } = intact;
  const { hi: pHi, lo: pLo } = p;
  const own = doubleDoubles(variables.length);
  const reach = doubleDoubles(size);
  const { hi: reachHi, lo: reachLo } = reach;
  reachHi[diagram.root >> 1] = 1;
  const out = { hi: 0, lo: 0 };
  for (let node = size - 1; node > 0; node--) {
    const wHi = reachHi[node]!;
    if (wHi === 0) continue;
    const wLo = reachLo[node]!;
    const place = level[node]!;
    const variable = variables[place]!;
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
    accumulate(own, place, out);
    if (high > 1) {
      multiply(wHi, wLo, sign * qHi[variable]!, sign * qLo[variable]!, out);
      accumulate(reach, high >> 1, out);
    }
    if (low > 0) {
      multiply(wHi, wLo, rHi[variable]!, rLo[variable]!, out);
      accumulate(reach, low, out);
    }
  }
  return own;
}

function accumulate(into: DoubleDoubles, at: number, term: DoubleDouble): void {
  add(into.hi[at]!, into.lo[at]!, term.hi, term.lo, term);
  into.hi[at] = term.hi;
  into.lo[at] = term.lo;
}
