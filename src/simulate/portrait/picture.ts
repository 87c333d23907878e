import type { CompiledModel } from '../../compile/model.ts';
import type { Picture, PictureBox, PictureLine } from '../../model/picture.ts';
import { ELEMENT_KINDS, SCHEMES, type Scenario } from '../../model/scenario.ts';
import { causedByElement } from './caused.ts';
import { collapse, type Part } from './collapse.ts';
import { diagramOf } from './diagram.ts';
import { rootsOf } from './roots.ts';

/** A part of the picture: an element, or a group with all its members. */
interface Drawn extends Part {
  readonly kind: PictureBox['kind'];
  readonly count: number;
  readonly scheme?: PictureBox['scheme'];
}

/** The cloud and the block diagrams of its services; `byMode` is what `causedByMode` returns. */
export function pictureOf(model: CompiledModel, scenario: Scenario, byMode: Float64Array): Picture {
  const caused = causedByElement(model, byMode);
  const { elements, seats, groups, names } = model;
  const byElement = new Float64Array(elements.count);
  caused.forEach((amount, i) => {
    byElement[i % elements.count]! += amount;
  });
  const parts: Drawn[] = [];
  /** Part of each element: itself, or the group of its seat; −1: not drawn. */
  const partOf = new Int32Array(elements.count).fill(-1);
  const partOfGroup = new Int32Array(groups.count).fill(-1);
  const placeOf = placesOf(scenario);
  for (let group = 0; group < groups.count; group++) {
    if (groups.internal[group] === 1) continue;
    let amount = 0;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      for (let i = seats.layerStart[seat]!; i < seats.layerStart[seat + 1]!; i++) {
        amount += byElement[seats.layer[i]!]!;
        partOf[seats.layer[i]!] = parts.length;
      }
    }
    const name = names.groups[group]!;
    const count = groups.seatStart[group + 1]! - groups.seatStart[group]!;
    partOfGroup[group] = parts.length;
    parts.push({
      name,
      kind: 'group',
      place: placeOf(name),
      count,
      caused: amount,
      scheme: SCHEMES[groups.scheme[group]!]!,
    });
  }
  for (let element = 0; element < elements.count; element++) {
    const kind = ELEMENT_KINDS[elements.kind[element]!]!;
    const name = names.elements[element]!;
    const silent = byElement[element] === 0;
    // A site is the frame of its picture; controllers and links of nodes are seen by what they do.
    if (partOf[element]! >= 0 || name.includes('--') || (kind === 'site' && silent)) continue;
    partOf[element] = parts.length;
    parts.push({ name, kind, place: placeOf(name), count: 1, caused: byElement[element]! });
  }
  const ids = collapse(parts);
  const lines = new LineList();
  const indexOf = new Map(names.elements.map((name, element) => [name, element]));
  names.elements.forEach((name, element) => {
    const host = elements.host[element]!;
    const own = partOf[element]!;
    if (name.includes('--') && ELEMENT_KINDS[elements.kind[element]!] === 'link' && host >= 0 && partOf[host]! >= 0) {
      const lower = indexOf.get(name.slice(0, name.indexOf('--')));
      if (lower !== undefined && partOf[lower]! >= 0)
        lines.add('link', ids[partOf[host]!]!, ids[partOf[lower]!]!, byElement[element]!);
    } else if (own >= 0 && host >= 0 && partOf[host]! >= 0 && partOf[host] !== own) {
      lines.add('stands-in', ids[own]!, ids[partOf[host]!]!, 0);
    }
  });
  for (let seat = 0; seat < seats.count; seat++) {
    const part = partOfGroup[seats.group[seat]!]!;
    const home = seats.home[seat]!;
    if (part >= 0 && home >= 0 && partOf[home]! >= 0) lines.add('runs-on', ids[part]!, ids[partOf[home]!]!, 0);
  }
  return {
    boxes: boxesOf(parts, ids),
    lines: lines.list(),
    diagrams: Object.fromEntries(
      Object.keys(scenario.services).map((id, service) => [
        id,
        diagramOf(
          model,
          scenario,
          scenario.services[id]!.structure,
          (element) => caused[service * elements.count + element]!,
        ),
      ]),
    ),
    roots: Object.fromEntries(
      Object.keys(scenario.services).map((id, service) => [
        id,
        rootsOf(model, (mode) => byMode[service * model.modes.count + mode]!),
      ]),
    ),
  };
}

/** Region or site of a name by what stands before its first `/`. */
function placesOf({ sites, regions = {} }: Scenario): (name: string) => string {
  const known = new Set([...Object.keys(sites).map((site) => site.split('/')[0]!), ...Object.keys(regions)]);
  return (name) => {
    const first = name.split('/')[0]!;
    return known.has(first) ? first : '';
  };
}

function boxesOf(parts: readonly Drawn[], ids: readonly string[]): readonly PictureBox[] {
  const boxes = new Map<string, PictureBox>();
  parts.forEach(({ kind, place, count, caused, scheme }, i) => {
    const known = boxes.get(ids[i]!);
    boxes.set(ids[i]!, {
      id: ids[i]!,
      kind,
      place,
      count: (known?.count ?? 0) + count,
      ...(scheme === undefined ? {} : { scheme }),
      causedDpm: (known?.causedDpm ?? 0) + caused,
    });
  });
  return [...boxes.values()];
}

/** Lines between boxes, those between the same two as one. */
class LineList {
  private readonly lines = new Map<string, PictureLine>();

  add(kind: PictureLine['kind'], from: string, to: string, caused: number): void {
    if (from === to) return;
    const key = `${kind}\n${from}\n${to}`;
    const known = this.lines.get(key);
    const count = (known?.count ?? 0) + 1;
    this.lines.set(key, { from, to, kind, count, causedDpm: (known?.causedDpm ?? 0) + caused });
  }

  list(): readonly PictureLine[] {
    return [...this.lines.values()];
  }
}
