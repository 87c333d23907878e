import { isWaitingForPlace } from '../../../src/dynamics/blame.ts';
import { CORDON } from '../../../src/dynamics/placement.ts';
import type { World } from '../../../src/dynamics/world.ts';
import { DESTINATIONS } from '../../../src/model/upgrade.ts';

/** What upgrade campaigns make of nodes as places for instances, by the stages of their targets alone. */

const PENDING = 0;
const BATCH = 1;

/** Some campaign has dealt with the member in the batch under way. */
export function isHandled({ model: { upgrades, seats }, handled }: World, seat: number): boolean {
  return Array.from({ length: upgrades.count }, (_, campaign) => handled[campaign * seats.count + seat]).includes(1);
}

export function auditCampaigns(w: World): void {
  const { upgrades, names } = w.model;
  if (upgrades.count === 0) return;
  const expected = new Map<number, number>();
  for (let campaign = 0; campaign < upgrades.count; campaign++) {
    const own = [upgrades.targetStart[campaign]!, upgrades.targetStart[campaign + 1]!] as const;
    const stages = w.upgradeStage.subarray(...own);
    const prefers = upgrades.destination[campaign] !== DESTINATIONS.indexOf('any');
    const begun = stages.some((stage) => stage !== PENDING);
    upgrades.target.subarray(...own).forEach((element, i) => {
      const old = prefers && begun && stages[i] === PENDING ? CORDON.old : CORDON.none;
      const state = stages[i] === BATCH ? CORDON.barred : old;
      const before = expected.get(element) ?? CORDON.none;
      expected.set(element, [before, state].includes(CORDON.barred) ? CORDON.barred : Math.max(before, state));
    });
  }
  for (const [element, cordon] of expected) {
    const found = w.cordon[element];
    if (found !== cordon) {
      throw new Error(`at ${w.now} µs: cordon of ${names.elements[element]} is ${found}, recomputed ${cordon}`);
    }
  }
}

/** While a node can take an instance, nobody waits for a place for one. */
export function auditPlacesWaitedFor(w: World): void {
  const { tracks, seats, groups, names } = w.model;
  for (let track = 0; track < tracks.count; track++) {
    if (!isWaitingForPlace(w, track)) continue;
    const seat = tracks.owner[track]!;
    const group = seats.group[seat]!;
    if (groups.room[group]! < 0 || groups.inPlace[group] === 1 || w.seatHost[seat] !== 0) continue;
    if (w.nodeChoice.choose(group, seat, seats.home[seat]!) < 0) continue;
    throw new Error(`at ${w.now} µs: ${names.seats[seat]} waits for a place, and there is one`);
  }
}
