import { GATE, MANIFESTATION, NEED, SPREAD_LEVELS, TRACK } from '../../../src/compile/model.ts';
import { takeResources } from '../../../src/compile/resources.ts';
import { candidates, emptyRooms, setFree } from '../../../src/compile/rooms.ts';
import { STATUS, SUSPECT, type World } from '../../../src/dynamics/world.ts';
import type { Timers } from '../../../src/kernel/timers.ts';
import { RESOURCES } from '../../../src/model/resources.ts';
import { auditCampaigns, auditPlacesWaitedFor, isHandled } from './audit-campaigns.ts';
import { auditMonitoring, isMonitored } from './audit-monitoring.ts';
import { auditPlaces, carriesAlone, shareOf, sharesLoad } from './audit-sharing.ts';

/**
 * Recomputes everything derived in the state of a run from its primary columns and throws at the first difference. It
 * is meant for the state between two events.
 */
export function auditState(w: World, timers: Timers): void {
  auditElements(w);
  auditGates(w);
  auditNetworks(w);
  auditGroups(w);
  auditProgress(w);
  auditMonitoring(w);
  auditPlacement(w);
  auditQueues(w);
  auditCampaigns(w);
  auditPlacesWaitedFor(w);
  auditClocks(w, timers);
}

function fail(w: World, what: string, found: unknown, expected: unknown): never {
  throw new Error(`at ${w.now} µs: ${what} is ${found}, recomputed ${expected}`);
}

function check(w: World, found: number, expected: number, what: () => string): void {
  if (found !== expected) fail(w, what(), found, expected);
}

function auditElements(w: World): void {
  const { elements, seats, groups, names } = w.model;
  for (let e = 0; e < elements.count; e++) {
    const seat = elements.seat[e]!;
    const staticHost = elements.host[e]!;
    const isPlaced = seat >= 0 && staticHost < 0 && groups.room[seats.group[seat]!]! >= 0;
    const host = isPlaced ? w.seatHost[seat]! - 1 : staticHost;
    const inner = elements.inner[e]!;
    const innerUp = inner < 0 || w.served[inner] === 1;
    const stands = innerUp && (host < 0 || w.served[host] === 1);
    if (host >= 0) check(w, w.hostDown[e]!, stands ? 0 : 1, () => `hostDown of ${names.elements[e]}`);
    else if (!isPlaced) check(w, w.hostDown[e]!, stands ? 0 : 1, () => `hostDown of ${names.elements[e]}`);
    else if (w.failedMode[e] === 0) throw new Error(`${names.elements[e]} works without a place`);
    const up = w.failedMode[e] === 0 && w.hostDown[e] === 0;
    check(w, w.served[e]!, up ? 1 : 0, () => `share of ${names.elements[e]}`);
    for (let mode = elements.modeStart[e]!; mode < elements.modeStart[e + 1]!; mode++) {
      // The clocks of a campaign's starts take turns.
      if (w.model.upgrades.count > 0 && w.model.upgrades.campaignOf[mode]! >= 0) continue;
      const idle = seat >= 0 && w.active[seat] === 0;
      const standby = idle ? groups.standbyRate[seats.group[seat]!]! : 1;
      const isFalse = w.model.modes.manifestation[mode]! >= MANIFESTATION.falseAlarm;
      const pace = !up ? 0 : isFalse && standby > 0 ? 1 : standby * restingRateOf(w, e);
      check(w, w.paces[mode]!, pace, () => `pace of ${names.elements[e]}:${names.modes[mode]}`);
    }
  }
}

function auditGates(w: World): void {
  const { gates, elements, groups, names } = w.model;
  for (let gate = 0; gate < gates.count; gate++) {
    const shares: number[] = [];
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) shares.push(w.served[gates.input[i]!]!);
    const up = shares.filter((share) => share === 1).length;
    if (gates.counting[gate] === 1) check(w, w.upInputs[gate]!, up, () => `inputs up of ${names.gates[gate]}`);
    const share = gateShareOf(w, gate, shares);
    if (share === undefined) continue;
    check(w, w.served[elements.count + groups.count + gate]!, share, () => `share of gate ${names.gates[gate]}`);
  }
}

