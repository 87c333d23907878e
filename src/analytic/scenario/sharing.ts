import type { CompiledModel } from '../../compile/model.ts';
import { meanRestore, programDuration, stepsOf, timeUntilBack } from '../../compile/programs.ts';
import { EFFECTS } from '../../model/flow.ts';
import { mean } from '../../model/law.ts';
import { LOAD_SHARING, SCHEMES } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';

/** What the terms of any group are made of. */
export interface MemberFigures {
  /** Failures of one member, 1/s. */
  readonly rate: number;
  /** Mean time from a fault to its detection, s. */
  readonly detection: number;
  /** Chance that a failover ends in hands, and the mean time until it does, times that chance (s). */
  readonly failing: { readonly chance: number; readonly time: number };
  /** Expected wait of a program for control functions, s. */
  readonly waitOf: (program: number) => number;
}

interface Term {
  readonly name: string;
  readonly dpm: number;
}

/** Several members carry the group's load. */
export function isShared(model: CompiledModel, group: number): boolean {
  const { scheme } = model.groups;
  return isBalanced(model, group) || SCHEMES[scheme[group]!] === 'shared-standby';
}

/** All members carry traffic (N-way active). */
export function isBalanced(model: CompiledModel, group: number): boolean {
  return LOAD_SHARING.includes(SCHEMES[model.groups.scheme[group]!]!);
}

/**
 * First-order downtime of a group whose members share the load, s/year weighted by the lost share (domain 2.11). Each of
 * n members has 1/n of the load, so that what every fault costs by itself, λ·T, does not depend on n; what several at a
 * time cost is binomial, members failing and coming back independently.
 */
export function sharedTerms(model: CompiledModel, group: number, figures: MemberFigures): readonly Term[] {
  const { groups, laws } = model;
  const first = groups.seatStart[group]!;
  const members = groups.seatStart[group + 1]! - first;
  const { rate, detection, failing, waitOf } = figures;
  const perYear = rate * SECONDS_PER_YEAR;
  const counted = groups.required[group]! > 0;
  const balanced = isBalanced(model, group);
  const coverage = groups.coverage[group]!;
  const confirmation = groups.confirmLaw[group]! < 0 ? 0 : mean(laws[groups.confirmLaw[group]!]!);
  const redirect = programDuration(model, groups.remediation[group]!).mean;
  const report = coverage === 1 ? 0 : mean(laws[groups.uncoveredLaw[group]!]!);
  const manual = programDuration(model, groups.manual[group]!).mean;
  // Nobody takes a member out of rotation: its share is lost until it is back, and the others never carry it.
  const stays = balanced && !counted && groups.remediation[group]! < 0;
  const untilBack = stays ? timeUntilBack(model, groups.recovery[group]!) + waitOf(groups.recovery[group]!) : 0;
  const covered = Math.max(detection + redirect, confirmation) + waitOf(groups.remediation[group]!) + untilBack;
  const byHand = groups.uncoveredManual[group] === 1 ? manual : redirect;
  const rebuild = timeAway(model, first, timeToJoin(model, group) + waitOf(groups.recovery[group]!));
  const reattach = mean(laws[groups.reattachLaw[group]!]!);
  // From the fault on where members are counted; else what precedes the eviction has terms of its own.
  const failed = failing.chance * (detection + manual) + failing.time;
  const before = coverage * ((1 - failing.chance) * covered + failed) + (1 - coverage) * (report + byHand);
  const away = counted ? before + rebuild : rebuild;
  const out = outOfService(members, stays ? 0 : (rate * away) / (1 + rate * away));
  const short = out.reduce((sum, chance, lost) => sum + chance * shortage(model, group, members, lost), 0);
  const alone = counted ? 0 : perYear;
  return [
    {
      name: stays ? 'share of dead members' : balanced ? 'eviction' : 'covered failover',
      dpm: alone * coverage * (1 - failing.chance) * covered,
    },
    { name: 'uncovered faults', dpm: alone * (1 - coverage) * (report + byHand) },
    {
      name: 'failed failover',
      dpm: alone * coverage * failed,
    },
    { name: balanced ? 'missing capacity' : 'standbys used up', dpm: short * SECONDS_PER_YEAR },
    { name: 'switching back', dpm: perYear * programDuration(model, groups.switchBack[group]!).mean },
    { name: 'lost sessions', dpm: perYear * lostShare(model, group) * reattach },
    {
      name: 'two losses in the ring',
      dpm: groups.ring[group] === 1 ? perYear * 2 * rate * (covered + recovery(model, group)) * reattach : 0,
    },
  ];
}

/** Chance that 0, 1, … n members are out, each with chance u. */
function outOfService(members: number, u: number): number[] {
  let ways = 1;
  return Array.from({ length: members + 1 }, (_, lost) => {
    if (lost > 0) ways = (ways * (members - lost + 1)) / lost;
    return ways * u ** lost * (1 - u) ** (members - lost);
  });
}

/** Share of the load that is not served while `lost` members are out and all traffic leads to the others. */
function shortage(model: CompiledModel, group: number, members: number, lost: number): number {
  const { required, unitCapacity, carriers, ring } = model.groups;
  const left = members - lost;
  if (!isBalanced(model, group)) return Math.max(0, carriers[group]! - left) / carriers[group]!;
  if (required[group]! > 0) return left < required[group]! ? 1 : 0;
  const proportional = Math.max(0, 1 - left * unitCapacity[group]!);
  // The taker of a share in a ring carries two; of several losses each has a taker of its own, first order.
  const hotSpots = ring[group] === 1 ? lost * Math.max(0, 2 / members - unitCapacity[group]!) : 0;
  return Math.min(1, Math.max(proportional, hotSpots));
}

/** Sessions that one failover loses, as a share of those of the member. */
function lostShare(model: CompiledModel, group: number): number {
  const { stateful, stateForAll, peerState, cleanLoss } = model.groups;
  if (stateful[group] === 0) return 0;
  return stateForAll[group] === 0 && peerState[group] === 1 ? 1 : cleanLoss[group]!;
}

/** Mean time until a failed member can carry traffic again, s: rebuilt in `rebuild`, or back by itself. */
function timeAway(model: CompiledModel, seat: number, rebuild: number): number {
  const { seats, elements, modes, laws } = model;
  let rate = 0;
  let away = 0;
  const count = (element: number, replaced: boolean): void => {
    for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
      const program = modes.program[mode]!;
      const own = 1 / mean(laws[modes.law[mode]!]!);
      rate += own;
      away += own * (replaced || program < 0 ? rebuild : meanRestore(model, program));
    }
  };
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) count(seats.layer[i]!, false);
  for (let host = seats.home[seat]!; host >= 0; host = elements.host[host]!) count(host, true);
  return rate === 0 ? 0 : away / rate;
}

const recovery = (model: CompiledModel, group: number): number =>
  programDuration(model, model.groups.recovery[group]!).mean;

/** Mean time from the start of the recovery until the member carries traffic, or can take over: s. */
function timeToJoin(model: CompiledModel, group: number): number {
  const { steps, laws, groups } = model;
  const join = 1 << EFFECTS.indexOf('join');
  const all = stepsOf(model, groups.recovery[group]!);
  const joins = all.some((step) => (steps.effects[step]! & join) !== 0);
  const ready = isBalanced(model, group) && joins ? join : 1 << EFFECTS.indexOf('available');
  let time = 0;
  for (const step of all) {
    time += mean(laws[steps.law[step]!]!);
    if ((steps.effects[step]! & ready) !== 0) return time;
  }
  return time;
}
