import { MODEL_KINDS } from '../model/scenario.ts';
import type { ElementList } from './elements.ts';
import type { Attachments } from './fabric.ts';
import { type ElementTable, type ModeTable, SPREAD_LEVELS, TRACK, type TrackTable } from './model.ts';
import { invertRows, packRows } from './rows.ts';

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
  const hosted = Array.from({ length: count }, (): number[] => []);
  host.forEach((on, element) => {
    if (on >= 0) hosted[on]!.push(element);
  });
  const hostedRows = packRows(hosted);
  const modeStart = new Int32Array(count + 1);
  for (const element of modes.element) modeStart[element + 1]!++;
  for (let i = 0; i < count; i++) modeStart[i + 1]! += modeStart[i]!;
  const track = new Int32Array(count).fill(-1);
  tracks.kind.forEach((kind, index) => {
    if (kind === TRACK.restore) track[tracks.owner[index]!] = index;
  });
  const domainIndex = new Map<string, number>();
  const domains = list.elements.flatMap((element) =>
    SPREAD_LEVELS.map((_, level) => {
      const name = element.domains[level];
      if (name === undefined) return -1;
      if (!domainIndex.has(name)) domainIndex.set(name, domainIndex.size);
      return domainIndex.get(name)!;
    }),
  );
  const ofSignal = (known: ReadonlyMap<number, number>): Int32Array =>
    Int32Array.from({ length: count }, (_, element) => known.get(element) ?? -1);
  const reach = ofSignal(attachments.reach);
  const bmc = ofSignal(attachments.bmc);
  const attached = invertRows(
    packRows(list.elements.map((_, element) => [reach[element]!, bmc[element]!].filter((signal) => signal >= 0))),
    signals,
  );
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
    domains: Int32Array.from(domains),
    reach,
    bmc,
    attachedStart: attached.start,
    attached: attached.items,
    population: Int32Array.from(list.elements, (element) => element.population),
  };
}