/** Share of a gate by the shares of its inputs; weighted ones to rounding, so that they are compared here. */
function gateShareOf(w: World, gate: number, shares: readonly number[]): number | undefined {
  const { gates, elements, groups, names } = w.model;
  const found = w.served[elements.count + groups.count + gate]!;
  switch (gates.kind[gate]) {
    case GATE.threshold:
      return [...shares].sort((a, b) => b - a)[gates.threshold[gate]! - 1] ?? 0;
    case GATE.standby: {
      const use = w.standbyUse[gate]!;
      const first = gates.inputStart[gate]!;
      // What it could use, it does; what it uses, nobody else does.
      const best = shares.findIndex(
        (share, i) => share === 1 && (i === 0 || !isTaken(w, gate, gates.input[first + i]!)),
      );
      const expected = shares[0] === 1 || use === 0 || shares[use] !== 1 ? best : use;
      if (use !== (expected < 0 ? shares.length : expected))
        fail(w, `input that gate ${names.gates[gate]} uses`, use, expected);
      return expected < 0 ? 0 : 1;
    }
    case GATE.present:
      return shares[0]! > 0 ? 1 : 0;
    case GATE.product:
      return shares.reduce((product, share) => product * share, 1);
    case GATE.weighted: {
      const first = gates.inputStart[gate]!;
      const lost = shares.reduce((sum, share, i) => sum + (1 - share) * gates.weight[first + i]!, 0);
      const short = Math.max(0, lost - gates.spare[gate]!) / gates.total[gate]!;
      if (Math.abs(found - (1 - short)) > 1e-9) fail(w, `share of gate ${names.gates[gate]}`, found, 1 - short);
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Some other standby gate uses the signal as a spare. */
function isTaken(w: World, gate: number, signal: number): boolean {
  const { gates } = w.model;
  return [...gates.kind.keys()].some((other) => {
    const at = gates.inputStart[other]! + w.standbyUse[other]!;
    const isSpare = gates.kind[other] === GATE.standby && w.standbyUse[other]! > 0 && at < gates.inputStart[other + 1]!;
    return other !== gate && isSpare && gates.input[at] === signal;
  });
}

/** Rate of the element as a spare: the nominal one if any standby gate uses something that it is part of. */
function restingRateOf(w: World, element: number): number {
  const { gates, elements, groups, standbys } = w.model;
  if (standbys.rate.length === 0) return 1;
  const holds = (signal: number): boolean => {
    const gate = signal - elements.count - groups.count;
    if (gate < 0) return signal === element;
    return [...gates.input.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!)].some(holds);
  };
  let isSpare = false;
  for (let gate = 0; gate < gates.count; gate++) {
    if (gates.kind[gate] !== GATE.standby) continue;
    for (let i = gates.inputStart[gate]! + 1; i < gates.inputStart[gate + 1]!; i++) {
      if (!holds(gates.input[i]!)) continue;
      if (i === gates.inputStart[gate]! + w.standbyUse[gate]!) return 1;
      isSpare = true;
    }
  }
  return isSpare ? standbys.rate[element]! : 1;
}

/** Whatever a graph's search says is found again by spreading from the exits, edge by edge. */
function auditNetworks(w: World): void {
  const { networks, elements, groups, names } = w.model;
  for (let network = 0; network < networks.count; network++) {
    const first = networks.vertexStart[network]!;
    const end = networks.vertexStart[network + 1]!;
    const works = (vertex: number): boolean => w.served[networks.vertexElement[vertex]!] === 1;
    const joined = new Set<number>();
    for (let vertex = first; vertex < end; vertex++)
      if (networks.isExit[vertex] === 1 && works(vertex)) joined.add(vertex);
    for (let size = -1; size !== joined.size; ) {
      size = joined.size;
      for (const vertex of [...joined]) {
        for (let i = networks.edgeStart[vertex]!; i < networks.edgeStart[vertex + 1]!; i++) {
          if (w.served[networks.edgeElement[i]!] === 1 && works(networks.edgeEnd[i]!)) joined.add(networks.edgeEnd[i]!);
        }
      }
    }
    for (let vertex = first; vertex < end; vertex++) {
      const gate = networks.vertexGate[vertex]!;
      const share = w.served[elements.count + groups.count + gate]!;
      check(w, share, joined.has(vertex) ? 1 : 0, () => `share of ${names.gates[gate]}`);
    }
  }
}

function auditGroups(w: World): void {
  const { groups, seats, elements, names } = w.model;
  for (let group = 0; group < groups.count; group++) {
    const first = groups.seatStart[group]!;
    const end = groups.seatStart[group + 1]!;
    const scheme = w.schemes[group]!;
    const connected = w.connected[group]!;
    const single = carriesAlone(w.model, group);
    if (single && (connected < first || connected >= end))
      throw new Error(`${names.groups[group]} leads to a seat of another group`);
    let actives = 0;
    for (let seat = first; seat < end; seat++) {
      const top = seats.layer[seats.layerStart[seat + 1]! - 1]!;
      const up = w.ready[seat] === 1 && w.served[top] === 1 && w.reach(seat) > 0;
      check(w, w.down[seat]!, up ? 0 : 1, () => `down of ${names.seats[seat]}`);
      if (w.cutOff[seat] === 1 && (up || w.served[top] !== 1))
        throw new Error(`${names.seats[seat]} is not just cut off`);
      if (w.active[seat] === 1) actives++;
      if (w.down[seat] === 1 && w.open[seat] === 0) throw new Error(`${names.seats[seat]} is down without a case`);
      if (w.open[seat] === 0 && w.lost[seat] !== 0) throw new Error(`${names.seats[seat]} is lost without a case`);
      if (w.open[seat] === 0 && w.known[seat] === 1) throw new Error(`${names.seats[seat]} is known without a case`);
      if (w.serving[seat] === 1 && !scheme.serves(w, seat))
        throw new Error(`the fault of ${names.seats[seat]} was remedied unnoticed`);
      // Users suffer from the fault of a member that carries traffic: it is down, or it is believed to be.
      const believed = w.suspect[seat] === SUSPECT.alarm || w.suspect[seat] === SUSPECT.gray;
      const suffer = w.down[seat] === 1 || (believed && w.open[seat] === 1);
      if (scheme.serves(w, seat) && !suffer) check(w, w.serving[seat]!, 0, () => `serving of ${names.seats[seat]}`);
      if (scheme.serves(w, seat) && w.down[seat] === 1)
        check(w, w.serving[seat]!, 1, () => `serving of ${names.seats[seat]}`);
      if (w.suspect[seat] !== 0 && w.down[seat] === 1)
        throw new Error(`${names.seats[seat]} is down and still suspected`);
      if (w.suspect[seat] === SUSPECT.alarm || w.suspect[seat] === SUSPECT.gray) {
        if (w.open[seat] === 0) throw new Error(`${names.seats[seat]} is suspected without a case`);
      }
      if (w.gray[seat] !== 0 && w.suspect[seat] !== SUSPECT.gray)
        throw new Error(`${names.seats[seat]} is gray, and nobody will ever know`);
      if (w.attempt[seat] !== 0 && w.serving[seat] === 0)
        throw new Error(`${names.seats[seat]} is failed over in vain`);
    }
    const limit = groups.recoveryConcurrency[group]!;
    if (limit > 0 && rebuilding(w, group) > limit)
      throw new Error(`${names.groups[group]} is rebuilt by too many at a time`);
    if (single && actives > 1) throw new Error(`${actives} members of ${names.groups[group]} have the active role`);
    const promoted = w.rival[group] === connected + 1;
    if (single && w.down[connected] === 0 && !promoted)
      check(w, w.active[connected]!, 1, () => `role of ${names.seats[connected]}`);
    check(
      w,
      w.rival[group] === 0 ? 0 : 1,
      w.isRunning(groups.splitSlot[group]!) ? 1 : 0,
      () => `clock of ${names.groups[group]}`,
    );
    if (single && w.down[connected] === 1 && w.serving[connected] === 0)
      throw new Error(`${names.seats[connected]} fell unseen`);
    const share = w.served[elements.count + group]!;
    const expected = shareOf(w, group) * impaired(w, group);
    if (Math.abs(share - expected) > 1e-9) fail(w, `share of ${names.groups[group]}`, share, expected);
    auditPlaces(w, group);
  }
}

/** Share of the load of members that are up and carry traffic: planned interruptions, gray faults, two active members. */
function impaired(w: World, group: number): number {
  const { groups, seats, steps, modes } = w.model;
  let carriers = 0;
  let kept = 0;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.down[seat] === 1 || !w.schemes[group]!.serves(w, seat)) continue;
    carriers++;
    const track = seats.remediation[seat]!;
    const step = w.trackStep[track]! - 1;
    if (step >= 0 && w.trackStatus[track] === STATUS.running && steps.interrupts[step] === 1) continue;
    kept += w.gray[seat] === 0 ? 1 : 1 - modes.loss[w.gray[seat]! - 1]!;
  }
  let share = carriers === 0 ? 1 : kept / carriers;
  const rival = w.rival[group]! - 1;
  if (rival < 0) return share;
  // One that is cut off lives all the same (SEM-36).
  const top = seats.layer[seats.layerStart[rival + 1]! - 1]!;
  if (w.ready[rival] === 0 || w.served[top] !== 1) return share;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (seat === rival || w.active[seat] === 0 || w.down[seat] === 1) continue;
    share *= 1 - groups.splitLoss[group]!;
  }
  return share;
}

