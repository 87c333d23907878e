import type { Estimate } from '../../model/estimate.ts';
import type { OutageLengths, ServiceResult, TargetResult } from '../../model/result.ts';
import { SECONDS_PER_HOUR } from '../../model/time.ts';
import { type Block, type Cell, table } from '../document/document.ts';
import {
  type Printed,
  printAvailability,
  printCount,
  printDuration,
  printDurationEstimate,
  printEstimate,
  printNines,
  printNumber,
  printRatio,
} from '../format.ts';
import { measureColumns, measureRow } from './row.ts';

const BANDS: Readonly<Record<ServiceResult['band'], string>> = {
  'not HA': 'below five nines',
  HA: 'five to six nines',
  'beyond HA': 'over six nines',
};

/** Every measure of one service with its interval. */
export function serviceMeasures(service: ServiceResult, targets: readonly TargetResult[], confidence: number): Block {
  const perYear = (name: string, estimate: Estimate, unit: string, indent = 0): readonly Cell[] =>
    measureRow(name, printEstimate(estimate, unit), indent);
  const { dpm, ofm } = service;
  const rows: (readonly Cell[])[] = [
    measureRow('availability', printAvailability(service.unavailability)),
    measureRow('nines', printNines(service.nines)),
    measureRow('band', { value: service.band, interval: BANDS[service.band] }, 1),
    perYear('downtime (DPM)', dpm.all, 's/year'),
    perYear('total loss', dpm.total, 's/year', 1),
    perYear('partial loss, weighted', dpm.partial, 's/year', 1),
    perYear('partial loss, unweighted', dpm.partialRaw, 's/year', 1),
    perYear('in counted outages', dpm.counted, 's/year', 1),
    ...(dpm.attributable.value === dpm.all.value
      ? []
      : [perYear('without external parties', dpm.attributable, 's/year', 1)]),
    ...(dpm.all.value === 0
      ? []
      : [
          perYear('of the guest', dpm.guest, 's/year', 1),
          perYear('of the infrastructure', dpm.infrastructure, 's/year', 1),
        ]),
    ...plannedRows(service),
    perYear('outages over the threshold', ofm.all, '/year'),
    perYear('total', ofm.total, '/year', 1),
    perYear('partial', ofm.partial, '/year', 1),
    ...(service.capacityEventsPerYear.value === 0
      ? []
      : [perYear('capacity events among the partial', service.capacityEventsPerYear, '/year', 2)]),
    perYear('hits under the threshold', service.hitsPerYear, '/year'),
    perYear('reportable outages', service.reportablePerYear, '/year'),
    ...lengthRows(service.outageSeconds),
    ...optionalRow('time between outages (MTBF)', service.mtbfHours, (e) => printEstimate(e, 'h')),
    ...optionalRow('time to restore (MTTRem)', service.mttremSeconds, printDurationEstimate),
    ...optionalRow('time to redundancy (MTTRec)', service.mttrecSeconds, printDurationEstimate),
    ...optionalRow('time to repair (MTTRep)', service.mttrepHours, (e) => printDurationEstimate(inSeconds(e))),
    perYear('sessions lost', service.sessionsLostPerYear, '/year'),
    perYear('user hours lost', service.userHoursLostPerYear, '/year'),
    ...optionalRow(`no outage in ${printDuration(service.missionSeconds)}`, service.reliability, printRatio),
    ...missRows(service, targets),
  ];
  return table(measureColumns(confidence), rows);
}

/** Foreseen work counts fully; reports only say what is left without it (SEM-11). */
function plannedRows({ plannedDpm, dpm }: ServiceResult): readonly (readonly Cell[])[] {
  if (plannedDpm === 0) return [];
  const value = `${printNumber(plannedDpm, 4)} s/year`;
  const left = `${printNumber(Math.max(0, dpm.all.value - plannedDpm), 4)} s/year without it`;
  return [measureRow('planned', { value, interval: left }, 1)];
}

function lengthRows(lengths: OutageLengths | null): readonly (readonly Cell[])[] {
  if (lengths === null) return [measureRow('outage length', { value: 'no outage', interval: '' })];
  const open = { value: printCount(lengths.censored), interval: '' };
  return [
    measureRow('outage length, mean', printDurationEstimate(lengths.mean)),
    measureRow('50 % are shorter than (p50)', printDurationEstimate(lengths.p50), 1),
    measureRow('90 % are shorter than (p90)', printDurationEstimate(lengths.p90), 1),
    measureRow('99 % are shorter than (p99)', printDurationEstimate(lengths.p99), 1),
    measureRow('longest seen', { value: printDuration(lengths.max), interval: '' }, 1),
    ...(lengths.censored === 0 ? [] : [measureRow('still open when a history ended', open, 1)]),
  ];
}

function optionalRow(
  name: string,
  estimate: Estimate | null,
  print: (estimate: Estimate) => Printed,
): readonly (readonly Cell[])[] {
  return estimate === null ? [] : [measureRow(name, print(estimate))];
}

function inSeconds(hours: Estimate): Estimate {
  const { value, lo, hi } = hours;
  return { ...hours, value: value * SECONDS_PER_HOUR, lo: lo * SECONDS_PER_HOUR, hi: hi * SECONDS_PER_HOUR };
}

function missRows(service: ServiceResult, targets: readonly TargetResult[]): readonly (readonly Cell[])[] {
  return Object.entries(service.missProbability).map(([id, chance]) => {
    const target = targets.find((candidate) => candidate.id === id);
    const limit = target === undefined ? id : target.text;
    return measureRow(`chance to miss ${limit} in a year`, printRatio(chance));
  });
}
