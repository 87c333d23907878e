import type { Scenario } from '../model/scenario.ts';
import type { ModeTable } from './model.ts';

/** Queue of each repair policy with spares: they follow all others, in the order of the policies. */
export function spareQueues(scenario: Scenario, first: number): ReadonlyMap<string, number> {
  const withSpares = Object.entries(scenario.repair).filter(([, { spares }]) => spares !== undefined);
  return new Map(withSpares.map(([id], i) => [id, first + i]));
}

/**
 * Places in the repair shop of each policy. A unit is broken for each place in the pool that waits for a spare and for
 * each spare in use: never more than the elements under the policy and its spares together.
 */
export function shopPlaces(
  scenario: Scenario,
  modes: Pick<ModeTable, 'count' | 'element' | 'spareQueue'>,
  queues: ReadonlyMap<string, number>,
): number[] {
  return Object.entries(scenario.repair).map(([id, { spares }]) => {
    const queue = queues.get(id);
    if (spares === undefined || queue === undefined) return 0;
    const elements = new Set<number>();
    for (let mode = 0; mode < modes.count; mode++) {
      if (modes.spareQueue[mode] === queue) elements.add(modes.element[mode]!);
    }
    return elements.size === 0 ? 0 : elements.size + spares.count;
  });
}
