import type { CycleFacts, Sensitivity, ServiceResult } from '../../model/result.ts';
import { type Block, heading, line, table } from '../document/document.ts';
import { type Printed, printCount, printEstimate, printNumber, printRatio, printShare } from '../format.ts';

const MOST_COMBINATIONS = 5;
const MOST_SENSITIVITIES = 5;
/** Responses below this, and those that may be none at all, are not worth a line. */
const LEAST_ELASTICITY = 0.01;
const STOPS: Readonly<Record<CycleFacts['stop'], string>> = {
  precision: 'the interval is as narrow as asked',
  budget: 'time used up before the interval was as narrow as asked',
  'not converged': 'not converged: the figures above come from histories instead',
};

/** How the rare-event cycles of a service went, and which failures together make its downtime. */
export function cycleBlocks({ cycles, sensitivities = [] }: ServiceResult): readonly Block[] {
  if (cycles === undefined) return [];
  const { samples, stop, gates, dominant, failovers } = cycles;
  const doubts = gates.filter(({ verdict }) => verdict !== 'green');
  return [
    heading(3, 'Failures that make the downtime together'),
    table(
      ['failures~', '>share'],
      dominant.slice(0, MOST_COMBINATIONS).map(({ failures, share }) => [failures.join(' + '), printShare(share, 1)]),
    ),
    ...sensitivityBlocks(sensitivities),
    ...(failovers === undefined ? [] : failoverBlocks(failovers)),
    line(`${printCount(samples)} incidents sampled; ${STOPS[stop]}.`, stop === 'precision' ? 'faint' : 'open'),
    ...doubts.map(({ name, value, verdict }) =>
      line(`${verdict}: ${name} ${printNumber(value, 3)}`, verdict === 'red' ? 'bad' : 'faint'),
    ),
  ];
}

function failoverBlocks({
  perYear,
  successRatio,
  withinTarget,
}: NonNullable<CycleFacts['failovers']>): readonly Block[] {
  const row = (name: string, { value, interval }: Printed): string[] => [name, value, interval];
  return [
    heading(3, 'Failovers of the groups behind it'),
    table(
      ['failovers~', '>value', 'interval'],
      [
        row('a year', printEstimate(perYear)),
        row('successful', printRatio(successRatio)),
        row('within their target', printRatio(withinTarget)),
      ],
    ),
  ];
}

/** The largest of them: what 1 % more of a failure does to the downtime. */
function sensitivityBlocks(all: readonly Sensitivity[]): readonly Block[] {
  const told = all.filter(
    ({ elasticity: { value, lo, hi } }) => Math.abs(value) >= LEAST_ELASTICITY && (lo > 0 || hi < 0),
  );
  if (told.length === 0) return [];
  return [
    heading(3, 'Downtime more for 1 % more failures'),
    table(
      ['failures~', '>more', 'interval'],
      told.slice(0, MOST_SENSITIVITIES).map(({ failures, elasticity }) => {
        const { value, interval } = printEstimate(elasticity, '%');
        return [failures, value, interval];
      }),
    ),
  ];
}
