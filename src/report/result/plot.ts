import type { ServiceResult } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printDuration, printNumber, printShare } from '../format.ts';

/** Characters of the longest bar. */
const LONGEST = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const MOST_ROOTS = 10;

/** Small plots for a terminal: how long outages are, and what makes the downtime, largest first. */
export function plotBlocks(service: ServiceResult): readonly Block[] {
  return [...lengthBlocks(service), ...rootBlocks(service)];
}

function lengthBlocks({ outageSeconds }: ServiceResult): readonly Block[] {
  const bins = outageSeconds?.bins ?? [];
  if (bins.length === 0) return [];
  const outages = bins.reduce((sum, { perYear }) => sum + perYear, 0);
  const seconds = bins.reduce((sum, { secondsPerYear }) => sum + secondsPerYear, 0);
  const most = Math.max(...bins.map(({ perYear }) => perYear)) / outages;
  const mostTime = Math.max(...bins.map(({ secondsPerYear }) => secondsPerYear)) / seconds;
  const rows = bins.map(({ to, perYear, secondsPerYear }): readonly Cell[] => [
    `to ${printDuration(to, 2)}`,
    bar(perYear / outages / most, LONGEST / 2),
    printShare(perYear, outages),
    bar(secondsPerYear / seconds / mostTime, LONGEST / 2),
    printShare(secondsPerYear, seconds),
  ]);
  return [heading(3, 'Lengths of outages'), table(['>length', 'of outages', '>', 'of lost time', '>'], rows)];
}

function rootBlocks({ attribution, dpm }: ServiceResult): readonly Block[] {
  const whole = dpm.all.value;
  const all = Object.entries(attribution.element).filter(([name, amount]) => amount > 0 && name !== 'other');
  const roots = all.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_ROOTS);
  if (roots.length === 0) return [];
  let together = 0;
  const rows = roots.map(([name, amount]): readonly Cell[] => {
    together += amount;
    return [name, bar(amount / roots[0]![1], LONGEST), printShare(amount, whole), printShare(together, whole)];
  });
  return [
    heading(3, 'Roots of the downtime'),
    table(['root~', '', '>share', '>added up'], rows),
    line(`Of ${printNumber(whole, 4)} s/year.`, 'faint'),
  ];
}

/** A bar of eighths of characters; something is always seen of what is there. */
function bar(share: number, longest: number): string {
  const eighths = share <= 0 ? 0 : Math.max(1, Math.round(share * longest * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}
