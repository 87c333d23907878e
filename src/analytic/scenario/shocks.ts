import type { CompiledModel } from '../../compile/model.ts';
import { meanRestore } from '../../compile/programs.ts';
import { mean } from '../../model/law.ts';

/** How a shock reaches one of its victims. */
export interface Reach {
  /** Mode of the shock. */
  readonly shock: number;
  /** The victim's failure mode. */
  readonly mode: number;
  /** Chance that the victim is struck when the shock occurs. */
  readonly probability: number;
  /** One victim is drawn: no two of them are struck together. */
  readonly alone: boolean;
}

/** Whether the element fails in any way by itself, rather than only with a shock. */
export function failsByItself({ elements, strikes }: CompiledModel, element: number): boolean {
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    if (strikes.source[mode] === mode) return true;
  }
  return false;
}

/** Whether the element stands for a cause that strikes others; it is never down itself. */
export function isShock({ elements, strikes }: CompiledModel, element: number): boolean {
  const first = elements.modeStart[element]!;
  return first < elements.modeStart[element + 1]! && strikes.start[first]! < strikes.start[first + 1]!;
}

const known = new WeakMap<CompiledModel['strikes'], ReadonlyMap<number, Reach>>();

/** Reach of every failure mode that a shock brings, by mode. */
function reaches({ strikes, modes }: CompiledModel): ReadonlyMap<number, Reach> {
  const found = known.get(strikes);
  if (found !== undefined) return found;
  const all = new Map<number, Reach>();
  for (let shock = 0; shock < modes.count; shock++) {
    const several = strikes.start[shock + 1]! - strikes.start[shock]! > 1;
    for (let strike = strikes.start[shock]!; strike < strikes.start[shock + 1]!; strike++) {
      const first = strikes.victimStart[strike]!;
      const victims = strikes.victimStart[strike + 1]! - first;
      const drawn = strikes.one[strike] === 1 ? 1 / victims : 1;
      const isAlone = !several && (strikes.one[strike] === 1 || victims === 1);
      for (let i = first; i < first + victims; i++) {
        const mode = strikes.victim[i]!;
        const before = all.get(mode)?.probability ?? 0;
        const probability = 1 - (1 - before) * (1 - drawn * strikes.probability[strike]!);
        all.set(mode, { shock, mode, probability, alone: isAlone });
      }
    }
  }
  known.set(strikes, all);
  return all;
}

/** Shocks that strike the element. */
export function shocksOn(model: CompiledModel, element: number): readonly Reach[] {
  const { elements, strikes } = model;
  const found: Reach[] = [];
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    if (strikes.source[mode] !== mode) found.push(reaches(model).get(mode)!);
  }
  return found;
}

/** Occurrences per second. */
export const shockRate = ({ modes, laws }: CompiledModel, shock: number): number => 1 / mean(laws[modes.law[shock]!]!);

/** Longest mean time (s) that any victim of the shock is down. */
export function longestOfShock(model: CompiledModel, shock: number): number {
  const { strikes, modes } = model;
  let longest = 0;
  for (let strike = strikes.start[shock]!; strike < strikes.start[shock + 1]!; strike++) {
    for (let i = strikes.victimStart[strike]!; i < strikes.victimStart[strike + 1]!; i++) {
      longest = Math.max(longest, meanRestore(model, modes.program[strikes.victim[i]!]!));
    }
  }
  return longest;
}

/** Name of the shock's mode, as the attribution prints it. */
export function shockName({ names, modes }: CompiledModel, shock: number): string {
  return `${names.elements[modes.element[shock]!]}:${names.modes[shock]}`;
}

/** What shocks do to a group (1/s and s): faults of one member by itself, and of all members at once. */
export interface GroupShocks {
  /** Failures per second of one member. */
  readonly each: number;
  /** Shocks that may strike all members: how often they do, and how long the victims are down; 0: until replaced. */
  readonly all: readonly { readonly rate: number; readonly down: number }[];
}

/** Chance that a shock strikes all that these reaches stand for; what several stand on is struck once. */
function chanceOfAll(reaches: readonly (Reach | undefined)[]): number {
  const distinct = new Map(reaches.map((reach) => [reach?.mode, reach]));
  if (distinct.size > 1 && reaches.some((reach) => reach === undefined || reach.alone)) return 0;
  return [...distinct.values()].reduce((product, reach) => product * (reach?.probability ?? 0), 1);
}

/** First order: a shock strikes each member, by a layer or by what it runs on, with its own chance. */
export function groupShocks(model: CompiledModel, group: number): GroupShocks {
  const { groups, seats, elements, modes } = model;
  const first = groups.seatStart[group]!;
  const members = groups.seatStart[group + 1]! - first;
  const perSeat: Map<number, Reach>[] = [];
  for (let seat = first; seat < first + members; seat++) {
    const found = new Map<number, Reach>();
    const note = (element: number): void => {
      for (const reach of shocksOn(model, element)) if (!found.has(reach.shock)) found.set(reach.shock, reach);
    };
    for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) note(seats.layer[i]!);
    for (let host = seats.home[seat]!; host >= 0; host = elements.host[host]!) note(host);
    perSeat.push(found);
  }
  let each = 0;
  const all: { rate: number; down: number }[] = [];
  for (const shock of new Set(perSeat.flatMap((found) => [...found.keys()]))) {
    const reaches = perSeat.map((found) => found.get(shock));
    const chances = reaches.map((reach) => reach?.probability ?? 0);
    const together = chanceOfAll(reaches);
    const rate = shockRate(model, shock);
    each += rate * (chances.reduce((sum, chance) => sum + chance, 0) / members - together);
    if (together === 0) continue;
    const down = Math.min(...reaches.map((reach) => meanRestore(model, modes.program[reach!.mode]!)));
    all.push({ rate: rate * together, down });
  }
  return { each, all };
}
