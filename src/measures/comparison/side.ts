import type { ComparedAxis, ComparedMetric } from '../../model/comparison.ts';
import { COMPARED_AXES } from '../../model/comparison.ts';
import { PHASES } from '../../model/flow.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../../model/time.ts';
import type { ModeFacts } from '../attribution.ts';
import { attributionParts, type HistoryRecord, type RecordShape } from '../history-record.ts';
import { RunTotals, sumLists } from '../run-totals.ts';
import { SparseAmounts } from './sparse.ts';

/** The histories of one variant: what is added up, and its downtime by axis and name history by history. */
export class ComparisonSide {
  readonly totals: RunTotals;
  private readonly shape: RecordShape;
  private readonly factsOf: (mode: number) => ModeFacts;
  /** By service: downtime (s) under `axis name`. */
  private readonly parts: readonly SparseAmounts[];

  constructor(shape: RecordShape, factsOf: (mode: number) => ModeFacts) {
    this.shape = shape;
    this.factsOf = factsOf;
    this.totals = new RunTotals(shape);
    this.parts = Array.from({ length: shape.services }, () => new SparseAmounts());
  }

  absorb(record: HistoryRecord): void {
    const history = this.totals.histories;
    this.totals.absorb(record);
    // Keys in numeric order, so that the sums do not depend on which outage came first.
    for (const key of [...record.attribution.keys()].sort((x, y) => x - y)) {
      const { service, mode, phase } = attributionParts(this.shape, key);
      const { bucket, cause, name } = this.factsOf(mode);
      const seconds = record.attribution.get(key)! / MICROSECONDS_PER_SECOND;
      const names: Readonly<Record<ComparedAxis, string>> = { phase: PHASES[phase]!, bucket, cause, element: name };
      for (const axis of COMPARED_AXES) this.parts[service]!.add(partKey(axis, names[axis]), history, seconds);
    }
  }

  /** Names along one axis of the attribution of a service. */
  namesOf(service: number, axis: ComparedAxis): readonly string[] {
    const prefix = partKey(axis, '');
    return this.parts[service]!.names().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  /** Downtime (s) of each history under one name of an axis. */
  part(service: number, axis: ComparedAxis, name: string): Float64Array {
    return this.parts[service]!.dense(partKey(axis, name), this.totals.histories);
  }

  /** Years of each history. */
  years(): number[] {
    return this.totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  }

  /** One amount per history: seconds for times, hours for users' time, numbers for events. */
  amounts(service: number, metric: ComparedMetric): number[] {
    const of = (measure: Parameters<RunTotals['service']>[1]): readonly number[] =>
      this.totals.service(service, measure);
    const scaled = (amounts: readonly number[], unit: number): number[] => amounts.map((amount) => amount / unit);
    switch (metric) {
      case 'dpm':
        return scaled(sumLists(of('totalTime'), of('partialWeighted')), MICROSECONDS_PER_SECOND);
      case 'dpmTotal':
        return scaled(of('totalTime'), MICROSECONDS_PER_SECOND);
      case 'dpmPartial':
        return scaled(of('partialWeighted'), MICROSECONDS_PER_SECOND);
      case 'dpmCounted':
        return scaled(of('countedWeighted'), MICROSECONDS_PER_SECOND);
      case 'ofm':
        return sumLists(of('totalOutages'), of('partialOutages'));
      case 'reportable':
        return [...of('reportable')];
      case 'sessionsLost':
        return [...of('sessionsLost')];
      case 'userHoursLost':
        return scaled(of('userTime'), MICROSECONDS_PER_SECOND * 3600);
    }
  }
}

const partKey = (axis: ComparedAxis, name: string): string => `${axis} ${name}`;
