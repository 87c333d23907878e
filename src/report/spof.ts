import type { SinglePoints, SpofReport } from '../model/result.ts';
import { renderCsv } from './csv.ts';
import { type Block, type Document, heading, line, list } from './document/document.ts';
import { printCount } from './format.ts';

/** Elements whose failure alone takes a service down, and pairs whose failure together does. */
export function spofDocument({ scenario, services }: SpofReport): Document {
  return [
    heading(1, `${scenario.name}: ${scenario.title}`),
    ...Object.entries(services).flatMap(([id, points]) => [heading(2, `Service ${id}`), ...pointBlocks(points)]),
  ];
}

function pointBlocks({ single, pairs, pairCount }: SinglePoints): readonly Block[] {
  const more = pairCount > pairs.length ? `, the first ${printCount(pairs.length)} of them` : '';
  return [
    heading(3, `Single points of failure: ${printCount(single.length)}`),
    single.length === 0 ? line('none') : list(single),
    heading(3, `Pairs: ${printCount(pairCount)}${more}`),
    pairs.length === 0 ? line('none') : list(pairs.map(([a, b]) => `${a} and ${b}`)),
  ];
}

/** One row per single point and per pair. */
export function spofCsv({ services }: SpofReport): string {
  const rows = Object.entries(services).flatMap(([service, { single, pairs }]) => [
    ...single.map((element) => [service, element, '']),
    ...pairs.map(([a, b]) => [service, a, b]),
  ]);
  return renderCsv(['service', 'element', 'together'], rows);
}
