import { printCount, printShare } from '../../format.ts';
import { blockCount, blockDiagramGraph } from '../graphs/block-diagram.ts';
import { topologyGraph } from '../graphs/topology.ts';
import { type Html, html } from '../markup.ts';
import type { Context } from './context.ts';

const HEAT = [
  { key: 'heat1', text: 'little' },
  { key: 'heat3', text: '5 to 20 %' },
  { key: 'heat5', text: 'over half of the downtime' },
];

/** The cloud and what each service needs of it, shaded by the downtime that begins there. */
export function cloudSection({ result, figures, anchors }: Context): Html {
  const { picture } = result;
  if (picture === undefined) {
    return html`<section id="cloud" aria-labelledby="cloud-title"><h2 id="cloud-title">Cloud</h2><p class="note">The stored result holds no picture of the cloud; <code>run FILE --format html</code> and <code>--format json</code> write one.</p></section>`;
  }
  const whole = picture.boxes.reduce((sum, { causedDpm }) => sum + causedDpm, 0);
  const most = [...picture.boxes]
    .sort((a, b) => b.causedDpm - a.causedDpm)
    .filter(({ causedDpm }) => causedDpm > 0)
    .slice(0, 3);
  const merged = picture.boxes.some(({ count, kind }) => count > 1 && kind !== 'group');
  const diagrams = Object.entries(picture.diagrams).map(([id, diagram], i) => {
    const figure = figures.place(
      { id: `blocks-${anchors.get(id) ?? `${i}`}`, kind: 'graph', dot: blockDiagramGraph(diagram) },
      {
        title: `Block diagram of ${id}`,
        alt: `${printCount(blockCount(diagram))} blocks from left to right: in series what must all be up, in parallel what stands in for each other.`,
        legend: HEAT,
      },
    );
    return Object.keys(picture.diagrams).length === 1
      ? figure
      : html`<details${i === 0 ? html` open` : ''}><summary>Block diagram of ${id}</summary>${figure}</details>`;
  });
  return html`<section id="cloud" aria-labelledby="cloud-title"><h2 id="cloud-title">Cloud and block diagrams</h2>
${figures.place(
  { id: 'topology', kind: 'graph', dot: topologyGraph(picture) },
  {
    title: 'The cloud, shaded by the downtime that begins there',
    alt: `${printCount(picture.boxes.length)} boxes. ${most.length === 0 ? 'No downtime was seen.' : `Most downtime begins in ${most.map(({ id, causedDpm }) => `${id}, ${printShare(causedDpm, whole)}`).join('; ')}.`}`,
    caption: `${merged ? 'Boxes with a double frame stand for several equal parts. ' : ''}Downtime of all services together, by the element whose fault began it; a group holds the faults of its members, not those of the nodes under them.`,
    legend: HEAT,
  },
)}
${diagrams}
</section>`;
}
