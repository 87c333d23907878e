import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parse, type Spec, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** Vega-Lite as SVG without a browser: half a second to load, so only reports with charts do. */

/** A Vega-Lite specification as a Vega specification, which is what browsers get. */
export function toVega(spec: object): object {
  return compile(spec as TopLevelSpec).spec;
}

/** A Vega specification as SVG text. Widths of texts are estimated, so that every machine draws the same. */
export async function drawVega(spec: object): Promise<string> {
  const view = new View(parse(spec as Spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** The Vega runtime as one script for browsers; it defines `vega`. */
export async function vegaRuntime(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('vega');
  return readFile(join(dirname(entry), 'vega.min.js'), 'utf8');
}
