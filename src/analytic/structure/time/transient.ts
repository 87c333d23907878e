import type { MissionPoint } from '../../../model/calculation.ts';
import { InputError } from '../../../model/problem.ts';
import type { Structure } from '../../../model/structure.ts';
import { expandCommonCauses } from '../commoncause.ts';
import { derivatives } from '../derivative.ts';
import { probabilities, topEvaluator } from '../evaluate.ts';
import { hasMixedSigns, prepare, type Solution, solve } from '../solve.ts';
import { integrate } from './integrate.ts';
import { type Rates, steadyStateRates, unavailabilityAt } from './rates.ts';

const NODE_LIMIT = 8_000_000;
/** Instants looked at for the largest unavailability on the way. */
const INSTANTS = 16;

/**
 * Availability over time and mission reliability of a coherent structure of independent blocks with constant rates.
 *
 * @param times hours, > 0
 * @param ratesOfBlocks by block; default: those behind the blocks' steady state, common causes written out
 * @throws InputError `no-rates`, `mixed-signs` for structures with negations, `too-large` past the node limit
 */
export function transient(
  model: Structure,
  times: readonly number[],
  ratesOfBlocks?: readonly Rates[],
): MissionPoint[] {
  // Stated rates leave no room for common causes, which split the steady state.
  const structure = ratesOfBlocks === undefined ? expandCommonCauses(model) : model;
  const rates = ratesOfBlocks ?? steadyStateRates(structure.blocks);
  const solution = solve(prepare(structure), NODE_LIMIT);
  if ('parts' in solution) throw refusal('too-large', 'its decision diagram does not fit');
  if (solution.complemented || hasMixedSigns(solution)) {
    throw refusal('mixed-signs', 'a failure may also cure it');
  }
  const evaluate = topEvaluator(solution);
  const at = (hours: number): Float64Array => Float64Array.from(rates, (own) => unavailabilityAt(own, hours));
  const unrepaired = rates.map(({ failurePerHour }) => ({ failurePerHour, repairPerHour: 0 }));
  const repaired = rates.some(({ failurePerHour, repairPerHour }) => failurePerHour > 0 && repairPerHour > 0);
  return times.map((hours) => {
    const unavailability = evaluate(at(hours));
    const withoutRepair = evaluate(unrepaired.map((own) => unavailabilityAt(own, hours)));
    const flow = (t: number): readonly number[] => {
      const q = at(t);
      const intensity = failureIntensity(solution, rates, q);
      const down = evaluate(q);
      // Without repair the top ends up down for good, and its failure rate is not asked for.
      return [down, intensity, repaired ? intensity / (1 - down) : 0];
    };
    const [downHours, expectedFailures, hazard] = integrate(flow, hours) as [number, number, number];
    const value = repaired ? -Math.expm1(-hazard) : withoutRepair;
    let lo = repaired ? unavailability : value;
    for (let i = 1; repaired && i < INSTANTS; i++) lo = Math.max(lo, evaluate(at((hours * i) / INSTANTS)));
    const hi = repaired ? Math.min(1, expectedFailures, withoutRepair) : value;
    return {
      hours,
      unavailability,
      intervalUnavailability: downHours / hours,
      expectedFailures,
      failureProbability: { value: Math.min(hi, Math.max(lo, value)), lo, hi },
    };
  });
}

/** Failures of the top per hour at one instant: Σ ∂Q/∂q · λ·(1 − q). */
function failureIntensity(solution: Solution, rates: readonly Rates[], q: Float64Array): number {
  const derivative = derivatives(solution, probabilities(solution, q)).hi;
  let intensity = 0;
  for (let block = 0; block < rates.length; block++) {
    intensity += Math.max(0, derivative[block + 1]!) * rates[block]!.failurePerHour * (1 - q[block]!);
  }
  return intensity;
}

function refusal(code: string, reason: string): InputError {
  const message = `The course of this structure over time cannot be worked out: ${reason}.`;
  return new InputError([{ level: 'unsupported', code, message }]);
}
