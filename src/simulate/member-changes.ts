import type { CompiledModel } from '../compile/model.ts';
import type { CloudProcess } from '../dynamics/process.ts';
import { changeProblem } from '../model/member-operations.ts';
import { InputError } from '../model/problem.ts';
import type { Injection, MemberOperation, Scenario } from '../model/scenario.ts';
import { elementOf, type Strike } from './scripted-strike.ts';

/** Planned changes in scripts: members of clusters and of hops come and go at given times. */

/** The scenario with a place for every member that the script adds. */
export function withChanges(scenario: Scenario, script: readonly Injection[]): Scenario {
  const changed = script.filter(({ operation }) => operation !== undefined);
  if (changed.length === 0) return scenario;
  const groups = Object.entries(scenario.groups).map(([id, group]) => {
    const own = changed.filter(({ element }) => element === id || element.startsWith(`${id}/`));
    if (own.length === 0) return [id, group] as const;
    const added = own.filter(({ operation }) => operation === 'clusterMemberAdd' || operation === 'scaleOut').length;
    return [id, { ...group, members: group.members + added, dormant: added }] as const;
  });
  return { ...scenario, groups: Object.fromEntries(groups) };
}

/**
 * What a planned change is about: any member of the cluster or hop that gets or loses one, or the member that goes.
 *
 * @throws InputError where there is no such cluster or member, or the new member would be of another descriptor.
 */
export function memberTarget(
  { element, vnfd }: Injection,
  operation: MemberOperation,
  { names, groups, seats }: CompiledModel,
  scenario: Scenario,
): Strike['element'] {
  const adds = operation === 'clusterMemberAdd';
  const at = element.lastIndexOf('/');
  const id = adds || isScaling(operation) || at < 0 ? element : element.slice(0, at);
  const wrong = changeProblem({ element, operation, ...(vnfd === undefined ? {} : { vnfd }) }, scenario);
  if (wrong !== undefined) {
    const { code, message, hint } = wrong;
    throw new InputError([{ level: 'error', code, message, hint }]);
  }
  const group = names.groups.indexOf(id);
  if (adds || isScaling(operation)) return { group, role: 'active' };
  const role = element.slice(at + 1);
  if (role === 'active' || role === 'standby') return { group, role };
  const seat = names.seats.indexOf(element);
  if (seat < 0 || seat >= groups.seatStart[group + 1]! - Math.max(0, groups.dormant[group]!)) {
    throw new InputError([
      { level: 'error', code: 'unknown-element', message: `"${element}" is no member of a cluster` },
    ]);
  }
  return seats.layer[seats.layerStart[seat + 1]! - 1]!;
}

const isScaling = (operation: MemberOperation): boolean => operation === 'scaleOut' || operation === 'scaleIn';

/**
 * Carries out the planned change.
 *
 * @throws InputError where the last member of a hop would go.
 */
export function change(process: CloudProcess, strike: Strike, now: number): void {
  const { world } = process;
  if (strike.does === 'clusterMemberAdd') {
    const { element } = strike;
    if (typeof element !== 'number') process.addMember(element.group, now);
    return;
  }
  if (strike.does === 'scaleOut' || strike.does === 'scaleIn') {
    const { element } = strike;
    if (typeof element === 'number') return;
    if (process.scale(element.group, strike.does === 'scaleOut' ? 'out' : 'in', now)) return;
    const message = `"${world.model.names.groups[element.group]}" has no member to spare when it is scaled in`;
    throw new InputError([{ level: 'error', code: 'no-member', message, hint: 'one port pair has to stay' }]);
  }
  process.deleteMember(world.model.elements.seat[elementOf(strike, world)]!, now);
}
