import { type CompiledModel, GATE, NEED } from '../../../src/compile/model.ts';
import { STATUS, type World } from '../../../src/dynamics/world.ts';
import type { Timers } from '../../../src/kernel/timers.ts';
import { auditPlaces, carriesAlone, shareOf, sharesLoad } from './audit-sharing.ts';

/**
 * Recomputes everything derived in the state of a run from its primary columns and throws at the first difference. It
 * is meant for the state between two events.
 */
export function auditState(w: World, timers: Timers): void {
  auditElements(w);
  auditGates(w);
  auditGroups(w);
  auditProgress(w);
  auditPlacement(w);
  auditQueues(w);
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
    const isPlaced =
      seat >= 0 && staticHost < 0 && groups.nodeStart[seats.group[seat]!]! < groups.nodeStart[seats.group[seat]! + 1]!;
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
      const idle = seat >= 0 && w.active[seat] === 0;
      const pace = !up ? 0 : idle ? groups.standbyRate[seats.group[seat]!]! : 1;
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
    const weights = gates.weight.subarray(gates.inputStart[gate]!, gates.inputStart[gate + 1]!);
    const short = shares.reduce((sum, each, i) => sum + (1 - each) * weights[i]!, 0) - gates.spare[gate]!;
    const partly = 1 - Math.max(0, short) / gates.total[gate]!;
    if (gates.kind[gate] === GATE.weighted) {
      const found = w.served[elements.count + groups.count + gate]!;
      if (!(Math.abs(found - partly) < 1e-9)) fail(w, `share of gate ${names.gates[gate]}`, found, partly);
      continue;
    }
    const share = [...shares].sort((a, b) => b - a)[gates.threshold[gate]! - 1] ?? 0;
    check(w, w.served[elements.count + groups.count + gate]!, share, () => `share of gate ${names.gates[gate]}`);
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
      const up = w.ready[seat] === 1 && w.served[top] === 1;
      check(w, w.down[seat]!, up ? 0 : 1, () => `down of ${names.seats[seat]}`);
      if (w.active[seat] === 1) actives++;
      if (w.down[seat] === 1 && w.open[seat] === 0) throw new Error(`${names.seats[seat]} is down without a case`);
      if (w.open[seat] === 0 && w.lost[seat] !== 0) throw new Error(`${names.seats[seat]} is lost without a case`);
      if (w.open[seat] === 0 && w.known[seat] === 1) throw new Error(`${names.seats[seat]} is known without a case`);
      if (w.serving[seat] === 1 && !scheme.serves(w, seat))
        throw new Error(`the fault of ${names.seats[seat]} was remedied unnoticed`);
      if (scheme.serves(w, seat)) check(w, w.serving[seat]!, w.down[seat]!, () => `serving of ${names.seats[seat]}`);
      if (w.attempt[seat] !== 0 && w.serving[seat] === 0)
        throw new Error(`${names.seats[seat]} is failed over in vain`);
    }
    const limit = groups.recoveryConcurrency[group]!;
    if (limit > 0 && rebuilding(w, group) > limit)
      throw new Error(`${names.groups[group]} is rebuilt by too many at a time`);
    if (single && actives > 1) throw new Error(`${actives} members of ${names.groups[group]} have the active role`);
    if (single && w.down[connected] === 0) check(w, w.active[connected]!, 1, () => `role of ${names.seats[connected]}`);
    if (single && w.down[connected] === 1 && w.serving[connected] === 0)
      throw new Error(`${names.seats[connected]} fell unseen`);
    const share = w.served[elements.count + group]!;
    const expected = shareOf(w, group);
    if (Math.abs(share - expected) > 1e-9) fail(w, `share of ${names.groups[group]}`, share, expected);
    auditPlaces(w, group);
  }
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
      if (w.open[seat] === 1 && !recovers) stuck('is up, and its case is open for ever');
      const link = groups.replication[group]!;
      if (sharesLoad(w.model, group) && w.rotation[seat] === 0 && !recovers) stuck('is up, and never gets traffic');
      const copies = w.schemes[group]!.keepsCopy(w, seat);
      const follows = recovers || !copies || (link >= 0 && w.served[link] !== 1);
      if (w.synced[seat] === 0 && !follows) stuck('is up and never catches up');
    } else if (w.known[seat] === 0) {
      const looked = groups.standbyLaw[group]! >= 0 && w.serving[seat] === 0;
      const monitored = looked || groups.detectorStart[group]! < groups.detectorStart[group + 1]!;
      const seen = w.covered[seat] === 1 && monitored;
      if (!seen && !w.isRunning(seats.reportSlot[seat]!)) stuck('is down, and nobody will ever notice');
    } else if (w.lost[seat] === 0) {
      if (!recovers && !comesBack(w, seat)) stuck('is down, and nothing brings it back');
    } else if (!recovers && !mayWait(w, group, seat)) stuck('is lost, and nobody replaces it');
    const fails = isConnected && w.down[seat] === 1 && w.known[seat] === 1;
    const tried = w.trackStep[seats.remediation[seat]!] !== 0 || w.trackStep[seats.manual[seat]!] !== 0;
    if (fails && groups.remediation[group]! >= 0 && !tried) stuck('is known to be down, and nobody takes over');
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
    const track = elements.track[seats.layer[i]!]!;
    if (track >= 0 && w.trackStep[track] !== 0) return true;
  }
  return false;
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
  for (let seat = 0; seat < seats.count; seat++) {
    const host = w.seatHost[seat]! - 1;
    if (host < 0) continue;
    const group = seats.group[seat]!;
    used[host]! += groups.slotsPerMember[group]!;
    if (!candidates(model, group).includes(host)) throw new Error(`${names.seats[seat]} is on a foreign node`);
    if (groups.spreadLevel[group]! >= 0 && groups.spreadHard[group] === 1) auditSpread(w, group, seat, host);
  }
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

function candidates(model: CompiledModel, group: number): Int32Array {
  return model.groups.node.subarray(model.groups.nodeStart[group]!, model.groups.nodeStart[group + 1]!);
}

function auditSpread(w: World, group: number, seat: number, host: number): void {
  const { elements, groups, names } = w.model;
  const level = groups.spreadLevel[group]!;
  for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++) {
    const otherHost = w.seatHost[other]! - 1;
    if (other === seat || otherHost < 0) continue;
    if (elements.domains[3 * host + level] === elements.domains[3 * otherHost + level]) {
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
    } else if (queue >= 0 && w.trackStatus[track] === STATUS.waiting)
      throw new Error(`track ${track} waits in no queue`);
    if (queue >= 0 && queue !== queues.slotQueue && w.trackStatus[track] === STATUS.running) busy[queue]!++;
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
    if (queues.crews[queue]! > 0 && busy[queue]! < queues.crews[queue]!) auditNobodyWaitsInVain(w, queue);
  }
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
  check(w, w.activity[0]!, activity, () => 'activity');
}
