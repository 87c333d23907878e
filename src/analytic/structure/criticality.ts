import type { Diagram } from './bdd/diagram.ts';
import { countedDerivatives } from './counting/module.ts';
import type { DoubleDoubles } from './doubledouble.ts';
import type { Probabilities } from './evaluate.ts';
import { hasMixedSigns, leavesOf, type Solution } from './solve.ts';

/** Pairs of diagram nodes compared before the frequency of a structure with mixed signs is given up. */
const MOST_PAIRS = 2_000_000;

/**
 * Probability, per graph node, that the top depends on its state: P(f with it failed ≠ f with it working). For what is
 * read with one sign only this is |∂Q/∂q|; through parities and mixed signs a failure may cause or cure the top's, and
 * both count. Undefined when a diagram with mixed signs is too large to compare its branches.
 */
export function criticalities(
  solution: Solution,
  probabilities: Probabilities,
  derivative: DoubleDoubles,
): Float64Array | undefined {
  if (!hasMixedSigns(solution)) return derivative.hi.map(Math.abs);
  const total = new Float64Array(solution.nodes);
  total[solution.top] = 1;
  for (let m = solution.modules.length - 1; m >= 0; m--) {
    const module = solution.modules[m]!;
    const { root } = module;
    const leaves = leavesOf(module);
    const own =
      'diagram' in module
        ? ownCriticalities(module.diagram, probabilities, probabilities.ofNodes[m]!)
        : countedDerivatives(module, probabilities).hi.map(Math.abs);
    if (own === undefined) return undefined;
    for (let l = 0; l < own.length; l++) total[leaves[l]!]! += total[root]! * own[l]!;
  }
  return total;
}

/** By level: Σ over its nodes of P(node is reached)·P(hi ≠ lo). */
function ownCriticalities(diagram: Diagram, p: Probabilities, ofNodes: DoubleDoubles): Float64Array | undefined {
  const { size, level, lo, hi, root, variables } = diagram;
  const own = new Float64Array(variables.length);
  const reach = new Float64Array(size);
  reach[root >> 1] = 1;
  const differ = new BranchComparison(diagram, p, ofNodes);
  for (let node = size - 1; node > 0; node--) {
    const weight = reach[node]!;
    if (weight === 0) continue;
    const variable = variables[level[node]!]!;
    const difference = differ.probability(hi[node]!, lo[node]!);
    if (difference === undefined) return undefined;
    own[level[node]!]! += weight * difference;
    reach[hi[node]! >> 1]! += weight * p.failed.hi[variable]!;
    reach[lo[node]! >> 1]! += weight * p.intact.hi[variable]!;
  }
  return own;
}

/** P(a ≠ b) for edges of one diagram, remembered by pair. */
class BranchComparison {
  private readonly diagram: Diagram;
  private readonly failed: Float64Array;
  private readonly intact: Float64Array;
  private readonly ofNodes: Float64Array;
  private readonly known = new Map<number, number>();

  constructor(diagram: Diagram, { failed, intact }: Probabilities, ofNodes: DoubleDoubles) {
    this.diagram = diagram;
    this.failed = failed.hi;
    this.intact = intact.hi;
    this.ofNodes = ofNodes.hi;
  }

  probability(a: number, b: number): number | undefined {
    const stack: [number, number][] = [[a >> 1, b >> 1]];
    const sign = (a ^ b) & 1;
    const { level, lo, hi, variables } = this.diagram;
    while (stack.length > 0) {
      const [x, y] = stack[stack.length - 1]!;
      if (this.lookUp(x, y) !== undefined) {
        stack.pop();
        continue;
      }
      if (this.known.size > MOST_PAIRS) return undefined;
      const first = x === 0 ? level[y]! : y === 0 ? level[x]! : Math.min(level[x]!, level[y]!);
      const xHi = x > 0 && level[x] === first ? hi[x]! : 2 * x;
      const yHi = y > 0 && level[y] === first ? hi[y]! : 2 * y;
      const xLo = x > 0 && level[x] === first ? lo[x]! >> 1 : x;
      const yLo = y > 0 && level[y] === first ? lo[y]! >> 1 : y;
      const high = this.lookUp(xHi >> 1, yHi >> 1);
      const low = this.lookUp(xLo, yLo);
      if (high === undefined) stack.push([xHi >> 1, yHi >> 1]);
      else if (low === undefined) stack.push([xLo, yLo]);
      else {
        const atHigh = ((xHi ^ yHi) & 1) === 1 ? 1 - high : high;
        const variable = variables[first]!;
        this.known.set(this.key(x, y), this.failed[variable]! * atHigh + this.intact[variable]! * low);
        stack.pop();
      }
    }
    const found = this.lookUp(a >> 1, b >> 1)!;
    return sign === 1 ? 1 - found : found;
  }

  /** P(x ≠ y) for nodes, both uncomplemented. */
  private lookUp(x: number, y: number): number | undefined {
    if (x === y) return 0;
    if (x === 0) return this.ofNodes[y]!;
    if (y === 0) return this.ofNodes[x]!;
    return this.known.get(this.key(x, y));
  }

  private key(x: number, y: number): number {
    return x < y ? x * this.diagram.size + y : y * this.diagram.size + x;
  }
}
