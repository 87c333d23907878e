import type { CompiledModel } from '../compile/model.ts';
import type { Clocks } from '../dynamics/clocks.ts';
import { SilentObserver } from '../dynamics/observer.ts';
import { CloudProcess } from '../dynamics/process.ts';
import { isReachable } from '../dynamics/reach.ts';
import { readServiceLoss, ServiceLoss } from '../dynamics/service.ts';
import type { World } from '../dynamics/world.ts';
import { ELEMENT_KINDS } from '../model/scenario.ts';

/** What the fault of one element takes away at the instant it strikes, by flow-weighted count (B-72, SEM-35). */
export interface Impact {
  readonly element: string;
  readonly mode: string;
  /** Nodes that host instances, each by the share of its traffic that is lost. */
  readonly nodes: number;
  /** The same in instance slots: the guests of a full cloud. */
  readonly slots: number;
  /** Modelled guests (elements of kind guest), each by the share of its traffic that is lost. */
  readonly guests: number;
  /** Nodes of any kind that work and are cut off. */
  readonly isolated: number;
  /** Users hit, by service. */
  readonly users: Readonly<Record<string, number>>;
}

const STILL: Clocks = {
  start(): void {},
  stop(): void {},
  pace(): void {},
  renew(): void {},
  choose: (p) => p >= 0.5,
};
const NODE = ELEMENT_KINDS.indexOf('node');
const GUEST = ELEMENT_KINDS.indexOf('guest');

/**
 * Strikes elements one at a time, each with its first failure mode, with everything else up, and measures who loses what
 * before anything is done about it. Elements that cannot fail are left out. The state is rewound after each fault, so
 * that a campaign costs what the faults touch.
 *
 * @param names Elements to strike; absent: all.
 */
export function measureImpact(model: CompiledModel, names?: readonly string[]): Impact[] {
  const process = new CloudProcess(model, STILL, new SilentObserver());
  const { world } = process;
  process.reset();
  world.keepJournal();
  const start = world.journalPosition;
  const { elements } = model;
  const wanted = names === undefined ? undefined : new Set(names);
  const impacts: Impact[] = [];
  for (let element = 0; element < elements.count; element++) {
    const mode = elements.modeStart[element]!;
    if (mode === elements.modeStart[element + 1] || wanted?.has(model.names.elements[element]!) === false) continue;
    process.fire(mode, 0);
    impacts.push({ element: model.names.elements[element]!, mode: model.names.modes[mode]!, ...readImpact(world) });
    world.rewind(start);
  }
  return impacts;
}

function readImpact(w: World): Omit<Impact, 'element' | 'mode'> {
  const { elements, names, services } = w.model;
  let nodes = 0;
  let slots = 0;
  let guests = 0;
  let isolated = 0;
  for (let e = 0; e < elements.count; e++) {
    if (elements.kind[e] === NODE) {
      const lost = 1 - servedAt(w, e);
      if (elements.capacity[e]! > 0) nodes += lost;
      slots += elements.capacity[e]! * lost;
      if (w.served[e] === 1 && !isReachable(w, e)) isolated++;
    } else if (elements.kind[e] === GUEST) {
      guests += 1 - w.served[e]! * servedAt(w, hostOf(w, e));
    }
  }
  const loss = new ServiceLoss(services.term.length);
  const users: Record<string, number> = {};
  names.services.forEach((id, service) => {
    readServiceLoss(w, service, loss);
    users[id] = loss.loss * services.users[service]!;
  });
  return { nodes, slots, guests, isolated, users };
}

/** Share of an element's traffic that is served: it works and gets through; 1 for none (−1). */
function servedAt(w: World, element: number): number {
  if (element < 0) return 1;
  const reach = w.model.elements.reach[element]!;
  return w.served[element]! * (reach < 0 ? 1 : w.served[reach]!);
}

function hostOf(w: World, element: number): number {
  const { elements } = w.model;
  const seat = elements.seat[element]!;
  return elements.host[element]! >= 0 || seat < 0 ? elements.host[element]! : w.seatHost[seat]! - 1;
}