/** Members on their way to service; those that only catch up do not count. */
function rebuilding(w: World, group: number): number {
  const { groups, seats } = w.model;
  let count = 0;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.ready[seat] === 0 && w.trackStep[seats.recovery[seat]!] !== 0) count++;
  }
  return count;
}

/** Nothing is forgotten: whatever is not as it should be is being worked on, or waits for something that is not there. */
function auditProgress(w: World): void {
  const { groups, seats, names } = w.model;
  for (let seat = 0; seat < seats.count; seat++) {
    const group = seats.group[seat]!;
    const stuck = (why: string): never => {
      throw new Error(`at ${w.now} µs: ${names.seats[seat]} ${why}`);
    };
    const isConnected = w.schemes[group]!.serves(w, seat);
    if (watched(w, seat) && (w.open[seat] === 0 || w.known[seat] === 1))
      stuck('is watched, and there is nothing to see');
    const recovers = w.trackStep[seats.recovery[seat]!] !== 0;
    if (w.down[seat] === 0) {
      const suspected = w.suspect[seat] !== SUSPECT.none;
      if (w.open[seat] === 1 && !recovers && !suspected) stuck('is up, and its case is open for ever');
      if (suspected) auditSuspect(w, seat, stuck);
      const link = groups.replication[group]!;
      // A campaign that takes its node out next has led the traffic elsewhere.
      const leaves = isHandled(w, seat);
      const idle = sharesLoad(w.model, group) && w.rotation[seat] === 0 && !recovers;
      if (idle && !leaves) stuck('is up, and never gets traffic');
      const copies = w.schemes[group]!.keepsCopy(w, seat);
      const follows = recovers || leaves || !copies || suspected || (link >= 0 && w.served[link] !== 1);
      if (w.synced[seat] === 0 && !follows) stuck('is up and never catches up');
    } else if (w.known[seat] === 0) {
      const seen = w.covered[seat] === 1 && isMonitored(w, seat);
      if (!seen && !w.isRunning(seats.reportSlot[seat]!)) stuck('is down, and nobody will ever notice');
    } else if (w.lost[seat] === 0) {
      if (!recovers && !comesBack(w, seat)) stuck('is down, and nothing brings it back');
    } else if (!recovers && !mayWait(w, group, seat)) stuck('is lost, and nobody replaces it');
    const fails = isConnected && w.down[seat] === 1 && w.known[seat] === 1;
    const tried = w.trackStep[seats.remediation[seat]!] !== 0 || w.trackStep[seats.manual[seat]!] !== 0;
    if (fails && groups.remediation[group]! >= 0 && !tried) stuck('is known to be down, and nobody takes over');
  }
}

