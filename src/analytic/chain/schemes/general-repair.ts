import type { Law } from '../../../model/law.ts';
import { SECONDS_PER_HOUR } from '../../../model/time.ts';
import { expectation } from '../expectation.ts';
import type { AvailabilityFigures } from '../measures.ts';

/**
 * Two units in parallel with one repair crew and any repair law (methods 3.4, case 7.4): the only place where the
 * shape of the repair law enters a two-unit answer — with two crews only its mean does.
 *
 * With a = 1 − E[e^{−λT}], the chance that the other unit fails during a repair, a busy period has 1/(1 − a) repairs, and
 * U = E[T − (1 − e^{−λT})/λ]/(1 − a) / (1/(2λ) + E[T]/(1 − a)).
 *
 * @param failureRate λ of each unit, 1/hour.
 * @param repair law of one repair; independent of failures.
 */
export function twoUnitsOneCrew(failureRate: number, repair: Law): AvailabilityFigures {
  const scale = failureRate / SECONDS_PER_HOUR;
  const meanHours = expectation(repair, (t) => t) / SECONDS_PER_HOUR;
  const fails = expectation(repair, (t) => -Math.expm1(-scale * t));
  const overlapHours = expectation(repair, (t) => overlap(scale * t)) / failureRate;
  const repairs = 1 / (1 - fails);
  const cycleHours = 1 / (2 * failureRate) + meanHours * repairs;
  const unavailability = (overlapHours * repairs) / cycleHours;
  const availability = (cycleHours - overlapHours * repairs) / cycleHours;
  const frequencyPerHour = (fails * repairs) / cycleHours;
  return {
    unavailability,
    availability,
    frequencyPerHour,
    mutHours: availability / frequencyPerHour,
    mdtHours: unavailability / frequencyPerHour,
  };
}

/** x − 1 + e^{−x} for x ≥ 0, without cancellation: the part of a repair spent with both units down, times λ. */
function overlap(x: number): number {
  if (x > 0.5) return x + Math.expm1(-x);
  let term = (x * x) / 2;
  let sum = term;
  for (let k = 3; term > 1e-18 * sum; k++) {
    term *= x / k;
    sum += k % 2 === 0 ? term : -term;
  }
  return sum;
}
