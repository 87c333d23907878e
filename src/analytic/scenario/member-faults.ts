import { type CompiledModel, MANIFESTATION, NEED } from '../../compile/model.ts';
import { meanRestore, programDuration, timeUntilBack } from '../../compile/programs.ts';
import { type Law, mean } from '../../model/law.ts';
import { elementFigures } from './elements.ts';
import { groupShocks } from './shocks.ts';
import { signalFigures } from './structure.ts';

/** One way a member of a group goes down. */
export interface MemberFault {
  /** Per second while the member is up. */
  readonly rate: number;
  /** Mean time from the fault until the member is back, seconds, when it is noticed after so long; Infinity: not by itself. */
  readonly back: (noticed: number) => number;
  /** Mean time until the member stands by again where another has taken over, s. */
  readonly exposure: number;
  /** The instance is lost: only recovery brings the member back. */
  readonly isLost: boolean;
}

/**
 * Faults of the group's first member: of its layers, of everything it runs on, and of shocks that strike it alone. An
 * instance is lost with its node, and with a shock.
 */
export function memberFaults(model: CompiledModel, group: number): MemberFault[] {
  const { seats, elements, modes, laws, groups } = model;
  const seat = groups.seatStart[group]!;
  const alone = groups.seatStart[group + 1]! - seat === 1;
  const recovery = timeUntilBack(model, groups.recovery[group]!);
  // Rebuilt before the service is back only where recovery does not wait for that.
  const rebuilds = alone || groups.recoveryAtDetection[group] === 1;
  const rebuiltAfter = (noticed: number): number => (rebuilds ? noticed + recovery : Number.POSITIVE_INFINITY);
  const rebuilding = programDuration(model, groups.recovery[group]!).mean;
  // A standby that may be stale stands by as soon as it is back.
  const resync = groups.stateRequired[group] === 1 ? programDuration(model, groups.resync[group]!).mean : 0;
  const faults: MemberFault[] = [];
  const hostFails = ({ rate, meanDown }: { readonly rate: number; readonly meanDown: number }): void => {
    // In its own place it waits for that place.
    const waits = groups.inPlace[group] === 1 ? meanDown : 0;
    if (rate === 0) return;
    const back = (noticed: number): number => rebuiltAfter(Math.max(noticed, waits));
    faults.push({ rate, isLost: true, back, exposure: waits + rebuilding });
  };
  for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
    const layer = seats.layer[i]!;
    for (let mode = elements.modeStart[layer]!; mode < elements.modeStart[layer + 1]!; mode++) {
      // The others leave the member alive.
      if (modes.manifestation[mode] !== MANIFESTATION.failStop) continue;
      const rate = 1 / mean(laws[modes.law[mode]!]!);
      const isLost = modes.program[mode]! < 0;
      const restore = meanRestore(model, modes.program[mode]!);
      if (rate === 0) continue;
      if (isLost) faults.push({ rate, isLost, back: rebuiltAfter, exposure: rebuilding });
      else faults.push({ rate, isLost, back: () => restore, exposure: restore + resync });
    }
  }
  for (let host = seats.home[seat]!; host >= 0; host = elements.host[host]!) {
    hostFails(elementFigures(model, host));
    const inner = elements.inner[host]!;
    if (inner < 0) continue;
    const { frequency, meanDown } = signalFigures(model, [inner]);
    hostFails({ rate: frequency, meanDown });
  }
  const { each } = groupShocks(model, group);
  if (each > 0) faults.push({ rate: each, isLost: true, back: rebuiltAfter, exposure: rebuilding });
  return faults;
}

/** Laws of the latencies of the detectors that can see a fault: one that asks a peer sees none in a group of one. */
export function usableDetectors(model: CompiledModel, group: number): Law[] {
  const { groups, laws } = model;
  const alone = groups.seatStart[group + 1]! - groups.seatStart[group]! === 1;
  const usable: Law[] = [];
  for (let i = groups.detectorStart[group]!; i < groups.detectorStart[group + 1]!; i++) {
    const needs = groups.detectorNeed.subarray(groups.detectorNeedStart[i]!, groups.detectorNeedStart[i + 1]!);
    if (!alone || !needs.includes(NEED.peer)) usable.push(laws[groups.detectorLaw[i]!]!);
  }
  return usable;
}

/** Chance that monitoring notices a fault of the serving member, and how long it takes on average, s. */
export function detectionOf(model: CompiledModel, group: number): { readonly coverage: number; readonly time: number } {
  const { groups, laws } = model;
  const latencies = usableDetectors(model, group);
  if (latencies.length === 0) return { coverage: 0, time: mean(laws[groups.uncoveredLaw[group]!]!) };
  const alone = groups.seatStart[group + 1]! - groups.seatStart[group]! === 1;
  // Nobody stands by for a group of one: it is always exposed.
  const coverage = alone ? groups.coverageExposed[group]! : groups.coverage[group]!;
  const means = latencies.map(mean);
  // The first of memoryless detectors; of others the quickest.
  const memoryless = latencies.every(({ kind }) => kind === 'exponential');
  const time = memoryless ? 1 / means.reduce((sum, each) => sum + 1 / each, 0) : Math.min(...means);
  return { coverage, time };
}