/** A living member under suspicion is being dealt with, is about to be noticed, or waits for somebody to take over. */
function auditSuspect(w: World, seat: number, stuck: (why: string) => never): void {
  const { groups, seats } = w.model;
  const group = seats.group[seat]!;
  const restarts = groups.rebuild[group]! >= 0 && w.trackStep[seats.recovery[seat]!] !== 0;
  const tried = restarts || w.trackStep[seats.remediation[seat]!] !== 0 || w.trackStep[seats.manual[seat]!] !== 0;
  if (w.known[seat] === 0 && w.open[seat] === 1) {
    if (!watched(w, seat)) {
      const blind = w.covered[seat] === 1 && isMonitored(w, seat);
      if (!blind) stuck('is gray, and nobody will ever notice');
    }
    return;
  }
  if (tried || w.rival[group] === seat + 1) return;
  const scheme = w.schemes[group]!;
  if (!scheme.serves(w, seat)) stuck('is suspected, does not serve and is not replaced');
  if (w.suspect[seat] === SUSPECT.alarm) stuck('is suspected, and nobody does anything');
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    if (other === seat || w.down[other] === 1 || w.suspect[other] !== SUSPECT.none) continue;
    if (scheme.heir(w, group, seat) === other) stuck('could be taken over from, and is not');
  }
}

