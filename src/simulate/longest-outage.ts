import type { CompiledModel } from '../compile/model.ts';
import { meanRestore, programDuration } from '../compile/programs.ts';
import { isLatent, testIntervals } from '../compile/proof-tests.ts';
import { mean } from '../model/law.ts';

/**
 * The longest outage (s, mean) one fault can plausibly cause a service: the longest restoration of an element it stands
 * on, the longest recovery or manual path of a group. An interval allows for one such outage not having been seen.
 */
export function longestOutage(model: CompiledModel, service: number): number {
  const { services, elements, groups, gates } = model;
  let longest = 0;
  const seen = new Set<number>();
  const visit = (signal: number): void => {
    if (seen.has(signal)) return;
    seen.add(signal);
    if (signal < elements.count) {
      for (let e = signal; e >= 0; e = elements.host[e]!) {
        longest = Math.max(longest, longestRestore(model, e));
        if (elements.inner[e]! >= 0) visit(elements.inner[e]!);
      }
    } else if (signal < elements.count + groups.count) {
      longest = Math.max(longest, longestOfGroup(model, signal - elements.count));
    } else {
      const gate = signal - elements.count - groups.count;
      for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) visit(gates.input[i]!);
    }
  };
  for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) visit(services.term[i]!);
  return longest;
}

function longestRestore(model: CompiledModel, element: number): number {
  const { elements, modes } = model;
  let longest = 0;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    const latent = isLatent(model, modes.program[mode]!) ? untilTested(model, element) : 0;
    longest = Math.max(longest, latent + finite(meanRestore(model, modes.program[mode]!)));
  }
  return longest;
}

/** Mean time (s) between the proof tests that look at the element, of the one that comes most often. */
function untilTested(model: CompiledModel, element: number): number {
  return finite(Math.min(...testIntervals(model, element).map(mean)));
}

function longestOfGroup(model: CompiledModel, group: number): number {
  const { groups, laws, seats } = model;
  let struck = 0;
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
      const layer = seats.layer[i]!;
      for (let mode = model.elements.modeStart[layer]!; mode < model.elements.modeStart[layer + 1]!; mode++) {
        // Nobody can take over from members that were struck together.
        if (model.strikes.source[mode] !== mode) {
          struck = Math.max(struck, finite(meanRestore(model, model.modes.program[mode]!)));
        }
      }
    }
  }
  const manual = programDuration(model, groups.manual[group]!).mean;
  const recovery = programDuration(model, groups.recovery[group]!).mean;
  const reported = mean(laws[groups.uncoveredLaw[group]!]!);
  if (groups.internal[group] === 1) return longestOfLinks(model, group);
  let home = 0;
  if (groups.inPlace[group] === 1) {
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      if (seats.home[seat]! >= 0) home = Math.max(home, longestRestore(model, seats.home[seat]!));
    }
  }
  return Math.max(struck, finite(reported) + finite(manual), finite(reported) + finite(recovery) + home);
}

/** Links of a fabric and what they hang on come back by their own repair; users may have to report the fault first. */
function longestOfLinks(model: CompiledModel, group: number): number {
  const { groups, seats, elements, laws } = model;
  let longest = groups.coverage[group] === 1 ? 0 : finite(mean(laws[groups.uncoveredLaw[group]!]!));
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    for (let e = seats.layer[seats.layerStart[seat]!]!; e >= 0; e = elements.host[e]!) {
      longest = Math.max(longest, longestRestore(model, e));
    }
  }
  return longest;
}

const finite = (seconds: number): number => (Number.isFinite(seconds) ? seconds : 0);
