import type { TargetResult } from '../../model/result.ts';
import type { Metric } from '../../model/scenario.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { type Printed, printAvailability, printEstimate, printRatio } from '../format.ts';
import { intervalTitle } from './row.ts';
import { VERDICTS } from './verdict.ts';

export const METRICS: Readonly<Record<Metric, { readonly name: string; readonly sense: '≤' | '≥' }>> = {
  availability: { name: 'availability', sense: '≥' },
  dpm: { name: 'downtime', sense: '≤' },
  dpmTotal: { name: 'downtime in total loss', sense: '≤' },
  dpmPartial: { name: 'downtime in partial loss', sense: '≤' },
  ofmTotal: { name: 'total outages', sense: '≤' },
  ofmPartial: { name: 'partial outages', sense: '≤' },
  dpmCounted: { name: 'downtime in counted outages', sense: '≤' },
  ofm: { name: 'outages', sense: '≤' },
  reportable: { name: 'reportable outages', sense: '≤' },
  failoverSuccess: { name: 'failover success', sense: '≥' },
  failoverWithinTarget: { name: 'failover within target time', sense: '≥' },
  upgradeDowntime: { name: 'downtime for upgrades', sense: '≤' },
  redundancyLoss: { name: 'redundancy lost to upgrades', sense: '≤' },
};

/** Verdict lines: mark, what is asked, what was measured and its interval. */
export function targetBlocks(targets: readonly TargetResult[], confidence: number): readonly Block[] {
  if (targets.length === 0) return [heading(2, 'Targets'), line('The scenario states no targets.', 'faint')];
  const rows = targets.map((target): readonly Cell[] => {
    const { mark, tone, word } = VERDICTS[target.verdict];
    const { name, sense } = METRICS[target.metric];
    const measured = measuredOf(target);
    return [
      { text: mark, tone },
      `${target.of}: ${name}`,
      `${sense} ${target.text}`,
      measured.value,
      measured.interval,
      { text: target.level === 'warn' ? `${word} (warn)` : word, tone },
    ];
  });
  const titles = ['', 'target~', 'limit', '>measured', intervalTitle(confidence), '~'];
  return [heading(2, 'Targets'), table(titles, rows), ...undecided(targets)];
}

export function measuredOf({ metric, estimate }: Pick<TargetResult, 'metric' | 'estimate'>): Printed {
  if (estimate === null) return { value: 'not observed', interval: '' };
  switch (metric) {
    case 'availability':
      return printAvailability(estimate);
    case 'dpm':
    case 'dpmTotal':
    case 'dpmPartial':
    case 'dpmCounted':
    case 'upgradeDowntime':
    case 'redundancyLoss':
      return printEstimate(estimate, 's/year');
    case 'ofm':
    case 'ofmTotal':
    case 'ofmPartial':
    case 'reportable':
      return printEstimate(estimate, '/year');
    case 'failoverSuccess':
    case 'failoverWithinTarget':
      return printRatio(estimate);
  }
}

function undecided(targets: readonly TargetResult[]): readonly Block[] {
  const open = targets.some((target) => target.verdict === 'undecided' && target.estimate !== null);
  const hint = '? the limit lies inside the interval: simulate more (--histories) or ask for less.';
  return open ? [line(hint, 'faint')] : [];
}
