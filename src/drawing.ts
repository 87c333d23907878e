import { withZoom } from './report/html/charts/zoom.ts';
import type { Drawings, Figure } from './report/html/figure.ts';
import { slimChart, slimGraph } from './report/html/slim.ts';
import { type Output, type RenderOptions, reportFigures } from './report/render.ts';

/** Seconds for the layout of all graphs of a report; what is not laid out then is left out and said to be. */
const LAYOUT_SECONDS = 20;

/** How the figures of a report are drawn. */
export interface DrawOptions extends Pick<RenderOptions, 'allElements'> {
  /** Charts that answer to the pointer: adds the Vega runtime, half a megabyte. */
  readonly interactive?: boolean;
}

/** Draws the charts and graphs of an HTML report. Loads what draws them only when there is something to draw. */
export async function drawFigures(output: Output, options: DrawOptions = {}): Promise<Drawings> {
  const figures = reportFigures(output, options);
  const svg: Record<string, string> = {};
  const specs: Record<string, unknown> = {};
  const charts = figures.filter((figure) => figure.kind === 'chart');
  if (charts.length > 0) {
    const { drawVega, toVega } = await import('./adapters/vega.ts');
    for (const { id, spec, zooms } of charts) {
      svg[id] = slimChart(await drawVega(toVega(spec)));
      if (options.interactive === true) specs[id] = toVega(zooms === true ? withZoom(spec) : spec);
    }
  }
  const graphs = figures.filter((figure): figure is Figure & { kind: 'graph' } => figure.kind === 'graph');
  if (graphs.length > 0) {
    const { drawGraphs } = await import('./adapters/graphviz.ts');
    const drawn = await drawGraphs(
      graphs.map(({ dot }) => dot),
      LAYOUT_SECONDS,
    );
    drawn.forEach((text, i) => {
      if (text !== undefined) svg[graphs[i]!.id] = slimGraph(text);
    });
  }
  if (options.interactive !== true || charts.length === 0) return { svg };
  const { vegaRuntime } = await import('./adapters/vega.ts');
  return { svg, interactive: { specs, runtime: await vegaRuntime() } };
}
