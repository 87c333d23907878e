import { type Html, html, raw } from './markup.ts';

/** A Vega-Lite specification: plain JSON. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** A drawing that somebody else has to make: a chart (layers over one horizontal axis where it `zooms`), or a graph. */
export type Figure =
  | { readonly id: string; readonly kind: 'chart'; readonly spec: ChartSpec; readonly zooms?: true }
  | { readonly id: string; readonly kind: 'graph'; readonly dot: string };

/** What was drawn: SVG by the id of its figure, and the specifications a browser can draw itself. */
export interface Drawings {
  readonly svg: Readonly<Record<string, string>>;
  /** Vega specifications by figure and the runtime that draws them; absent: a page without interaction. */
  readonly interactive?: { readonly specs: Readonly<Record<string, unknown>>; readonly runtime: string };
}

/** What a reader sees and hears of a figure. */
export interface FigureText {
  readonly title: string;
  /** What it shows, in words, for those who do not see it. */
  readonly alt: string;
  readonly caption?: string;
  readonly legend?: readonly LegendEntry[];
  /** Takes a row of its own. */
  readonly wide?: boolean;
}

export interface LegendEntry {
  /** Class of the key: `dot`, `diamond`, `bar`, `tick`, `band`, with a colour. */
  readonly key: string;
  readonly text: string;
}

/** The figures of a page: asked for in a first pass, put in their places in the second one. */
export class Figures {
  readonly wanted: Figure[] = [];
  private readonly drawings: Drawings | undefined;

  constructor(drawings?: Drawings) {
    this.drawings = drawings;
  }

  place(figure: Figure, text: FigureText): Html {
    this.wanted.push(figure);
    const svg = this.drawings?.svg[figure.id];
    const drawn =
      svg === undefined
        ? html`<p class="undrawn">This figure was not drawn: ${text.alt}</p>`
        : raw(labelled(svg, text.alt));
    return html`<figure class="${figure.kind}${text.wide === true ? ' wide' : ''}" id="figure-${figure.id}">
<figcaption><strong>${text.title}</strong>${legendOf(text.legend)}</figcaption>
<div class="canvas" tabindex="0" role="group" aria-label="${text.title}">${drawn}</div>
${text.caption === undefined ? '' : html`<p class="note">${text.caption}</p>`}${this.hint(figure)}
</figure>`;
  }

  private hint(figure: Figure): Html | string {
    if (this.drawings?.interactive === undefined || figure.kind !== 'chart' || figure.zooms !== true) return '';
    return html`<p class="note">Drag to move, shift and wheel to stretch, double click to go back.</p>`;
  }
}

function legendOf(entries: readonly LegendEntry[] = []): Html {
  if (entries.length === 0) return html``;
  return html`<span class="legend">${entries.map(({ key, text }) => html`<span><i class="key ${key}" aria-hidden="true"></i>${text}</span>`)}</span>`;
}

/** The drawing as one image with a description. */
function labelled(svg: string, alt: string): string {
  return svg.replace('<svg', html`<svg role="img" aria-label="${alt}" focusable="false"`.html);
}
