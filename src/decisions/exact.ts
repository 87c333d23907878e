import { analyseScenario } from '../analytic/scenario/exact-side.ts';
import type { Scenario } from '../model/scenario.ts';
import { serviceStateSpace } from '../simulate/state-space.ts';

/** States up to which a chain is solved to decide something: about a second. */
const MOST_STATES = 20_000;

/**
 * Unavailability of the services that the exact side solves without any reservation; the others are missing.
 *
 * @param mostStates states of a chain beyond which a service counts as not solved
 */
export function exactUnavailability(scenario: Scenario, mostStates = MOST_STATES): ReadonlyMap<string, number> {
  const { controlTreatment } = scenario;
  const solved = analyseScenario(scenario, [controlTreatment], serviceStateSpace, { mostStates, thorough: false });
  const found = new Map<string, number>();
  for (const [id, { exact, unavailability }] of Object.entries(solved[controlTreatment])) {
    if (exact === true && unavailability !== undefined) found.set(id, unavailability);
  }
  return found;
}
