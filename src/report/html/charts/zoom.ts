import type { ChartSpec } from '../figure.ts';

/** A layer that is cut at the edges of the chart: parts of it move out of sight. */
function clipped(layer: ChartSpec): ChartSpec {
  const mark = layer['mark'] as { readonly type: string } | undefined;
  if (mark === undefined || mark.type === 'text') return layer;
  return { ...layer, mark: { ...mark, clip: true } };
}

/**
 * A layered chart whose horizontal axis can be moved and stretched: drag, shift and wheel, double click. The wheel alone
 * scrolls the page.
 */
export function withZoom(spec: ChartSpec): ChartSpec {
  const layers = (spec['layer'] as readonly ChartSpec[]).map(clipped);
  const select = { type: 'interval', encodings: ['x'], zoom: 'wheel![event.shiftKey]' };
  const last = { ...layers.at(-1)!, params: [{ name: 'zoom', select, bind: 'scales' }] };
  return { ...spec, layer: [...layers.slice(0, -1), last] };
}
