import { printCount, printShare } from '../../format.ts';
import { blockCount, blockDiagramGraph } from '../graphs/block-diagram.ts';
import { type Part, partsOf, topologyGraph } from '../graphs/topology.ts';
import { type Html, html } from '../markup.ts';
import type { Context } from './context.ts';

/** Boxes of a part that can stand beside another one. */
const MOST_BESIDE = 6;
const HEAT = [
  { key: 'heat1', text: 'little' },
  { key: 'heat3', text: '5 to 20 %' },
  { key: 'heat5', text: 'over half of the downtime' },
];

/** The cloud and what each service needs of it, shaded by the downtime that begins there. */
export function cloudSection({ result, figures, anchors, detailed }: Context): Html {
  const { picture } = result;
  if (picture === undefined) {
    return html`<section id="cloud" aria-labelledby="cloud-title"><h2 id="cloud-title">Cloud</h2><p class="note">The stored result holds no picture of the cloud; <code>run FILE --format html</code> and <code>--format json</code> write one.</p></section>`;
  }
  const whole = picture.boxes.reduce((sum, { causedDpm }) => sum + causedDpm, 0);
  const merged = picture.boxes.some(({ count, kind }) => count > 1 && kind !== 'group');
  const nameless = (part: Part): number => (part.places.some((place) => place !== '') ? 0 : 1);
  const parts = [...partsOf(picture)].sort((a, b) => nameless(a) - nameless(b));
  const topology = parts.map((part, i) =>
    figures.place(
      { id: `topology-${i + 1}`, kind: 'graph', dot: topologyGraph(part, whole) },
      {
        title:
          parts.length === 1
            ? 'The cloud, shaded by the downtime that begins there'
            : `Part ${i + 1} of the cloud: ${namesOf(part)}`,
        alt: describe(part, whole),
        wide: part.boxes.length > MOST_BESIDE,
        ...(i === 0 ? { legend: HEAT } : {}),
      },
    ),
  );
  const drawn = Object.entries(picture.diagrams).filter(([id]) => detailed.includes(id));
  const diagrams = drawn.map(([id, diagram], i) => {
    const figure = figures.place(
      { id: `blocks-${anchors.get(id) ?? `${i}`}`, kind: 'graph', dot: blockDiagramGraph(diagram) },
      {
        title: `What ${id} needs: in series what must all be up, in parallel what stands in for each other`,
        alt: `${printCount(blockCount(diagram))} blocks from left to right: in series what must all be up, in parallel what stands in for each other.`,
      },
    );
    return drawn.length === 1
      ? figure
      : html`<details${i === 0 ? html` open` : ''}><summary>Block diagram of ${id}</summary>${figure}</details>`;
  });
  return html`<section id="cloud" aria-labelledby="cloud-title"><h2 id="cloud-title">Cloud and block diagrams</h2>
<div class="parts">${topology}</div>
<p class="note">${merged ? 'A double frame stands for several equal parts. ' : ''}${NOTE}</p>
${diagrams}
</section>`;
}

const NOTE =
  'Downtime of all services together, by the element whose fault began it; a group holds the faults of its members, not those of the nodes under them. Dashed lines: members run on nodes; dotted lines: a part goes down with what is below.';

function namesOf({ places, boxes }: Part): string {
  const names = places.filter((place) => place !== '');
  return names.length > 0 ? names.join(', ') : boxes.length === 1 ? boxes[0]!.id : 'what stands in no place';
}

function describe({ boxes }: Part, whole: number): string {
  const most = [...boxes].sort((a, b) => b.causedDpm - a.causedDpm).filter(({ causedDpm }) => causedDpm > 0);
  const named = most.slice(0, 3).map(({ id, causedDpm }) => `${id}, ${printShare(causedDpm, whole)}`);
  return `${printCount(boxes.length)} boxes. ${named.length === 0 ? 'No downtime begins here.' : `Most downtime begins in ${named.join('; ')}.`}`;
}
