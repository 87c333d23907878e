import type { Result } from '../../model/result.ts';
import { type Block, heading, line, table } from '../document/document.ts';
import { printCount, printNumber } from '../format.ts';
import { sliceRows } from './slice.ts';

const STOPS: Readonly<Record<Result['run']['stop'], string>> = {
  precision: 'the intervals are as narrow as asked',
  budget: 'time or histories used up before the intervals were as narrow as asked',
  horizon: 'all histories simulated',
};

/** What was run, so that the same bytes can be had again. */
export function runBlocks({ run, scenario, services }: Result): readonly Block[] {
  const isBoundOnly = Object.values(services).some(
    ({ unavailability: { value, method } }) => value === 0 && method !== 'exact',
  );
  const except = run.stop === 'precision' && isBoundOnly ? ', except where there was no downtime' : '';
  return [
    heading(2, 'Run'),
    table(
      ['', '~'],
      [
        ['seed', run.seed],
        ['method', run.method],
        ['histories', printCount(run.histories)],
        ['simulated', `${printNumber(run.simulatedYears)} years, ${printCount(run.events)} events`],
        ['stopped', STOPS[run.stop] + except],
        ...sliceRows(run.slice),
        ['scenario digest', scenario.digest],
        ['version', run.version],
      ],
    ),
  ];
}

/** Values nobody stated: all of them in a full report, else their number. */
export function assumptionBlocks({ assumptions }: Result, full: boolean): readonly Block[] {
  const title = heading(2, 'Assumptions');
  if (assumptions.length === 0) return [title, line('None: the scenario states every value.')];
  const count = assumptions.length === 1 ? '1 value was' : `${printCount(assumptions.length)} values were`;
  if (!full) {
    return [
      title,
      line(
        `${count} not stated by the scenario; --format markdown lists them, "explain" says where all values come from.`,
      ),
    ];
  }
  const rows = assumptions.map(({ path, value, source }) => [path, value, source]);
  return [title, line(`${count} not stated by the scenario:`), table(['path~', 'value~', 'source~'], rows)];
}
