import type { CompiledModel } from '../../compile/model.ts';
import type { SinglePoints } from '../../model/result.ts';
import type { Ref } from '../../model/structure.ts';
import { analyseStructure } from '../structure/analyse.ts';
import { failoverNeeds } from './failover.ts';
import { type Resolve, StructureBuilder } from './structure.ts';

/** Pairs listed per service; there may be more. */
const LISTED_PAIRS = 10_000;

/**
 * Single points of failure of each service and the pairs of elements that take it down together (B-32, B-87): minimal
 * cut sets of orders 1 and 2 of what the service stands on, members at their first places. What a failover covers is
 * not a single point. The control path counts where it is treated in series, and together with an active member whose
 * failover cannot do without it. The same as injecting every fault for good, letting every failover end, and nobody
 * repairing, rebuilding or restoring anything by hand.
 */
export function singlePoints(model: CompiledModel): Readonly<Record<string, SinglePoints>> {
  const { services, names } = model;
  return Object.fromEntries(
    names.services.map((id, service) => {
      const signals = [...services.term.slice(services.termStart[service]!, services.termStart[service + 1]!)];
      const structure = new StructureBuilder(model, membersOf(model)).series(signals);
      const { cutSets } = analyseStructure(structure, {
        importance: false,
        cutSets: { maximumOrder: 2, list: LISTED_PAIRS },
      });
      const found = (order: number): string[][] =>
        (cutSets?.top ?? [])
          .filter((set) => set.blocks.length === order)
          .map((set) => [...set.blocks].sort())
          .sort((a, b) => (a.join() < b.join() ? -1 : 1));
      return [
        id,
        {
          single: found(1).map(([block]) => block!),
          pairs: found(2) as [string, string][],
          pairCount: cutSets?.byOrder[2] ?? 0,
        },
      ];
    }),
  );
}

/**
 * A group as what its members stand on at their first places: down when every member is, or the active one and something
 * its failover cannot do without.
 */
function membersOf(model: CompiledModel): Resolve {
  const { elements, groups, seats } = model;
  return (signal, builder) => {
    if (signal < elements.count || signal >= elements.count + groups.count) return undefined;
    const group = signal - elements.count;
    const members: Ref[] = [];
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      members.push(builder.refTo(seats.layer[seats.layerStart[seat + 1]! - 1]!));
    }
    const allDown = builder.gate({ kind: 'and', inputs: members });
    const stuck = withoutFailover(model, group, builder);
    if (stuck === undefined) return allDown;
    const exposed = builder.gate({ kind: 'and', inputs: [members[0]!, stuck] });
    return builder.gate({ kind: 'or', inputs: [allDown, exposed] });
  };
}

/** Fails when a failover of the group cannot come to its end; undefined when nothing can stop it. */
function withoutFailover(model: CompiledModel, group: number, builder: StructureBuilder): Ref | undefined {
  const needs = failoverNeeds(model, group);
  if (needs === undefined) return undefined;
  const refTo = (signal: number): Ref => builder.refTo(signal);
  const inputs = needs.all.map(refTo);
  if (needs.detectors !== undefined) {
    const blind = needs.detectors.map((signals) => builder.gate({ kind: 'or', inputs: signals.map(refTo) }));
    inputs.push(builder.gate({ kind: 'and', inputs: blind }));
  }
  return inputs.length === 0 ? undefined : builder.gate({ kind: 'or', inputs });
}
