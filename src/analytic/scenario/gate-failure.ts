import { GATE } from '../../compile/model.ts';
import type { Ref } from '../../model/structure.ts';
import { cutOffFromExits, vertexOf } from './fabric.ts';
import type { StructureBuilder } from './structure.ts';

/** Nothing gets through the gate, by what failure of its inputs means the same. */
export function gateFailure(builder: StructureBuilder, gate: number): Ref {
  const { model } = builder;
  const { gates } = model;
  const first = gates.inputStart[gate]!;
  const inputs = [...gates.input.subarray(first, gates.inputStart[gate + 1]!)].map((input) => builder.refTo(input));
  const kind = gates.kind[gate]!;
  if (kind === GATE.connected) {
    const { elements, network } = cutOffFromExits(model, vertexOf(model, gate));
    const sound = builder.gate({ kind: 'constant', value: false, inputs: [] });
    const parts = elements.map((element) => builder.refTo(element));
    return builder.gate({ kind: 'disconnected', inputs: [...parts, sound], network });
  }
  if (kind === GATE.weighted) {
    const used = inputs.reduce<number>((sum, _, i) => sum + gates.weight[first + i]!, 0) - gates.spare[gate]!;
    const servesAll = used >= gates.total[gate]! * (1 - 1e-12);
    return servesAll
      ? builder.gate({ kind: 'and', inputs })
      : builder.gate({ kind: 'constant', value: false, inputs: [] });
  }
  if (kind === GATE.product) return builder.any(inputs);
  // At the least, what is used and all its spares have failed; whoever wants more of it looks for spares first.
  if (kind === GATE.standby) return builder.gate({ kind: 'and', inputs });
  // Up while `threshold` are up: failed when more than n − threshold have failed.
  return builder.gate({ kind: 'atleast', minimum: inputs.length - gates.threshold[gate]! + 1, inputs });
}
