import type { Estimate } from '../../model/estimate.ts';
import type { CycleFacts, DurationSensitivity, ServiceResult } from '../../model/result.ts';
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
export function cycleBlocks(service: ServiceResult): readonly Block[] {
  const { cycles, sensitivities = [], durationSensitivities = [] } = service;
  if (cycles === undefined) return [];
  const { samples, stop, gates, dominant, failovers } = cycles;
  const doubts = gates.filter(({ verdict }) => verdict !== 'green');
  const title = heading(3, 'Failures that make the downtime together');
  if (dominant.length === 0)
    return [
      title,
      line(`None of ${printCount(samples)} incidents, each with further failures forced into it, had any.`),
    ];
  return [
    title,
    table(
      ['failures~', '>share'],
      dominant.slice(0, MOST_COMBINATIONS).map(({ failures, share }) => [failures.join(' + '), printShare(share, 1)]),
    ),
    ...responseBlocks(
      'Downtime more for 1 % more failures',
      'failures~',
      sensitivities.map(({ failures, elasticity }) => [failures, elasticity]),
    ),
    ...durationBlocks(durationSensitivities),
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

/** What 1 % more time does; and what of the service's downtime that says nothing about. */
function durationBlocks(all: readonly DurationSensitivity[]): readonly Block[] {
  const known = all.flatMap(({ duration, elasticity }): [string, Estimate][] =>
    elasticity === null ? [] : [[duration, elasticity]],
  );
  const unknown = all.flatMap(({ duration, elasticity }) => (elasticity === null ? [duration] : []));
  const some = unknown.slice(0, MOST_SENSITIVITIES).join(', ');
  const more = unknown.length > MOST_SENSITIVITIES ? ` and ${unknown.length - MOST_SENSITIVITIES} more` : '';
  return [
    ...responseBlocks('Downtime more for 1 % more time', 'time~', known),
    ...(unknown.length === 0
      ? []
      : [line(`Not known of what takes constant, uniform or observed times: ${some}${more}.`, 'faint')]),
  ];
}

/** The largest of them. */
function responseBlocks(
  title: string,
  column: string,
  all: readonly (readonly [name: string, elasticity: Estimate])[],
): readonly Block[] {
  const told = all.filter(([, { value, lo, hi }]) => Math.abs(value) >= LEAST_ELASTICITY && (lo > 0 || hi < 0));
  if (told.length === 0) return [];
  return [
    heading(3, title),
    table(
      [column, '>more', 'interval'],
      told.slice(0, MOST_SENSITIVITIES).map(([name, elasticity]) => {
        const { value, interval } = printEstimate(elasticity, '%');
        return [name, value, interval];
      }),
    ),
  ];
}
