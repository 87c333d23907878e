import type { ElementList } from './elements.ts';
import { GATE, type GateTable, type StandbyTable } from './model.ts';
import { packRows, rowOf } from './rows.ts';

/** Who rests as a spare of what, and which gates want the same spares; columns are empty where nothing stands by. */
export function compileStandbys(list: ElementList, gates: GateTable, firstGate: number): StandbyTable {
  const inputsOf = (gate: number): number[] => rowOf(gates.inputStart, gates.input, gate);
  const standbys = [...gates.kind.keys()].filter((gate) => gates.kind[gate] === GATE.standby);
  const isUsed = standbys.length > 0;
  const rate = isUsed ? Float64Array.from(list.elements, ({ standbyRate }) => standbyRate ?? 1) : new Float64Array(0);
  const elementsBelow = (signal: number, found: Set<number>): Set<number> => {
    if (signal < list.elements.length) found.add(signal);
    else if (signal >= firstGate) for (const input of inputsOf(signal - firstGate)) elementsBelow(input, found);
    return found;
  };
  const users = new Map<number, number[]>();
  const resting: number[][] = Array.from({ length: gates.count }, () => []);
  const places: [gate: number, input: number][][] = list.elements.map(() => []);
  for (const gate of standbys) {
    inputsOf(gate).forEach((signal, input) => {
      if (input === 0) return;
      users.set(signal, [...(users.get(signal) ?? []), gate]);
      for (const element of elementsBelow(signal, new Set())) {
        if (rate[element] === 1) continue;
        resting[gate]!.push(element);
        places[element]!.push([gate, input]);
      }
    });
  }
  const rivals = Array.from({ length: gates.count }, (_, gate) => {
    const found = new Set(
      gates.kind[gate] === GATE.standby
        ? inputsOf(gate)
            .slice(1)
            .flatMap((signal) => users.get(signal) ?? [])
        : [],
    );
    found.delete(gate);
    return [...found].sort((a, b) => a - b);
  });
  const restingRows = packRows(resting);
  const placeRows = packRows(places.map((row) => row.map(([gate]) => gate)));
  const rivalRows = packRows(rivals);
  return {
    rate,
    placeStart: placeRows.start,
    place: placeRows.items,
    placeInput: packRows(places.map((row) => row.map(([, input]) => input))).items,
    restingStart: restingRows.start,
    resting: restingRows.items,
    rivalStart: rivalRows.start,
    rival: rivalRows.items,
  };
}
