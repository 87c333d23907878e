import type { Sweep } from '../../model/sweep.ts';
import { type Block, line, table } from '../document/document.ts';
import { printEstimate } from '../format.ts';

/** Characters of the longest bar. */
const WIDTH = 40;

/**
 * Downtime of a service over the points of a sweep as bars: full up to the lower end of the interval, half-tone up to the upper
 * one. Ends far beyond the largest value are cut, which an arrow says.
 */
export function sweepPlot({ parameters, points }: Sweep, id: string): readonly Block[] {
  const shown = points.flatMap(({ values, services }) => {
    const service = services[id];
    return service === undefined ? [] : [{ values, dpm: service.dpm }];
  });
  const most = Math.max(...shown.map(({ dpm }) => Math.max(dpm.value, Math.min(dpm.hi, 2 * dpm.value))));
  if (!(most > 0)) return [line('Never down: nothing to draw.', 'faint')];
  const rows = shown.map(({ values, dpm }) => {
    const solid = Math.round((WIDTH * dpm.lo) / most);
    const end = Math.min(WIDTH, Math.round((WIDTH * Math.min(dpm.hi, most)) / most));
    const bar = `${'█'.repeat(solid)}${'░'.repeat(Math.max(0, end - solid))}${dpm.hi > most * 1.001 ? '▸' : ''}`;
    return [...parameters.map((path) => String(values[path] ?? '')), bar, printEstimate(dpm).value];
  });
  const name = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
  return [table([...parameters.map(name), 'DPM, up to the ends of its interval', '>s/year'], rows)];
}
