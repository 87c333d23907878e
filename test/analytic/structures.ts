import type { Block, Gate, Network, Ref, Structure } from '../../src/model/structure.ts';

/** Small deterministic generator for test data (mulberry32): uniform on [0, 1). */
export function testRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether the structure's top is true when exactly the blocks of `down` have failed; follows the definitions only. */
export function evaluate(structure: Structure, down: (block: number) => boolean): boolean {
  const known = new Map<number, boolean>();
  const value = (ref: Ref): boolean => {
    if (ref >= 0) return down(ref);
    const old = known.get(~ref);
    if (old !== undefined) return old;
    const now = gateValue(structure.gates[~ref]!, structure.gates[~ref]!.inputs.map(value));
    known.set(~ref, now);
    return now;
  };
  return value(structure.top);
}

function gateValue(gate: Gate, inputs: readonly boolean[]): boolean {
  const failed = inputs.filter((input) => input).length;
  switch (gate.kind) {
    case 'and':
      return failed === inputs.length;
    case 'nand':
      return failed < inputs.length;
    case 'or':
      return failed > 0;
    case 'nor':
      return failed === 0;
    case 'xor':
      return failed % 2 === 1;
    case 'iff':
      return failed % 2 === 0;
    case 'not':
      return failed === 0;
    case 'imply':
      return !inputs[0] || inputs[1]!;
    case 'atleast':
      return failed >= gate.minimum;
    case 'cardinality':
      return failed >= gate.minimum && failed <= gate.maximum;
    case 'constant':
      return gate.value;
    case 'disconnected':
      return cutOff(gate.network, inputs);
  }
}

function cutOff(network: Network, failed: readonly boolean[]): boolean {
  const up = (input: number): boolean => input < 0 || !failed[input];
  const reached = new Set<number>();
  if (up(network.nodeInput[network.terminals[0]!]!)) reached.add(network.terminals[0]!);
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, to, input } of network.links) {
      if (!up(input)) continue;
      for (const [a, b] of network.directed
        ? [[from, to]]
        : [
            [from, to],
            [to, from],
          ]) {
        if (reached.has(a!) && !reached.has(b!) && up(network.nodeInput[b!]!)) {
          reached.add(b!);
          changed = true;
        }
      }
    }
  }
  return network.terminals.some((terminal) => !reached.has(terminal));
}

export function block(name: string, unavailability: number, frequencyPerHour?: number): Block {
  return frequencyPerHour === undefined ? { name, unavailability } : { name, unavailability, frequencyPerHour };
}

/** A structure of the given blocks whose last gate is the top. */
export function structureOf(blocks: readonly Block[], gates: readonly Gate[]): Structure {
  return { blocks, gates, top: ~(gates.length - 1) };
}
