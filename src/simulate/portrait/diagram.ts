import type { CompiledModel } from '../../compile/model.ts';
import type { Diagram, DiagramBlock } from '../../model/picture.ts';
import { SCHEMES, type Scenario, type StructureSpec } from '../../model/scenario.ts';
import { classOf } from './collapse.ts';

/** Blocks of one name from which on they are one block, and inputs of a gate that are drawn. */
const MOST_ALIKE = 4;
const MOST_INPUTS = 12;

/** The structure of a service as blocks; `caused` is the downtime of the service by root element, s/year. */
export function diagramOf(
  model: CompiledModel,
  scenario: Scenario,
  structure: StructureSpec,
  caused: (element: number) => number,
): Diagram {
  const { names, groups, seats } = model;
  const elements = new Map(names.elements.map((name, i) => [name, i]));
  const groupIndex = new Map(names.groups.map((name, i) => [name, i]));
  const block = (of: string): DiagramBlock => {
    const group = scenario.groups[of] === undefined ? undefined : groupIndex.get(of);
    if (group === undefined) {
      const element = elements.get(of);
      return { kind: 'block', id: of, count: 1, causedDpm: element === undefined ? 0 : caused(element) };
    }
    let amount = 0;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) amount += caused(seats.layer[i]!);
    }
    const count = groups.seatStart[group + 1]! - groups.seatStart[group]!;
    return { kind: 'block', id: of, count, scheme: SCHEMES[groups.scheme[group]!]!, causedDpm: amount };
  };
  const visit = (spec: StructureSpec): Diagram => {
    if (spec.kind === 'leaf') return block(spec.of);
    // The way back crosses what the way there does.
    if (spec.kind === 'return') return visit(spec.inputs[0]!);
    const inputs = folded(merged(spec.inputs.map(visit)));
    // One of them is in use, whichever.
    if (spec.kind === 'standby') return { kind: 'any', inputs };
    if (spec.kind === 'atLeast') return { kind: 'atLeast', atLeast: spec.atLeast, inputs };
    return { kind: spec.kind, inputs };
  };
  return visit(structure);
}

/** Equal blocks of a gate as one, from some number on. */
function merged(inputs: readonly Diagram[]): readonly Diagram[] {
  const alike = new Map<string, number>();
  const key = (input: Diagram): string | undefined =>
    input.kind === 'block' && input.scheme === undefined ? classOf(input.id) : undefined;
  for (const input of inputs) {
    const name = key(input);
    if (name !== undefined) alike.set(name, (alike.get(name) ?? 0) + 1);
  }
  const result: Diagram[] = [];
  const at = new Map<string, number>();
  for (const input of inputs) {
    const name = key(input);
    if (input.kind !== 'block' || name === undefined || alike.get(name)! <= MOST_ALIKE) {
      result.push(input);
      continue;
    }
    const index = at.get(name);
    if (index === undefined) {
      at.set(name, result.length);
      result.push({ ...input, id: name });
    } else {
      const known = result[index] as DiagramBlock;
      result[index] = { ...known, count: known.count + 1, causedDpm: known.causedDpm + input.causedDpm };
    }
  }
  return result;
}

/** The first inputs of a gate with many, and one block for the rest. */
function folded(inputs: readonly Diagram[]): readonly Diagram[] {
  if (inputs.length <= MOST_INPUTS) return inputs;
  const rest = inputs.slice(MOST_INPUTS - 1);
  const sum = (total: number, input: Diagram): number => total + causedIn(input);
  const causedDpm = rest.reduce(sum, 0);
  return [...inputs.slice(0, MOST_INPUTS - 1), { kind: 'block', id: '… and more', count: rest.length, causedDpm }];
}

function causedIn(input: Diagram): number {
  return input.kind === 'block' ? input.causedDpm : input.inputs.reduce((sum, each) => sum + causedIn(each), 0);
}
