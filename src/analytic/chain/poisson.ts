/** Poisson probabilities from `left` on, normalised; what lies outside is negligible. */
export interface PoissonWindow {
  readonly left: number;
  readonly weight: Float64Array;
  /** tail[k] = Σ weight[k + 1 …]: P(N > left + k). */
  readonly tail: Float64Array;
}

/**
 * Probabilities of a Poisson law with the given mean ≥ 0, cut where they fall below `smallest` times the mode.
 * Computed outwards from the mode by ratios and scaled at the end, so nothing under- or overflows for any mean.
 *
 * @see Fox, Glynn, Communications of the ACM 31 (1988) 440–445.
 */
export function poissonWindow(mean: number, smallest = 1e-30): PoissonWindow {
  const mode = Math.floor(mean);
  const below: number[] = [];
  for (let k = mode, w = 1; k > 0; k--) {
    w *= k / mean;
    if (w < smallest) break;
    below.push(w);
  }
  const above: number[] = [];
  for (let k = mode + 1, w = 1; ; k++) {
    w *= mean / k;
    if (w < smallest) break;
    above.push(w);
  }
  const weight = new Float64Array(below.length + 1 + above.length);
  below.forEach((w, i) => {
    weight[below.length - 1 - i] = w;
  });
  weight[below.length] = 1;
  weight.set(above, below.length + 1);

  // Both ends are small: adding inwards keeps every digit.
  let total = 0;
  for (let i = 0, j = weight.length - 1; i <= j; ) total += weight[i]! <= weight[j]! ? weight[i++]! : weight[j--]!;
  for (let i = 0; i < weight.length; i++) weight[i]! /= total;
  const tail = new Float64Array(weight.length);
  for (let i = weight.length - 2; i >= 0; i--) tail[i] = tail[i + 1]! + weight[i + 1]!;
  return { left: mode - below.length, weight, tail };
}
