/**
 * Unavailability of periodically tested components at time t (Open-PSA MEF §V.2.6, "periodic-test").
 *
 * All rates are per hour and all times in hours.
 */

/** Tests and repairs take no time: as good as new at θ, θ + τ, θ + 2τ, … */
export function instantRepair(lambda: number, tau: number, theta: number, t: number): number {
  if (t <= theta) return -Math.expm1(-lambda * t);
  const since = (t - theta) % tau;
  // At a test itself the component is as old as just before it.
  return -Math.expm1(-lambda * (since === 0 ? tau : since));
}

/** Tests take no time, repairs of what they find are exponential with rate μ. */
export function instantTest(lambda: number, mu: number, tau: number, theta: number, t: number): number {
  if (t <= theta) return -Math.expm1(-lambda * t);
  // Just after a test everything that was down is in repair, with probability r.
  let r = -Math.expm1(-lambda * theta);
  let left = t - theta;
  while (left > tau) {
    r = downAfter(lambda, mu, r, tau);
    left -= tau;
  }
  return downAfter(lambda, mu, r, left);
}

/** Probability of being down time u after a test that found the component down with probability r. */
function downAfter(lambda: number, mu: number, r: number, u: number): number {
  return 1 - (1 - r) * Math.exp(-lambda * u) - r * upAfterRepair(lambda, mu, u);
}

/** Probability of being up after u, starting in repair: ∫ μe^{−μs}·e^{−λ(u−s)} ds. */
function upAfterRepair(lambda: number, mu: number, u: number): number {
  if (lambda === mu) return mu * u * Math.exp(-mu * u);
  return (mu * (Math.exp(-lambda * u) - Math.exp(-mu * u))) / (mu - lambda);
}
