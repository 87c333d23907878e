import { InputError } from '../model/problem.ts';
import type { Scenario } from '../model/scenario.ts';
import { didYouMean } from './read/suggest.ts';

/**
 * The scenario asked about some of its services and nothing else: others are not reported, and what cannot influence
 * these is left out when it is compiled.
 *
 * @param services names of services, in any order
 * @throws InputError `unknown-service` for each that does not exist
 */
export function onlyServices(scenario: Scenario, services: readonly string[]): Scenario {
  const known = Object.keys(scenario.services);
  const unknown = services.filter((id) => !known.includes(id));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((id) => {
        const hint = didYouMean(id, known, 'services');
        const problem = { level: 'error', code: 'unknown-service', message: `there is no service "${id}"` } as const;
        return hint === undefined ? problem : { ...problem, hint };
      }),
    );
  }
  const picked = Object.entries(scenario.services).filter(([id]) => services.includes(id));
  return {
    ...scenario,
    services: Object.fromEntries(picked),
    // Failovers of a region are those of all its groups.
    targets: scenario.targets.filter(({ of }) => services.includes(of) || Object.hasOwn(scenario.groups, of)),
    sliced: true,
  };
}
