import type { CompiledModel } from '../../compile/model.ts';
import { rowOf } from '../../compile/rows.ts';
import type { World } from '../../dynamics/world.ts';
import type { Impact } from './impact.ts';

/** A service as the nodes see it that its load is spread over. */
interface Spread {
  readonly nodes: readonly number[];
  /** What else the traffic of these nodes has to get through: terms of the service that stand on none of them. */
  readonly others: readonly number[];
  readonly aligned: boolean;
}

/**
 * What machines lose while their nodes work and are reached: where a service is spread over nodes and crosses something
 * else as well (network nodes, shared storage), the same share of every node's traffic (B-72 rows 3 and 4, B-73).
 */
export class ServiceUsers {
  private readonly spreads: readonly Spread[];

  constructor(model: CompiledModel, compute: readonly number[]) {
    const { services } = model;
    const among = new Set(compute);
    const spreads: Spread[] = [];
    for (let service = 0; service < services.visible; service++) {
      const terms = rowOf(services.termStart, services.term, service);
      const standsOn = new Map(terms.map((term) => [term, elementsUnder(model, term).filter((e) => among.has(e))]));
      const nodes = [...standsOn.values()].flat();
      const others = terms.filter((term) => standsOn.get(term)!.length === 0);
      if (nodes.length > 0 && others.length > 0) {
        spreads.push({ nodes, others, aligned: services.aligned[service] === 1 });
      }
    }
    this.spreads = spreads;
  }

  /** Nodes, and the machines on them, by the share of their traffic that what else it crosses loses; the worst service counts. */
  lostBeyond(w: World): Impact {
    const lost = new Map<number, number>();
    for (const { nodes, others, aligned } of this.spreads) {
      const shares = others.map((signal) => w.served[signal]!);
      const share = aligned ? Math.min(...shares) : shares.reduce((product, each) => product * each, 1);
      if (share === 1) continue;
      for (const node of nodes) lost.set(node, Math.max(1 - share, lost.get(node) ?? 0));
    }
    let nodes = 0;
    let machines = 0;
    for (const [node, share] of lost) {
      nodes += share;
      machines += w.model.elements.capacity[node]! * share;
    }
    return { nodes, machines };
  }
}

/** Elements that a signal names through gates; groups are not entered: who carries their load changes. */
function elementsUnder({ elements, groups, gates }: CompiledModel, top: number): readonly number[] {
  const found = new Set<number>();
  const visit = (signal: number): void => {
    if (signal < elements.count) {
      found.add(signal);
      return;
    }
    const gate = signal - elements.count - groups.count;
    if (gate < 0) return;
    for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) visit(gates.input[i]!);
  };
  visit(top);
  return [...found];
}
