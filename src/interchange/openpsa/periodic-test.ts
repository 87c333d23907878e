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

/** Operands of the full form, in the order of the format. */
export interface PeriodicTest {
  /** Failure rate outside tests. */
  readonly lambda: number;
  /** Failure rate during a test. */
  readonly lambdaTest: number;
  /** Repair rate once a test has found the failure. */
  readonly mu: number;
  /** Time from the start of one test to the start of the next. */
  readonly tau: number;
  /** Time of the first test. */
  readonly theta: number;
  /** Probability that the start of a test makes the component fail. */
  readonly gamma: number;
  /** Duration of a test. */
  readonly pi: number;
  /** Whether the component is available while it is tested (1) or not (0). */
  readonly x: number;
  /** Probability that a test finds a failure. */
  readonly sigma: number;
  /** Probability that a repair leaves the component failed, unnoticed. */
  readonly omega: number;
}

/**
 * Probabilities of the states of a tested component: in test, up, failed unnoticed (`failed` in the reach of the test
 * at hand, `missed` out of it), in repair. They sum to 1.
 */
interface TestState {
  readonly test: number;
  readonly up: number;
  readonly failed: number;
  readonly missed: number;
  readonly repair: number;
}

/**
 * Tests that take time, may cause failures and may miss them; found failures go to repair when the test ends. What is in
 * repair when a test begins is not tested: it may come back meanwhile, and if it fails that is for the next test to find.
 */
export function fullTest(component: PeriodicTest, t: number): number {
  const { theta, tau, pi, gamma, sigma, x } = component;
  let state: TestState = { test: 0, up: 1, failed: 0, missed: 0, repair: 0 };
  if (t <= theta) return downIn(after(component, state, t), x);
  state = after(component, state, theta);
  for (let left = t - theta; ; left -= tau) {
    const { up, repair } = state;
    state = { test: up * (1 - gamma), up: 0, failed: state.failed + state.missed + up * gamma, missed: 0, repair };
    if (left <= pi) return downIn(after(component, state, left), x);
    const { test, failed, missed, ...rest } = after(component, state, pi);
    const found = sigma * failed;
    state = { test: 0, up: rest.up + test, failed: failed - found, missed, repair: rest.repair + found };
    if (left < tau) return downIn(after(component, state, left - pi), x);
    state = after(component, state, tau - pi);
  }
}

function downIn({ test, failed, missed, repair }: TestState, availableInTest: number): number {
  return failed + missed + repair + (1 - availableInTest) * test;
}

/** Time u without the start or end of a test. */
function after(component: PeriodicTest, state: TestState, u: number): TestState {
  const { lambda, lambdaTest, mu, omega } = component;
  const { test, up, failed, missed, repair } = state;
  const mended = repair * -Math.expm1(-mu * u);
  const back = repair * upAfterRepair(lambda, mu, u);
  return {
    test: test * Math.exp(-lambdaTest * u),
    up: up * Math.exp(-lambda * u) + (1 - omega) * back,
    failed: failed + test * -Math.expm1(-lambdaTest * u),
    missed: missed + up * -Math.expm1(-lambda * u) + omega * mended + (1 - omega) * (mended - back),
    repair: repair * Math.exp(-mu * u),
  };
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
