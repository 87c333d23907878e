import type { CompiledModel } from '../../compile/model.ts';
import type { SinglePoints } from '../../model/result.ts';
import { analyseStructure } from '../structure/analyse.ts';
import { byMembers } from './members.ts';
import { StructureBuilder } from './structure.ts';

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
    names.services.slice(0, services.visible).map((id, service) => {
      const signals = [...services.term.slice(services.termStart[service]!, services.termStart[service + 1]!)];
      const structure = new StructureBuilder(model, byMembers, 'for-certain').series(signals);
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
