import type { CompiledModel } from '../../compile/model.ts';
import type { Ref } from '../../model/structure.ts';
import { failoverNeeds } from './failover.ts';
import { hostOf, type Resolve, type StructureBuilder } from './structure.ts';

/**
 * Groups by what their members stand on at their first places: down when every member is, or a quorum of them, or the
 * active one and something its failover cannot do without.
 */
export const byMembers: Resolve = (signal, builder) => {
  const { elements, groups } = builder.model;
  const group = signal - elements.count;
  if (group < 0 || group >= groups.count) return undefined;
  const members: Ref[] = [];
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    members.push(memberFailure(builder, seat));
  }
  // A quorum of members is lost with fewer than all of them; where shares are left, the service is not down.
  const required = groups.required[group]!;
  const minimum = members.length - required + 1;
  const all =
    required > 1
      ? builder.gate({ kind: 'atleast', minimum, inputs: members })
      : builder.gate({ kind: 'and', inputs: members });
  const stuck = groups.carriers[group] === 1 ? withoutFailover(builder, group) : undefined;
  if (stuck === undefined) return all;
  return builder.any([all, builder.gate({ kind: 'and', inputs: [members[0]!, stuck] })]);
};

/** A member fails with its innermost layer, or with the way to what it stands on. */
function memberFailure(builder: StructureBuilder, seat: number): Ref {
  const { model } = builder;
  const { seats } = model;
  const inputs = [builder.refTo(seats.layer[seats.layerStart[seat + 1]! - 1]!)];
  for (const way of waysTo(model, seats.layer[seats.layerStart[seat]!]!)) inputs.push(builder.refTo(way));
  return builder.any(inputs);
}

/** Gates through which what the element stands on is reached. */
function waysTo(model: CompiledModel, element: number): readonly number[] {
  const ways: number[] = [];
  for (let e = hostOf(model, element); e >= 0; e = hostOf(model, e)) {
    const reach = model.elements.reach[e]!;
    if (reach >= 0) ways.push(reach);
  }
  return ways;
}

/** Fails when a failover of the group cannot come to its end; undefined when nothing can stop it. */
function withoutFailover(builder: StructureBuilder, group: number): Ref | undefined {
  const needs = failoverNeeds(builder.model, group);
  if (needs === undefined) return undefined;
  const inputs = needs.all.map((signal) => builder.refTo(signal));
  if (needs.detectors !== undefined) {
    const blind = needs.detectors.map((signals) => builder.any(signals.map((signal) => builder.refTo(signal))));
    inputs.push(builder.gate({ kind: 'and', inputs: blind }));
  }
  return inputs.length === 0 ? undefined : builder.any(inputs);
}