/** Some detector, user or audit is about to notice the seat's fault. */
function watched(w: World, seat: number): boolean {
  const { seats, groups } = w.model;
  const group = seats.group[seat]!;
  const first = seats.detectorSlot[seat]!;
  const detectors = Math.max(1, groups.detectorStart[group + 1]! - groups.detectorStart[group]!);
  for (let slot = first; slot < first + detectors; slot++) if (w.isRunning(slot)) return true;
  return w.isRunning(seats.reportSlot[seat]!);
}

/** Some layer is on its way back by itself, or what the member runs on is. */
function comesBack(w: World, seat: number): boolean {
  const { seats, elements } = w.model;
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    for (let e = seats.layer[i]!; e >= 0; e = elements.host[e]!) {
      const track = elements.track[e]!;
      if (track >= 0 && w.trackStep[track] !== 0) return true;
    }
  }
  // Shut down with the node that a campaign has taken out: with that.
  for (let e = w.seatHost[seat]! - 1; e >= 0; e = elements.host[e]!) {
    const track = elements.track[e]!;
    if (track >= 0 && w.trackStep[track] !== 0) return true;
  }
  // Cut off: the way there is repaired, or the traffic is led another way.
  return w.reach(seat) === 0;
}

/** Recovery may be put off: until the failover under way is over, or until a rebuilding slot of the group is free. */
function mayWait(w: World, group: number, waiting: number): boolean {
  const { groups, seats } = w.model;
  const connected = w.connected[group]!;
  let running = 0;
  let heirs = 0;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.trackStep[seats.recovery[seat]!] !== 0) running++;
    if (seat !== connected && w.down[seat] === 0) heirs++;
  }
  const limit = groups.recoveryConcurrency[group]!;
  if (limit > 0 && running >= limit) return true;
  if (groups.recoveryAtDetection[group] === 1) return false;
  if (carriesAlone(w.model, group)) return w.down[connected] === 1 && heirs > 0;
  return w.rotation[waiting] !== 0 && w.schemes[group]!.heir(w, group, waiting) >= 0;
}

function auditPlacement(w: World): void {
  const { model } = w;
  const { elements, seats, groups, names } = model;
  const used = new Int32Array(elements.count);
  const resources = new Int32Array(elements.resources.length);
  const take = (at: number, amount: number): void => {
    resources[at]! += amount;
  };
  for (let seat = 0; seat < seats.count; seat++) {
    const group = seats.group[seat]!;
    const aside = (w.aside[seat] ?? 0) - 1;
    if (aside >= 0 && aside < elements.count) {
      used[aside]! += groups.slotsPerMember[group]!;
      takeResources(groups, group, aside, 1, take);
    }
    const host = w.seatHost[seat]! - 1;
    if (host < 0) continue;
    takeResources(groups, group, host, 1, take);
    used[host]! += groups.slotsPerMember[group]!;
    if (!candidates(model, group).includes(host)) throw new Error(`${names.seats[seat]} is on a foreign node`);
    if (groups.spreadLevel[group]! >= 0 && groups.spreadHard[group] === 1) auditSpread(w, group, seat, host);
  }
  for (let seat = 0; seat < w.moveTo.length; seat++) {
    if (w.moveTo[seat] === 0) continue;
    const group = model.seats.group[seat]!;
    used[w.moveTo[seat]! - 1]! += groups.slotsPerMember[group]!;
    takeResources(groups, group, w.moveTo[seat]! - 1, 1, take);
  }
  model.orphans.node.forEach((node, place) => {
    const some = w.orphaned[place]!;
    used[node]! += some;
    if (resources.length > 0)
      for (const [i] of RESOURCES.entries())
        take(RESOURCES.length * node + i, w.orphanedResources[RESOURCES.length * place + i]!);
    check(
      w,
      some > 0 ? 1 : 0,
      w.isRunning(model.slots.cleanup + place) ? 1 : 0,
      () => `clean-up of ${names.elements[node]}`,
    );
  });
  const free = new Int32Array(w.free.length);
  emptyRooms(model.rooms, elements.capacity, free);
  for (const node of model.rooms.node) {
    setFree(model.rooms, free, node, elements.capacity[node]! - used[node]!, (place, slots) => {
      free[place] = slots;
    });
  }
  resources.forEach((amount, at) => {
    check(w, w.resourcesUsed[at]!, amount, () => `resources used, place ${at}`);
    if (amount > elements.resources[at]!) throw new Error(`more resources are used than there are, place ${at}`);
  });
  for (let place = 0; place < free.length; place++)
    check(w, w.free[place]!, free[place]!, () => 'free slots of a room');
  for (let e = 0; e < elements.count; e++) {
    check(w, w.slotsUsed[e]!, used[e]!, () => `slots used of ${names.elements[e]}`);
    if (used[e]! > elements.capacity[e]!) throw new Error(`${names.elements[e]} holds more than it has slots`);
    const listed: number[] = [];
    for (let seat = w.firstSeat[e]! - 1; seat >= 0; seat = w.nextSeat[seat]! - 1) listed.push(seat);
    for (const seat of listed) check(w, w.seatHost[seat]! - 1, e, () => `node of ${names.seats[seat]} in the list`);
    const hosted = w.seatHost.reduce((count, host) => count + (host === e + 1 ? 1 : 0), 0);
    check(w, listed.length, hosted, () => `length of the list of ${names.elements[e]}`);
  }
}

