import type { AnalyticResult, ServiceResult } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printEstimate, printNumber } from '../format.ts';
import { intervalTitle } from './row.ts';

const METHODS: Readonly<Record<NonNullable<AnalyticResult['method']>, string>> = {
  structure: 'exact structure',
  chain: 'exact chain',
  'groups-by-chains': 'exact chains of the groups',
  'first-order': 'first-order formula',
  'memoryless-twin': 'memoryless twin',
};

/** `exact chain (control path: conditional)`. */
export function methodName({ method, exact, treatment }: AnalyticResult): string {
  const apart = method === 'groups-by-chains' && exact === false ? ' as if independent' : '';
  const name = method === undefined ? 'exact side' : `${METHODS[method]}${apart}`;
  return treatment === undefined ? name : `${name} (control path: ${treatment})`;
}

/** The exact side beside the simulated downtime, with its terms, or why there is none. */
export function analyticBlocks(service: ServiceResult, analytic: AnalyticResult, confidence: number): readonly Block[] {
  // What was taken over from the exact side is no check of it.
  const all = service.choice?.method === 'exact' ? service.choice.histories : service.dpm.all;
  const simulated = printEstimate(all, 's/year');
  const rows: (readonly Cell[])[] = [['simulated', simulated.value, simulated.interval]];
  if (analytic.dpm !== undefined) {
    rows.push([methodName(analytic), `${printNumber(analytic.dpm)} s/year`, comparison(analytic.dpm, all)]);
    rows.push(...termRows(analytic));
  }
  return [
    heading(3, 'Simulated and calculated'),
    table(['downtime~', '>value', intervalTitle(confidence)], rows),
    ...(analytic.refused === undefined ? [] : [line(analytic.refused, 'faint')]),
  ];
}

/** Terms of the calculated downtime, largest first. */
export function termRows(analytic: AnalyticResult): readonly (readonly Cell[])[] {
  return (analytic.terms ?? []).map(({ name, dpm }) => [{ text: name, indent: 1 }, `${printNumber(dpm, 4)} s/year`]);
}

function comparison(calculated: number, { value, lo, hi }: ServiceResult['dpm']['all']): Cell {
  if (calculated < lo) return { text: 'below the interval', tone: 'open' };
  if (calculated > hi) return { text: 'above the interval', tone: 'open' };
  return calculated === value ? 'equal' : 'inside the interval';
}
