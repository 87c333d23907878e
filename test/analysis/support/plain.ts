import type fc from 'fast-check';
import { notUnderstood } from '../../../src/analytic/scenario/understood.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { plainly } from '../../core/support/random-sharing.ts';

/** Only scenarios that the exact side takes apart: without the words whose influence it does not know. */
export function understood(scenarios: fc.Arbitrary<Scenario>): fc.Arbitrary<Scenario> {
  return scenarios.map(plain).filter((scenario) => notUnderstood(scenario) === undefined);
}

function plain(scenario: Scenario): Scenario {
  const without = <T>(entries: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).map(([id, value]) => [id, change(value)]));
  return {
    ...scenario,
    groups: without(scenario.groups, (group) => {
      const { splitBrain: _split, ...kept } = plainly(group);
      return kept;
    }),
    repair: without(
      scenario.repair,
      ({ wrongUnit: _wrong, spares: _spares, inspection: _inspection, ...policy }) => policy,
    ),
    services: without(scenario.services, ({ stages: _stages, ...service }) => service),
  };
}
