/**
 * What can be said of several failures of known probability that may depend on each other in any way: bounds that hold for
 * every joint law (Fréchet 1935, Rüger 1978; with pairs Hunter 1976, Dawson & Sankoff 1967).
 */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** Chance that at least `minimum` of the failures are there together, 1 ≤ minimum ≤ their number. */
export function anyDependence(failures: readonly Interval[], minimum: number): Interval {
  const n = failures.length;
  const lows = failures.map(({ lo }) => lo).sort((a, b) => b - a);
  const highs = failures.map(({ hi }) => hi).sort((a, b) => a - b);
  let lo = 0;
  let sum = 0;
  // The `count` likeliest: Σp − (minimum − 1) counts how many of them are there beyond the first minimum − 1.
  for (let count = 1; count <= n; count++) {
    sum += lows[count - 1]!;
    if (count >= minimum) lo = Math.max(lo, (sum - (minimum - 1)) / (count - minimum + 1));
  }
  let hi = 1;
  sum = 0;
  // Without the r likeliest, at least minimum − r of the others are there.
  for (let count = 1; count <= n; count++) {
    sum += highs[count - 1]!;
    const r = n - count;
    if (r < minimum) hi = Math.min(hi, sum / (minimum - r));
  }
  return { lo, hi };
}

/** The same for independent failures. */
export function independent(failures: readonly Interval[], minimum: number): Interval {
  return {
    lo: atLeast(
      failures.map(({ lo }) => lo),
      minimum,
    ),
    hi: atLeast(
      failures.map(({ hi }) => hi),
      minimum,
    ),
  };
}

/** Chance that at least `minimum` of independent failures are there: the number of failures one by one. */
function atLeast(probabilities: readonly number[], minimum: number): number {
  const count = new Float64Array(minimum + 1);
  count[0] = 1;
  for (const p of probabilities) {
    count[minimum] = count[minimum]! + p * count[minimum - 1]!;
    for (let k = minimum - 1; k > 0; k--) count[k] = (1 - p) * count[k]! + p * count[k - 1]!;
    count[0] = (1 - p) * count[0]!;
  }
  return count[minimum]!;
}

/**
 * Chance that any of n failures is there, from the probability of each and of each two together (or bounds on those).
 * @param pair bounds on the chance that failures i and j are there together
 */
export function anyOfPairs(failures: readonly number[], pair: (i: number, j: number) => Interval): Interval {
  const n = failures.length;
  const single = failures.reduce((sum, p) => sum + p, 0);
  let pairs = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) pairs += pair(i, j).hi;
  let lo = Math.max(...failures);
  for (let k = 1; k < n; k++) lo = Math.max(lo, (2 / (k + 1)) * single - (2 / (k * (k + 1))) * pairs);
  return { lo, hi: Math.min(1, single - heaviestTree(n, (i, j) => pair(i, j).lo)) };
}

/** Weight of the heaviest spanning tree (Prim). */
function heaviestTree(n: number, weight: (i: number, j: number) => number): number {
  const best = new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
  const inside = new Uint8Array(n);
  let total = 0;
  best[0] = 0;
  for (let step = 0; step < n; step++) {
    let next = -1;
    for (let i = 0; i < n; i++) if (inside[i] === 0 && (next < 0 || best[i]! > best[next]!)) next = i;
    inside[next] = 1;
    total += best[next]!;
    for (let i = 0; i < n; i++) if (inside[i] === 0) best[i] = Math.max(best[i]!, weight(next, i));
  }
  return total;
}
