import { InputError, type Problem } from '../../../model/problem.ts';
import type { Gate, Ref, Structure } from '../../../model/structure.ts';
import { GraphBuilder } from './builder.ts';
import { FALSE, type Graph, type Literal, TRUE } from './graph.ts';

/**
 * Structure → graph of the same function: variable `i + 1` is block `i`, every gate becomes conjunctions, parities,
 * thresholds or networks over literals. Works on user depth iteratively.
 *
 * @throws InputError `cyclic-gates` when a gate depends on itself, `dangling-input` for an input that does not exist,
 *   `gate-inputs` for a wrong number of inputs.
 */
export function flatten(structure: Structure): Graph {
  const { blocks, gates } = structure;
  const builder = new GraphBuilder(blocks.length);
  /** Literal of each finished gate; OPEN while its inputs are being visited. */
  const UNSEEN = -1;
  const OPEN = -2;
  const literalOf = new Int32Array(gates.length).fill(UNSEEN);
  const check = (ref: Ref, user: string): void => {
    if (!Number.isInteger(ref) || ref >= blocks.length || ~ref >= gates.length) {
      throw problem('dangling-input', `${user} names an input that does not exist (${ref}).`);
    }
  };
  const resolve = (ref: Ref): Literal => (ref >= 0 ? 2 * (ref + 1) : literalOf[~ref]!);
  const stack: number[] = [];
  /** Next input to visit of the gate at the same height of `stack`. */
  const cursor: number[] = [];
  check(structure.top, 'The top');
  if (structure.top < 0) enter(~structure.top);
  function enter(gate: number): void {
    literalOf[gate] = OPEN;
    stack.push(gate);
    cursor.push(0);
  }
  while (stack.length > 0) {
    const gate = stack[stack.length - 1]!;
    const { inputs } = gates[gate]!;
    const next = cursor[cursor.length - 1]!++;
    if (next === inputs.length) {
      literalOf[gate] = convert(builder, gates[gate]!, inputs.map(resolve), gateName(gates[gate]!, gate));
      stack.pop();
      cursor.pop();
      continue;
    }
    const ref = inputs[next]!;
    check(ref, gateName(gates[gate]!, gate));
    if (ref >= 0) continue;
    if (literalOf[~ref] === OPEN) throw cycle(gates, stack.slice(stack.indexOf(~ref)));
    if (literalOf[~ref] === UNSEEN) enter(~ref);
  }
  return builder.finish(resolve(structure.top));
}

function convert(builder: GraphBuilder, gate: Gate, literals: Literal[], name: string): Literal {
  const count = (wanted: number): void => {
    if (literals.length !== wanted) {
      throw problem('gate-inputs', `${name}: "${gate.kind}" takes ${wanted} input(s), found ${literals.length}.`);
    }
  };
  switch (gate.kind) {
    case 'and':
      return builder.and(literals);
    case 'or':
      return builder.or(literals);
    case 'nand':
      return builder.and(literals) ^ 1;
    case 'nor':
      return builder.or(literals) ^ 1;
    case 'xor':
      return builder.xor(literals);
    case 'iff':
      return builder.xor(literals) ^ 1;
    case 'not':
      count(1);
      return literals[0]! ^ 1;
    case 'imply':
      count(2);
      return builder.or([literals[0]! ^ 1, literals[1]!]);
    case 'atleast':
      return builder.atLeast(gate.minimum, literals);
    case 'cardinality':
      return builder.and([builder.atLeast(gate.minimum, literals), builder.atLeast(gate.maximum + 1, literals) ^ 1]);
    case 'constant':
      return gate.value ? TRUE : FALSE;
    case 'disconnected':
      return builder.disconnected(gate.network, literals);
  }
}

function gateName(gate: Gate, index: number): string {
  return gate.name === undefined ? `gate number ${index}` : `gate "${gate.name}"`;
}

function cycle(gates: readonly Gate[], members: readonly number[]): InputError {
  const shown = members.slice(0, 6).map((gate) => gateName(gates[gate]!, gate));
  const tail = members.length > shown.length ? ` → … (${members.length} gates)` : '';
  return problem('cyclic-gates', `A gate depends on itself: ${[...shown, shown[0]].join(' → ')}${tail}.`);
}

function problem(code: string, message: string): InputError {
  const found: Problem = { level: 'error', code, message };
  return new InputError([found]);
}
