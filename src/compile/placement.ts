import { type CompiledModel, SPREAD_LEVELS } from './model.ts';

/** What the choice of a node depends on besides the tables. */
export interface Occupancy {
  /** Instance slots in use per element. */
  readonly slotsUsed: ArrayLike<number>;
  /** Node + 1 per seat, 0 for none. */
  readonly seatHost: ArrayLike<number>;
  /** Share per signal; nodes below 1, or of which nothing can be reached, take no instance. */
  readonly served: ArrayLike<number>;
}

/**
 * Node for a member: up, with enough free slots, away from the other members at the group's anti-affinity level, and for a
 * replacement that stays where the member started (`home`; −1: it starts now), in the same domain.
 * Among feasible nodes one without a conflict first (soft anti-affinity), then the most free slots, then the order of
 * the model; −1 if none is feasible (SEM-28, A-09, A-33).
 */
export function chooseNode(
  model: Pick<CompiledModel, 'groups' | 'elements'>,
  occupancy: Occupancy,
  group: number,
  seat: number,
  home = -1,
): number {
  const { groups, elements } = model;
  const within = home < 0 ? -1 : groups.withinLevel[group]!;
  const domainOf = (node: number): number => elements.domains[SPREAD_LEVELS.length * node + within]!;
  const needed = groups.slotsPerMember[group]!;
  const level = groups.spreadLevel[group]!;
  const hard = groups.spreadHard[group] === 1;
  let best = -1;
  let bestFree = -1;
  let bestConflict = true;
  for (let i = groups.nodeStart[group]!; i < groups.nodeStart[group + 1]!; i++) {
    const node = groups.node[i]!;
    const free = elements.capacity[node]! - occupancy.slotsUsed[node]!;
    if (free < needed || occupancy.served[node] !== 1) continue;
    if (within >= 0 && domainOf(node) !== domainOf(home)) continue;
    if (elements.reach[node]! >= 0 && occupancy.served[elements.reach[node]!] === 0) continue;
    const conflict = level >= 0 && sharesDomain(model, occupancy, group, seat, node, level);
    if (conflict && hard) continue;
    if (best < 0 || (bestConflict && !conflict) || (bestConflict === conflict && free > bestFree)) {
      best = node;
      bestFree = free;
      bestConflict = conflict;
    }
  }
  return best;
}

function sharesDomain(
  model: Pick<CompiledModel, 'groups' | 'elements'>,
  occupancy: Occupancy,
  group: number,
  seat: number,
  node: number,
  level: number,
): boolean {
  const { groups, elements } = model;
  const domain = elements.domains[SPREAD_LEVELS.length * node + level]!;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    const host = occupancy.seatHost[other]! - 1;
    if (other !== seat && host >= 0 && elements.domains[SPREAD_LEVELS.length * host + level] === domain) return true;
  }
  return false;
}
