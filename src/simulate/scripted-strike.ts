import type { World } from '../dynamics/world.ts';
import { InputError } from '../model/problem.ts';
import type { Injection, MemberOperation } from '../model/scenario.ts';

/** One scripted strike; members named by their role are found when it happens. */
export interface Strike {
  readonly at: number;
  readonly element: number | { readonly group: number; readonly role: 'active' | 'standby' };
  /** Position among the element's failure modes. */
  readonly mode: number;
  readonly until: number | undefined;
  /** What happens to the element. */
  readonly does: 'fail' | 'start' | 'reconfigure' | MemberOperation;
}

/** The element struck now: a member by role is the one that has the role at this instant. */
export function elementOf({ element }: Strike, world: World): number {
  if (typeof element === 'number') return element;
  const { seats } = world.model;
  const seat = memberOf(world, element.group, element.role === 'active');
  return seats.layer[seats.layerStart[seat + 1]! - 1]!;
}

/** First member that serves, or that does not: one that is up if there is any. */
function memberOf(world: World, group: number, serving: boolean): number {
  const { groups } = world.model;
  const scheme = world.schemes[group]!;
  let found = -1;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (scheme.serves(world, seat) !== serving) continue;
    if (found < 0 || (world.down[found] === 1 && world.down[seat] === 0)) found = seat;
  }
  return found;
}

/** What a trace is about: the first thing that happens at time 0, else the first of the script. */
export function mainInjection(script: readonly Injection[]): Injection {
  const main = script.find((injection) => injection.at === 0) ?? script[0];
  if (main === undefined) {
    throw new InputError([{ level: 'error', code: 'empty-script', message: 'the script injects nothing' }]);
  }
  return main;
}