function auditSpread(w: World, group: number, seat: number, host: number): void {
  const { elements, groups, names } = w.model;
  const level = groups.spreadLevel[group]!;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    const otherHost = w.seatHost[other]! - 1;
    if (other === seat || otherHost < 0) continue;
    if (
      elements.domains[SPREAD_LEVELS.length * host + level] ===
      elements.domains[SPREAD_LEVELS.length * otherHost + level]
    ) {
      throw new Error(
        `at ${w.now} µs: ${names.seats[seat]} and ${names.seats[other]} share a domain they must not share`,
      );
    }
  }
}

function auditQueues(w: World): void {
  const { queues, steps, tracks } = w.model;
  const places: number[][] = Array.from({ length: queues.count }, () => []);
  const busy = new Int32Array(queues.count);
  for (let track = 0; track < tracks.count; track++) {
    const step = w.trackStep[track]! - 1;
    const queue = step < 0 ? -1 : steps.queue[step]!;
    const place = w.queuePlace[track]!;
    if (place !== 0) {
      if (queue < 0 || w.trackStatus[track] !== STATUS.waiting)
        throw new Error(`track ${track} queues without waiting`);
      places[queue]!.push(place);
      if (queues.control[queue] === 1 && !isAnswered(w, step)) throw new Error(`track ${track} queues at nobody`);
    } else if (queue >= 0 && w.trackStatus[track] === STATUS.waiting) {
      // Whoever gets no answer from a control function, or has nothing to ask yet, is in no queue of it.
      const own = steps.need.subarray(steps.needStart[step]!, steps.needStart[step + 1]!).some((need) => need < 0);
      if (queues.control[queue] === 0 || (isAnswered(w, step) && !own))
        throw new Error(`track ${track} waits in no queue`);
    }
    if (queue >= 0 && queue !== queues.slotQueue && w.trackStatus[track] === STATUS.running) busy[queue]!++;
    // A unit in the shop stands for a spare in use, unless its place still waits for one.
    if (tracks.kind[track] === TRACK.shop && step >= 0) busy[shopQueue(w, track)]!++;
    else if (queue >= 0 && queues.spares[queue] === 1) busy[queue]!--;
    if (step < 0 && w.trackStatus[track] !== STATUS.idle) throw new Error(`track ${track} has a status and no step`);
    if (step >= 0 && w.trackStatus[track] === STATUS.idle) throw new Error(`track ${track} stands between two steps`);
  }
  for (let queue = 0; queue < queues.count; queue++) {
    const sorted = places[queue]!.sort((a, b) => a - b);
    const expected = queues.inElementOrder[queue] === 1 ? sorted.map(() => 1) : sorted.map((_, i) => i + 1);
    check(w, w.queueLength[queue]!, sorted.length, () => `length of queue ${queue}`);
    if (sorted.join() !== expected.join()) fail(w, `places of queue ${queue}`, sorted, expected);
    if (queue === queues.slotQueue) continue;
    check(w, w.crewsBusy[queue]!, busy[queue]!, () => `crews busy of queue ${queue}`);
    if (queues.crews[queue]! > 0 && busy[queue]! > queues.crews[queue]!)
      throw new Error(`queue ${queue} has too many crews`);
    if (queues.preemptive[queue] === 1) auditOrder(w, queue);
    if (queues.crews[queue]! > 0 && busy[queue]! < queues.crews[queue]!) auditNobodyWaitsInVain(w, queue);
  }
}

