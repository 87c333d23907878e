import { logGamma } from '../../model/law.ts';
import { HOURS_PER_YEAR, SECONDS_PER_HOUR, SECONDS_PER_YEAR } from '../../model/time.ts';

/** Series of independent parts: 1 − Π(1 − Uᵢ), without losing small U. */
export function seriesUnavailability(parts: readonly number[]): number {
  return -Math.expm1(parts.reduce((sum, u) => sum + Math.log1p(-u), 0));
}

/** Chain of `count` equal elements: 1 − (1 − u)^count. */
export function chainUnavailability(count: number, u: number): number {
  return -Math.expm1(count * Math.log1p(-u));
}

/** Fewer than `required` of `units` independent units up: Σ_{i > units − required} C(units, i) uⁱ (1 − u)^{units − i}. */
export function shortfallProbability(units: number, required: number, u: number): number {
  if (u === 0) return required > units ? 1 : 0;
  const odds = Math.log(u) - Math.log1p(-u);
  let log = units * Math.log1p(-u);
  let sum = 0;
  for (let down = 0; down <= units; down++) {
    if (down > units - required) sum += Math.exp(log);
    log += odds + Math.log((units - down) / (down + 1));
  }
  return sum;
}

/** Downtime performance measurement, s/year of 365 days. */
export function dpm(unavailability: number): number {
  return unavailability * SECONDS_PER_YEAR;
}

/** U = MTTR/(MTBF + MTTR), MTBF as mean up time (DX-05). */
export function unavailabilityOfTimes(mtbfHours: number, mttrHours: number): number {
  return mttrHours / (mtbfHours + mttrHours);
}

/** Outages a year, exact: 8 760/(MTBF + MTTR). */
export function outagesPerYear(mtbfHours: number, mttrHours: number): number {
  return HOURS_PER_YEAR / (mtbfHours + mttrHours);
}

/** MTBF (h) = 8 760/OFM, the conversion of the source; the same formula turns an MTBF into an OFM. */
export function mtbfOfOutages(perYear: number): number {
  return HOURS_PER_YEAR / perYear;
}

/** Failures in 1e9 hours. */
export function failuresInTime(mtbfHours: number): number {
  return 1e9 / mtbfHours;
}

/** Share of elements without any outage in a year: e^{−OFM} (B-10). */
export function zeroDowntimeShare(perYear: number): number {
  return Math.exp(-perYear);
}

/** Chance that one of `count` users of a service needs it while it is down for `seconds`: 1 − e^{−NλD} (B-75). */
export function activationProbability(count: number, perYear: number, seconds: number): number {
  return -Math.expm1((-count * perYear * seconds) / SECONDS_PER_YEAR);
}

/** Chance of a second failure while redundancy is not back: 1 − e^{−λX} (B-67). */
export function secondFailureProbability(perYear: number, exposureSeconds: number): number {
  return activationProbability(1, perYear, exposureSeconds);
}

/** Trials without any failure that demonstrate a failure probability of at most `failure` at this confidence (B-53). */
export function zeroFailureTrials(failure: number, confidence: number): number {
  return Math.ceil(Math.log1p(-confidence) / Math.log1p(-failure) - 1e-12);
}

/** P(K > s) for a Poisson number K with this mean. Small tails keep their digits: only positive terms are added. */
export function poissonTail(mean: number, s: number): number {
  if (s + 1 > mean) return poissonSum(mean, s + 1, 1);
  return 1 - poissonSum(mean, s, -1);
}

/** Terms of a Poisson law from `start` on, away from the mean, until they no longer count. */
function poissonSum(mean: number, start: number, direction: 1 | -1): number {
  let sum = 0;
  let term = poissonTerm(mean, start);
  for (let k = start; k >= 0 && term > 1e-17 * sum; k += direction) {
    sum += term;
    term *= direction === 1 ? mean / (k + 1) : k / mean;
  }
  return sum;
}

/** Means up to which e^−mean is no subnormal number. */
const LARGEST_DIRECT_MEAN = 700;

function poissonTerm(mean: number, k: number): number {
  if (mean > LARGEST_DIRECT_MEAN) return Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  let term = Math.exp(-mean);
  for (let i = 1; i <= k; i++) term *= mean / i;
  return term;
}

/** Fewest spares s with P(more than s needed) ≤ risk between two deliveries (B-64). */
export function sparesNeeded(mean: number, risk: number): number {
  // The tail falls with s: doubled until it is small enough, then halved down.
  let enough = 1;
  while (poissonTail(mean, enough) > risk) enough *= 2;
  let tooFew = -1;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (poissonTail(mean, middle) > risk) tooFew = middle;
    else enough = middle;
  }
  return enough;
}

/** Expected failures of `nodes` between deliveries `batchHours` apart. */
export function failuresPerBatch(nodes: number, perYear: number, batchHours: number): number {
  return (nodes * perYear * batchHours) / HOURS_PER_YEAR;
}

/** Least coverage for which uncovered failures alone stay within `dpmSeconds`: 1 − DPM/(λM) (NC-42). */
export function leastCoverage(perYear: number, manualHours: number, dpmSeconds: number): number {
  return 1 - dpmSeconds / (perYear * manualHours * SECONDS_PER_HOUR);
}

/** Longest chain of equal elements that is still within `target`, by search on U itself (NC-44). */
export function longestChain(elementUnavailability: number, target: number): number {
  const estimate = Math.floor(Math.log1p(-target) / Math.log1p(-elementUnavailability));
  const fits = (n: number): boolean => n === 0 || within(chainUnavailability(n, elementUnavailability), target);
  let n = estimate + 1;
  while (!fits(n)) n--;
  return n;
}

/** U ≤ limit up to what expm1 and log1p round: exactly five nines counts as five nines. */
export function within(unavailability: number, limit: number): boolean {
  return unavailability <= limit * (1 + 1e-12);
}
