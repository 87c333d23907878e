import type { Result, TargetLine } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printCount, printEstimate, printNumber, printRatio } from '../format.ts';
import { intervalTitle } from './row.ts';
import { VERDICTS } from './verdict.ts';

const NAMES: Readonly<Record<TargetLine['id'], string>> = {
  downtime: 'downtime, attributable',
  failoverTime: 'failover within target time',
  localisation: 'localisation',
  containment: 'containment',
  detectionCoverage: 'detection coverage',
  failoverSuccess: 'failover success',
};

/** What an unmeasured line means. */
const NOTHING: Readonly<Record<TargetLine['id'], string>> = {
  downtime: 'no service',
  failoverTime: 'not observed',
  localisation: 'not modelled',
  containment: 'not modelled',
  detectionCoverage: 'not observed',
  failoverSuccess: 'not observed',
};

/** The six high-level engineering targets (B-52), each with the worst value measured and how often it was tried. */
export function sheetBlocks({ targetSheet, run }: Result): readonly Block[] {
  const interval = intervalTitle(run.confidence);
  const samples = targetSheet.find((each) => each.samples !== undefined)?.samples ?? [];
  const sizes = samples.map(({ trials }) => printCount(trials)).join(' / ');
  const shown = samples.map(({ probability }) => printNumber(100 * probability, 6)).join(' / ');
  const confidence = `${Number((100 * run.confidence).toPrecision(6))} %`;
  return [
    heading(2, 'Engineering targets'),
    table(['', 'target~', 'limit', '>measured', interval, '>trials?1', 'worst~'], targetSheet.map(lineRow)),
    line(NOTE, 'faint'),
    ...(samples.length === 0
      ? []
      : [
          line(`No number of trials shows 100 %: ${sizes} without a failure show ${shown} % (${confidence}).`, 'faint'),
        ]),
  ];
}

const NOTE =
  'For orientation: only the targets of the scenario decide the outcome. The failover target time is that of the group (50 ms in the engineering target); coverage counts the faults of serving members that monitoring can notice.';

function lineRow({ id, limit, of, estimate, trials, verdict }: TargetLine): readonly Cell[] {
  const asked = id === 'downtime' ? `≤ ${limit} s/year` : `${100 * limit} %`;
  if (estimate === null || of === null) return ['', NAMES[id], asked, { text: NOTHING[id], tone: 'faint' }];
  const { mark, tone } = VERDICTS[verdict];
  const printed = id === 'downtime' ? printEstimate(estimate, 's/year') : printRatio(estimate);
  const tried = trials === undefined ? '' : printCount(trials);
  return [{ text: mark, tone }, NAMES[id], asked, printed.value, printed.interval, tried, of];
}
