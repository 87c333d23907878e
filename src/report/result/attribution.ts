import type { Attribution, ServiceResult } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printEstimate, printNumber, printShare } from '../format.ts';

const AXES: readonly { readonly axis: keyof Attribution; readonly title: string }[] = [
  { axis: 'bucket', title: 'allocation bucket' },
  { axis: 'phase', title: 'phase' },
  { axis: 'cause', title: 'cause' },
  { axis: 'party', title: 'party' },
  { axis: 'element', title: 'root element' },
];

/** Where the downtime comes from, axis by axis, largest first; each axis adds up to the downtime. */
export function attributionBlocks(service: ServiceResult, mostElements: number): readonly Block[] {
  const { all } = service.dpm;
  if (all.value === 0) return [];
  const rows = AXES.flatMap(({ axis, title }): (readonly Cell[])[] => {
    const parts = ranked(service.attribution[axis]);
    const shown = axis === 'element' ? folded(parts, mostElements) : parts;
    return shown.map(([name, seconds], i) => [
      i === 0 ? title : '',
      name,
      printNumber(seconds, 4),
      printShare(seconds, all.value),
    ]);
  });
  if (rows.length === 0) return [];
  const whole = printEstimate(all, 's/year');
  return [
    heading(3, 'Where it comes from'),
    table(['by', '~', '>s/year', '>share'], rows),
    line(`Parts of ${whole.value} (${whole.interval}).`, 'faint'),
  ];
}

type Part = readonly [name: string, secondsPerYear: number];

/** Largest first, equal ones by name, `other` last. */
function ranked(parts: Readonly<Record<string, number>>): readonly Part[] {
  const rest = (name: string): number => (name === 'other' ? 1 : 0);
  return Object.entries(parts)
    .filter(([, seconds]) => seconds > 0)
    .sort(([a, x], [b, y]) => rest(a) - rest(b) || y - x || (a < b ? -1 : 1));
}

function folded(parts: readonly Part[], most: number): readonly Part[] {
  if (parts.length <= most) return parts;
  const others = parts.slice(most - 1).reduce((sum, [, seconds]) => sum + seconds, 0);
  return [...parts.slice(0, most - 1), ['other', others]];
}
