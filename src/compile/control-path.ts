import type { Scenario } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { LawTable } from './laws.ts';
import type { OrphanTable } from './model.ts';
import type { GateList } from './structure.ts';

/**
 * Signals of the control functions: a quorum of their instances, and everything they need in turn. Functions that others
 * need come first, whatever the order of the scenario; the map keeps that order.
 */
export function controlSignals(
  control: Scenario['control'],
  gates: GateList,
  instances: (id: string) => readonly number[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const signalOf = (id: string): number => {
    const known = found.get(id);
    if (known !== undefined) return known;
    const { quorum, needs = [] } = control[id]!;
    const own = gates.add(id, quorum, instances(id));
    const below = needs.map(signalOf);
    const signal = below.length === 0 ? own : gates.add(`${id}:supported`, below.length + 1, [own, ...below]);
    found.set(id, signal);
    return signal;
  };
  return new Map(Object.keys(control).map((id) => [id, signalOf(id)]));
}

/** Functions that take services down with them under the series treatment: all, or of classed ones the Critical (B-74). */
export function inSeries(control: Scenario['control'], signals: ReadonlyMap<string, number>): Map<string, number> {
  return new Map([...signals].filter(([id]) => (control[id]!.impact ?? 'Critical') === 'Critical'));
}

/** Queue of each control function with a limit, from `first` on. */
export function controlQueues(control: Scenario['control'], first: number): ReadonlyMap<string, number> {
  const limited = Object.keys(control).filter((id) => control[id]!.concurrency !== undefined);
  return new Map(limited.map((id, i) => [id, first + i]));
}

/** Nodes on which failed operations may leave slots taken; none unless some operation does. */
export function compileOrphans(scenario: Scenario, list: ElementList, laws: LawTable): OrphanTable {
  const leaks = Object.values(scenario.operations ?? {}).some(({ failing }) => (failing?.orphans ?? 0) > 0);
  const nodes = leaks ? [...list.elements.keys()].filter((e) => list.elements[e]!.capacity > 0) : [];
  const place = new Int32Array(nodes.length === 0 ? 0 : list.elements.length).fill(-1);
  nodes.forEach((node, i) => {
    place[node] = i;
  });
  return {
    node: Int32Array.from(nodes),
    place,
    law: nodes.length === 0 ? -1 : laws.add(scenario.orphanCleanup ?? { kind: 'never' }),
  };
}
