import type { Picture, PictureBox, PictureLine } from '../../../model/picture.ts';
import { printCount } from '../../format.ts';
import { COMMON, contribution, heat, quote } from './dot.ts';

/** Rows of a cloud from the top down; what stands on something is drawn above it. */
const ROWS: Readonly<Partial<Record<PictureBox['kind'], number>>> = {
  group: 0,
  control: 1,
  'load-balancer': 1,
  spine: 2,
  leaf: 3,
  switch: 3,
  node: 4,
  rack: 5,
  'power-feed': 6,
};
const KINDS: Readonly<Partial<Record<PictureBox['kind'], string>>> = {
  'power-feed': 'power feed',
  'load-balancer': 'load balancer',
  pnf: 'network element',
  bmc: 'management controller',
};
/** Boxes in a row where none has a line; beside others they stand in one column. */
const ROW_LENGTH = 8;

/** Places that have lines between them, with their boxes and lines. */
export interface Part {
  readonly places: readonly string[];
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
}

/** The cloud in parts that have nothing to do with each other, so that each can be drawn in full size. */
export function partsOf({ boxes, lines }: Picture): readonly Part[] {
  const placeOf = new Map(boxes.map(({ id, place }) => [id, place]));
  const owner = new Map(boxes.map(({ place }) => [place, place]));
  const find = (place: string): string => (owner.get(place) === place ? place : find(owner.get(place)!));
  for (const { from, to } of lines) owner.set(find(placeOf.get(to)!), find(placeOf.get(from)!));
  const roots = [...new Set([...owner.keys()].map(find))];
  return roots.map((root) => ({
    places: [...owner.keys()].filter((place) => find(place) === root),
    boxes: boxes.filter(({ place }) => find(place) === root),
    lines: lines.filter(({ from }) => find(placeOf.get(from)!) === root),
  }));
}

/** A part of the cloud as a graph: places as frames, groups above the nodes they run on, links of the fabric between. */
export function topologyGraph({ places, boxes, lines }: Part, whole: number): string {
  const ids = new Map(boxes.map(({ id }, i) => [id, `b${i}`]));
  const joined = new Set(lines.flatMap(({ from, to }) => [from, to]));
  const text: string[] = [`digraph cloud { ${COMMON} rankdir=TB; ranksep=0.42; nodesep=0.14; newrank=true;`];
  places.forEach((place, i) => {
    const inside = boxes.filter((box) => box.place === place);
    const nodes = inside.map((box) => boxNode(box, ids.get(box.id)!, whole)).join(' ');
    const loose = inside.filter(({ id }) => !joined.has(id)).map(({ id }) => ids.get(id)!);
    const body = `${nodes} ${stacked(loose, loose.length < inside.length || places.length > 1 ? 1 : ROW_LENGTH)}`;
    text.push(
      place === ''
        ? body
        : `subgraph cluster_${i} { label=${quote(place)}; class="place"; style=rounded; margin=10; ${body} }`,
    );
  });
  for (const { from, to, kind, count } of lines) {
    const [upper, lower] = inOrder(boxes, from, to, kind);
    const many = count > 1 && kind === 'link' ? `label=${quote(`${printCount(count)}×`)},` : '';
    text.push(`${ids.get(upper)} -> ${ids.get(lower)} [${many} class="${kind}"];`);
  }
  text.push('}');
  return text.join('\n');
}

function boxNode({ id, kind, count, scheme, causedDpm }: PictureBox, name: string, whole: number): string {
  const what = scheme === undefined ? (KINDS[kind] ?? kind) : scheme;
  const title = count > 1 && kind !== 'group' ? `${id}  × ${printCount(count)}` : id;
  const shown = [
    title,
    kind === 'group' ? `${what}, ${printCount(count)} members` : what,
    contribution(causedDpm, whole),
  ];
  const label = shown.filter((line) => line !== '').join('\n');
  return `${name} [label=${quote(label)}, class="box ${kind} ${heat(causedDpm, whole)}"${count > 1 && kind !== 'group' ? ', peripheries=2' : ''}];`;
}

/** The end that is drawn above comes first. */
function inOrder(boxes: readonly PictureBox[], from: string, to: string, kind: string): readonly [string, string] {
  const row = (id: string): number => ROWS[boxes.find((box) => box.id === id)?.kind ?? 'unit'] ?? 4;
  return kind === 'link' && row(from) > row(to) ? [to, from] : [from, to];
}

/** Boxes without lines in short rows below each other, instead of one endless row. */
function stacked(names: readonly string[], length: number): string {
  const edges: string[] = [];
  names.forEach((name, i) => {
    if (i >= length) edges.push(`${names[i - length]} -> ${name} [style=invis];`);
  });
  return edges.join(' ');
}
