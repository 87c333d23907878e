import type { Estimate } from '../../model/estimate.ts';
import type { GroupResult, Result } from '../../model/result.ts';
import { type Block, type Cell, heading, line, table } from '../document/document.ts';
import { printCount, printEstimate, printNumber, printRatio } from '../format.ts';
import { intervalTitle } from './row.ts';
import { VERDICTS, verdictOn } from './verdict.ts';

/** s/year from all attributable causes (B-52). */
const DOWNTIME_LIMIT = 31.5;

/** The six high-level engineering targets (B-52), each with the worst value measured. */
export function sheetBlocks(result: Result): readonly Block[] {
  const groups = Object.entries(result.groups).filter(([, group]) => group.attempts > 0);
  const rows: readonly (readonly Cell[])[] = [
    downtimeRow(result),
    ratioRow('failover within target time', groups, (group) => group.withinTarget),
    managementRow('localisation', groups, (group) => group.imperfect?.localisation),
    managementRow('containment', groups, (group) => group.imperfect?.containment),
    coverageRow(groups, result.run.simulatedYears),
    ratioRow('failover success', groups, (group) => group.successRatio),
  ];
  return [
    heading(2, 'Engineering targets'),
    table(['', 'target~', 'limit', '>measured', intervalTitle(result.run.confidence), 'worst~'], rows),
    line(NOTE, 'faint'),
  ];
}

const NOTE =
  'For orientation: only the targets of the scenario decide the outcome. The failover target time is that of the group (50 ms in the engineering target); coverage counts failovers against failures of serving members.';
const NOT_MODELLED: Cell = { text: 'not modelled yet', tone: 'faint' };
const NOT_OBSERVED: Cell = { text: 'not observed', tone: 'faint' };

function downtimeRow({ services }: Result): readonly Cell[] {
  const all = Object.entries(services).map(([id, service]) => [id, service.dpm.all] as const);
  const name = 'downtime, all causes';
  const limit = `≤ ${DOWNTIME_LIMIT} s/year`;
  const worst = mostBy(all, ([, dpm]) => dpm.value);
  if (worst === undefined) return ['', name, limit, NOT_OBSERVED];
  const [id, dpm] = worst;
  const { mark, tone } = VERDICTS[verdictOn(dpm, 'at most', DOWNTIME_LIMIT)];
  const printed = printEstimate(dpm, 's/year');
  return [{ text: mark, tone }, name, limit, printed.value, printed.interval, id];
}

type NamedGroup = readonly [id: string, group: GroupResult];

function ratioRow(
  name: string,
  groups: readonly NamedGroup[],
  read: (group: GroupResult) => Estimate | null,
): readonly Cell[] {
  const ratios = groups.flatMap(([id, group]) => {
    const ratio = read(group);
    return ratio === null ? [] : [{ id, ratio }];
  });
  const worst = mostBy(ratios, ({ ratio }) => -ratio.value);
  if (worst === undefined) return ['', name, '100 %', NOT_OBSERVED];
  const { mark, tone } = VERDICTS[verdictOn(worst.ratio, 'at least', 1)];
  const printed = printRatio(worst.ratio);
  return [{ text: mark, tone }, name, '100 %', printed.value, printed.interval, worst.id];
}

/** What only some models let go wrong. */
function managementRow(
  name: string,
  groups: readonly NamedGroup[],
  read: (group: GroupResult) => Estimate | null | undefined,
): readonly Cell[] {
  const modelled = groups.filter(([, group]) => (read(group) ?? null) !== null);
  if (modelled.length === 0) return ['', name, '100 %', NOT_MODELLED];
  return ratioRow(name, modelled, (group) => read(group) ?? null);
}

/** Failures of serving members that an automatic failover answered: uncovered ones are no attempts (SEM-25). */
function coverageRow(groups: readonly NamedGroup[], years: number): readonly Cell[] {
  const name = 'detection coverage';
  if (groups.length === 0) return ['', name, '100 %', NOT_OBSERVED];
  return countedRow(name, groups, (group) => {
    const failures = Math.round(group.servingFailuresPerYear.value * years);
    return [Math.min(group.attempts - (group.imperfect?.alarmAttempts ?? 0), failures), failures];
  });
}

function countedRow(
  name: string,
  groups: readonly NamedGroup[],
  count: (group: GroupResult) => readonly [good: number, all: number],
): readonly Cell[] {
  const counts = groups.map(([id, group]) => ({ id, good: count(group)[0], all: count(group)[1] }));
  const { id, good, all } = mostBy(counts, (entry) => -entry.good / entry.all)!;
  const { mark, tone } = VERDICTS[good < all ? 'fail' : 'undecided'];
  return [
    { text: mark, tone },
    name,
    '100 %',
    `${printNumber((100 * good) / all, 4)} %`,
    `${printCount(good)} of ${printCount(all)}`,
    id,
  ];
}

/** The entry with the largest key, the first of equal ones; undefined for none. */
function mostBy<T>(entries: readonly T[], key: (entry: T) => number): T | undefined {
  return entries.reduce<T | undefined>(
    (best, entry) => (best === undefined || key(entry) > key(best) ? entry : best),
    undefined,
  );
}
