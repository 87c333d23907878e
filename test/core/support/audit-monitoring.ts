import { NEED } from '../../../src/compile/model.ts';
import { SUSPECT, type World } from '../../../src/dynamics/world.ts';
import { FAULT_LAYERS } from '../../../src/model/monitoring.ts';

/** Recomputes who looks at what: every detector's clock runs exactly while it can see a fault that nobody knows of. */
export function auditMonitoring(w: World): void {
  const { groups, seats, names } = w.model;
  for (let seat = 0; seat < seats.count; seat++) {
    const group = seats.group[seat]!;
    const first = groups.detectorStart[group]!;
    const otherwise =
      (w.suspect[seat] === SUSPECT.gray && groups.grayLaw[group]! >= 0) ||
      (w.serving[seat] === 0 && groups.standbyLaw[group]! >= 0);
    if (otherwise) continue;
    const unknown = w.open[seat] === 1 && w.known[seat] === 0 && w.covered[seat] === 1;
    for (let detector = first; detector < groups.detectorStart[group + 1]!; detector++) {
      const runs = w.isRunning(seats.detectorSlot[seat]! + detector - first);
      const sees = unknown && coversFault(w, seat, detector) && !isBlind(w, seat, detector) && works(w, seat, detector);
      if (runs === sees) continue;
      const what = runs ? 'is looked at by a detector that cannot see it' : 'is not looked at';
      throw new Error(`at ${w.now} µs: ${names.seats[seat]} ${what} (detector ${detector - first})`);
    }
  }
}

/** Somebody will look at the seat's fault sooner or later, if it can be detected at all. */
export function isMonitored(w: World, seat: number): boolean {
  const { groups, seats } = w.model;
  const group = seats.group[seat]!;
  if (groups.standbyLaw[group]! >= 0 && w.serving[seat] === 0) return true;
  for (let detector = groups.detectorStart[group]!; detector < groups.detectorStart[group + 1]!; detector++)
    if (coversFault(w, seat, detector)) return true;
  return w.suspect[seat] === SUSPECT.gray && groups.detectorStart[group]! < groups.detectorStart[group + 1]!;
}

function coversFault(w: World, seat: number, detector: number): boolean {
  const sees = (layer: (typeof FAULT_LAYERS)[number]): boolean =>
    (w.model.groups.detectorSees[detector]! & (1 << FAULT_LAYERS.indexOf(layer))) !== 0;
  return sees(layerOf(w, seat)) || (sees('agent') && isSilent(w, seat));
}

/** The agent has failed, other than by not being registered: its last mode where registrations fail. */
function isSilent(w: World, seat: number): boolean {
  const { seats, groups, elements } = w.model;
  const agent = seats.agent[seat]!;
  if (agent < 0 || w.failedMode[agent] === 0) return false;
  const registers = groups.agentRegistered[seats.group[seat]!]! < 1;
  return !registers || w.failedMode[agent] !== elements.modeStart[agent + 1]!;
}

function layerOf(w: World, seat: number): (typeof FAULT_LAYERS)[number] {
  const { seats, modes } = w.model;
  if (w.gray[seat] !== 0) return FAULT_LAYERS[modes.layer[w.gray[seat]! - 1]!]!;
  const layers = [...seats.layer.subarray(seats.layerStart[seat]!, seats.layerStart[seat + 1]!)];
  const broken = layers.find((layer) => w.served[layer] !== 1);
  if (broken === undefined) return w.cutOff[seat] === 1 ? 'network' : 'instance';
  const mode = w.failedMode[broken]! - 1;
  return mode < 0 || mode === modes.count ? 'node' : FAULT_LAYERS[modes.layer[mode]!]!;
}

function isBlind(w: World, seat: number, detector: number): boolean {
  const window = w.model.groups.detectorBlind[detector]!;
  return window >= 0 && w.clockLaw[w.model.seats.blindSlot[seat]! + window - w.model.modes.count] !== 0;
}

function works(w: World, seat: number, detector: number): boolean {
  const { groups, seats } = w.model;
  const needs = groups.detectorNeed.subarray(
    groups.detectorNeedStart[detector]!,
    groups.detectorNeedStart[detector + 1]!,
  );
  const group = seats.group[seat]!;
  return [...needs].every((need) => {
    if (need >= 0) return w.served[need] !== 0;
    const agent = seats.agent[seat]!;
    if (need === NEED['guest-agent']) {
      const window = groups.agentBlind[group]!;
      const clock = seats.blindSlot[seat]! + window - w.model.modes.count;
      return w.served[agent] === 1 && (window < 0 || w.clockLaw[clock] === 0);
    }
    if (need === NEED.registration) {
      const last = w.model.elements.modeStart[agent + 1]!;
      return groups.agentRegistered[group]! >= 1 || w.failedMode[agent] !== last;
    }
    if (need !== NEED.peer) throw new Error(`a detector needs ${need}`);
    for (let other = groups.seatStart[group]!; other < groups.seatStart[group + 1]!; other++)
      if (other !== seat && w.down[other] === 0) return true;
    return false;
  });
}
