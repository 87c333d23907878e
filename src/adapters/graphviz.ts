import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Graphviz (WebAssembly) lays out in a thread of its own, which can be ended: some graphs take it minutes. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    const { Graphviz } = await import(workerData.module);
    const graphviz = await Graphviz.load();
    for (const dot of workerData.graphs) {
      try { parentPort.postMessage({ svg: graphviz.layout(dot, 'svg', 'dot') }); }
      catch (error) { parentPort.postMessage({ failed: String(error) }); }
    }
  })();
`;

/**
 * SVG of each graph, in order; undefined where it is not laid out when the time (seconds) is over.
 *
 * @throws Error when a description is no graph
 */
export function drawGraphs(graphs: readonly string[], seconds: number): Promise<readonly (string | undefined)[]> {
  const module = pathToFileURL(createRequire(import.meta.url).resolve('@hpcc-js/wasm-graphviz')).href;
  return new Promise((resolve, reject) => {
    const drawn: (string | undefined)[] = [];
    const worker = new Worker(THREAD, { eval: true, workerData: { module, graphs } });
    const timer = setTimeout(() => end(), 1000 * seconds);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      void worker.terminate();
      if (error === undefined) resolve(graphs.map((_, i) => drawn[i]));
      else reject(error);
    };
    worker.on('error', end);
    worker.on('message', ({ svg, failed }: { svg?: string; failed?: string }) => {
      if (failed !== undefined) end(new Error(`graphviz: ${failed}`));
      else if (drawn.push(svg) === graphs.length) end();
    });
  });
}
