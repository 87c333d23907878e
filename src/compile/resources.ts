import { RESOURCES } from '../model/resources.ts';
import type { Scenario } from '../model/scenario.ts';
import type { ElementDraft } from './elements.ts';

/** Flavours as whole numbers. Without any, every column is empty and nobody asks. */

/** More than any node holds: what a node does not state is never short. */
const UNLIMITED = 2 ** 31 - 1;

const hasFlavours = (scenario: Scenario): boolean =>
  Object.values(scenario.groups).some(({ placement }) => placement.flavour !== undefined);

/** What a member of each group takes, RESOURCES.length per group. */
export function demandOf(scenario: Scenario): Int32Array {
  if (!hasFlavours(scenario)) return new Int32Array(0);
  const groups = Object.values(scenario.groups);
  return Int32Array.from(groups.flatMap(({ placement }) => RESOURCES.map((name) => placement.flavour?.[name] ?? 0)));
}

/** What each node has, RESOURCES.length per element. */
export function resourcesOf(scenario: Scenario, elements: readonly ElementDraft[]): Int32Array {
  if (!hasFlavours(scenario)) return new Int32Array(0);
  return Int32Array.from(
    elements.flatMap(({ resources }) => RESOURCES.map((name) => Math.min(UNLIMITED, resources?.[name] ?? UNLIMITED))),
  );
}

interface Tables {
  readonly elements: { readonly resources: Int32Array };
  readonly groups: { readonly demand: Int32Array };
}

/** Whether `node` has what a member of `group` takes, with `used` of its resources taken. */
export function hasResources(
  { elements, groups }: Tables,
  group: number,
  node: number,
  used: ArrayLike<number>,
): boolean {
  if (groups.demand.length === 0) return true;
  const size = RESOURCES.length;
  for (let i = 0; i < size; i++) {
    const demand = groups.demand[size * group + i]!;
    if (demand > 0 && used[size * node + i]! + demand > elements.resources[size * node + i]!) return false;
  }
  return true;
}

/** Says what a member of `group` takes on `node` (`sign` 1) or gives back (−1), by place in the column of used resources. */
export function takeResources(
  { demand }: Tables['groups'],
  group: number,
  node: number,
  sign: 1 | -1,
  add: (at: number, amount: number) => void,
): void {
  if (demand.length === 0) return;
  const size = RESOURCES.length;
  for (let i = 0; i < size; i++) {
    const amount = demand[size * group + i]!;
    if (amount > 0) add(size * node + i, sign * amount);
  }
}

/** Members of the group have a flavour. */
export function isFlavoured({ demand }: Tables['groups'], group: number): boolean {
  if (demand.length === 0) return false;
  for (let i = 0; i < RESOURCES.length; i++) if (demand[RESOURCES.length * group + i]! > 0) return true;
  return false;
}