/** Nobody who lacks nothing but a crew of a preemptive queue waits while one works for somebody later. */
function auditOrder(w: World, queue: number): void {
  const { queues, steps, tracks } = w.model;
  let waits = false;
  for (const track of queues.track.subarray(queues.trackStart[queue], queues.trackStart[queue + 1])) {
    const step = w.trackStep[track]! - 1;
    if (step < 0 || steps.queue[step] !== queue) continue;
    if (w.trackStatus[track] === STATUS.running && waits)
      throw new Error(`track ${track} has a crew that one before it waits for`);
    const needs = steps.need.subarray(steps.needStart[step]!, steps.needStart[step + 1]!);
    if (w.trackStatus[track] === STATUS.waiting)
      waits ||= !needs.includes(NEED.host) || w.hostDown[tracks.owner[track]!] === 0;
  }
}

/** All control functions that the step asks are up. */
function isAnswered(w: World, step: number): boolean {
  const { steps } = w.model;
  return steps.need
    .subarray(steps.needStart[step]!, steps.needStart[step + 1]!)
    .every((need) => need < 0 || w.served[need] === 1);
}

function shopQueue(w: World, track: number): number {
  const { queues } = w.model;
  for (let queue = 0; queue < queues.count; queue++) {
    if (queues.shop.subarray(queues.shopStart[queue], queues.shopStart[queue + 1]).includes(track)) return queue;
  }
  throw new Error(`track ${track} is in no repair shop`);
}

/** While a crew is free, everybody in the queue lacks something else. */
function auditNobodyWaitsInVain(w: World, queue: number): void {
  const { queues, steps, tracks } = w.model;
  for (let i = queues.trackStart[queue]!; i < queues.trackStart[queue + 1]!; i++) {
    const track = queues.track[i]!;
    if (w.queuePlace[track] === 0) continue;
    const step = w.trackStep[track]! - 1;
    if (steps.queue[step] !== queue) continue;
    const needs = steps.need.subarray(steps.needStart[step]!, steps.needStart[step + 1]!);
    const lacksHost = needs.includes(NEED.host) && w.hostDown[tracks.owner[track]!] === 1;
    if (!lacksHost) throw new Error(`track ${track} waits for a crew while one is free`);
  }
}

function auditClocks(w: World, timers: Timers): void {
  const { slots, modes, tracks, laws, names } = w.model;
  let activity = 0;
  for (let slot = 0; slot < slots.count; slot++) {
    const isFailure = slot < modes.count;
    const law = isFailure ? modes.law[slot]! : w.clockLaw[slot - modes.count]! - 1;
    const runs = isFailure ? w.paces[slot]! > 0 : law >= 0;
    if (!isFailure && runs) activity++;
    const fires = runs && laws[law]!.kind !== 'never';
    if (timers.isArmed(slot) !== fires)
      fail(w, `timer of ${names.stream(slot).join(', ')}`, timers.isArmed(slot), fires);
    if (fires && timers.timeOf(slot) < w.now) throw new Error(`slot ${slot} is late`);
  }
  for (let track = 0; track < tracks.count; track++) {
    if (w.trackStep[track] === 0) continue;
    activity++;
    const runs = w.isRunning(tracks.firstSlot + track);
    const works = w.trackStatus[track] === STATUS.running || w.trackStatus[track] === STATUS.retrying;
    if (runs !== works) fail(w, `clock of track ${track}`, runs, works);
  }
  for (let seat = 0; seat < w.model.seats.count; seat++) {
    activity += (w.suspect[seat] === 0 ? 0 : 1) + (w.gray[seat] === 0 ? 0 : 1);
  }
  check(w, w.activity[0]!, activity, () => 'activity');
}
