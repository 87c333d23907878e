/**
 * References of the exact side, not to be tuned: ratios are comparable only while they stay as they are.
 */

/**
 * Probability that two neighbours of n units in a row are down at once, q each, by a textbook decision diagram: one map
 * for the nodes, one for results, recursion, no complement edges, the order as written, every gate folded in from the left.
 */
export function referenceDiagram(n: number, q: number): number {
  const level: number[] = [n, n];
  const low: number[] = [0, 1];
  const high: number[] = [0, 1];
  const unique = new Map<string, number>();
  const make = (at: number, lo: number, hi: number): number => {
    if (lo === hi) return lo;
    const key = `${at},${lo},${hi}`;
    const known = unique.get(key);
    if (known !== undefined) return known;
    level.push(at);
    low.push(lo);
    high.push(hi);
    unique.set(key, level.length - 1);
    return level.length - 1;
  };
  const or = (f: number, g: number, done: Map<string, number>): number => {
    if (f === 1 || g === 1) return 1;
    if (f === 0 || f === g) return g;
    if (g === 0) return f;
    const key = `${f},${g}`;
    const known = done.get(key);
    if (known !== undefined) return known;
    const at = Math.min(level[f]!, level[g]!);
    const [f0, f1] = level[f] === at ? [low[f]!, high[f]!] : [f, f];
    const [g0, g1] = level[g] === at ? [low[g]!, high[g]!] : [g, g];
    const result = make(at, or(f0, g0, done), or(f1, g1, done));
    done.set(key, result);
    return result;
  };
  let top = 0;
  for (let i = 0; i + 1 < n; i++) top = or(top, make(i, 0, make(i + 1, 0, 1)), new Map());
  const probability = new Float64Array(level.length);
  probability[1] = 1;
  for (let node = 2; node < level.length; node++) {
    probability[node] = q * probability[high[node]!]! + (1 - q) * probability[low[node]!]!;
  }
  return probability[top]!;
}

/** The same in closed recursion: what the diagram must come to. */
export function neighboursDown(n: number, q: number): number {
  // Chances of no two neighbours down so far, by whether the last unit is up or down.
  let up = 1 - q;
  let down = q;
  for (let i = 1; i < n; i++) [up, down] = [(1 - q) * (up + down), q * up];
  return 1 - up - down;
}

/** Sum of a vector after `times` products with a fixed sparse stochastic matrix of `states` rows, eight entries each. */
export function referenceProducts(states: number, times: number): number {
  const column = new Int32Array(8 * states);
  let word = 12345;
  for (let k = 0; k < column.length; k++) {
    word = (Math.imul(word, 1664525) + 1013904223) | 0;
    // Half of the entries near the diagonal, as generated chains have them.
    column[k] = (k & 1) === 0 ? (word >>> 0) % states : ((k >> 3) + ((word >>> 0) % 64)) % states;
  }
  let v = new Float64Array(states).fill(1 / states);
  let next = new Float64Array(states);
  for (let product = 0; product < times; product++) {
    next.fill(0);
    for (let row = 0; row < states; row++) {
      const share = v[row]! / 8;
      for (let k = 8 * row; k < 8 * row + 8; k++) next[column[k]!]! += share;
    }
    [v, next] = [next, v];
  }
  return v.reduce((sum, value) => sum + value, 0);
}
