import { MODEL_KINDS } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { Attachments } from './fabric.ts';
import { type ElementTable, type ModeTable, SPREAD_LEVELS, TRACK, type TrackTable } from './model.ts';
import { type Rows, sortIntoRows } from './rows.ts';

/** @param inner signal of each element's inner structure, −1 for none */
export function compileElements(
  list: ElementList,
  modes: ModeTable,
  tracks: TrackTable,
  inner: Int32Array,
  attachments: Attachments,
  signals: number,
  resources: Int32Array,
): ElementTable {
  const count = list.elements.length;
  const host = Int32Array.from(list.elements, ({ host }) => (host === undefined ? -1 : list.indexOf.get(host)!));
  const hostedRows = sortIntoRows(host, count);
  const modeStart = new Int32Array(count + 1);
  for (const element of modes.element) modeStart[element + 1]!++;
  for (let i = 0; i < count; i++) modeStart[i + 1]! += modeStart[i]!;
  const track = new Int32Array(count).fill(-1);
  tracks.kind.forEach((kind, index) => {
    if (kind === TRACK.restore) track[tracks.owner[index]!] = index;
  });
  const domainIndex = new Map<string, number>();
  const domains = new Int32Array(SPREAD_LEVELS.length * count).fill(-1);
  list.elements.forEach((element, i) => {
    element.domains.forEach((name, level) => {
      let index = domainIndex.get(name);
      if (index === undefined) {
        index = domainIndex.size;
        domainIndex.set(name, index);
      }
      domains[SPREAD_LEVELS.length * i + level] = index;
    });
  });
  const ofSignal = (known: ReadonlyMap<number, number>): Int32Array => {
    const column = new Int32Array(count).fill(-1);
    for (const [element, signal] of known) column[element] = signal;
    return column;
  };
  const reach = ofSignal(attachments.reach);
  const bmc = ofSignal(attachments.bmc);
  const attached = attachedTo(reach, bmc, signals);
  return {
    count,
    kind: Uint8Array.from(list.elements, (element) => MODEL_KINDS.indexOf(element.kind)),
    host,
    inner,
    seat: Int32Array.from(list.elements, (element) => element.seat),
    hostedStart: hostedRows.start,
    hosted: hostedRows.items,
    modeStart,
    track,
    capacity: Int32Array.from(list.elements, (element) => element.capacity),
    resources,
    domains,
    reach,
    bmc,
    attachedStart: attached.start,
    attached: attached.items,
    population: Int32Array.from(list.elements, (element) => element.population),
  };
}

/** Per signal: elements that it is the reach, or the way to the management controller, of. */
function attachedTo(reach: Int32Array, bmc: Int32Array, signals: number): Rows {
  const to: number[] = [];
  const elements: number[] = [];
  reach.forEach((signal, element) => {
    for (const each of [signal, bmc[element]!]) {
      if (each < 0) continue;
      to.push(each);
      elements.push(element);
    }
  });
  return sortIntoRows(to, signals, elements);
}
