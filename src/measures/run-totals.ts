import {
  GROUP_MEASURES,
  type GroupMeasure,
  groupWidth,
  type HistoryRecord,
  POPULATION_MEASURES,
  type PopulationMeasure,
  type RecordShape,
  SERVICE_MEASURES,
  type ServiceMeasure,
  SPARE_MEASURES,
  SPLITS,
  type SpareMeasure,
  type Split,
} from './history-record.ts';
import { EventTotals } from './statistics/event-totals.ts';
import { QuantileSketch } from './statistics/sketch.ts';

/**
 * Histories of one run, absorbed in index order: what an interval needs is kept per history, the rest is added up.
 * Absorbing the same histories in the same order gives the same bytes, wherever they were simulated.
 */
export class RunTotals {
  readonly shape: RecordShape;
  histories = 0;
  events = 0;
  /** Observed time per history, µs. */
  readonly horizons: number[] = [];
  /** By service: counted outage lengths, s. */
  readonly outageLengths: QuantileSketch[];
  /** By service: counted outages as single events (s), for intervals with few histories. */
  readonly outageEvents: EventTotals[];
  /** By service: weighted downtime of every calendar year that has any, s. */
  readonly badYears: number[][];
  readonly attribution = new Map<number, number>();
  readonly elementFailures: Float64Array;
  /** µs. */
  readonly elementDowntime: Float64Array;
  readonly repairs: number[] = [];
  /** µs. */
  readonly repairTime: number[] = [];
  private readonly services: number[][];
  private readonly splits: number[][];
  private readonly groups: number[][];
  private readonly populations: number[][];
  private readonly spares: number[][];
  private readonly groupWidth: number;

  constructor(shape: RecordShape) {
    this.shape = shape;
    this.groupWidth = groupWidth(shape);
    const lists = (count: number): number[][] => Array.from({ length: count }, () => []);
    this.services = lists(shape.services * SERVICE_MEASURES.length);
    this.splits = lists(shape.services * SPLITS.length);
    this.groups = lists(shape.groups * this.groupWidth);
    this.populations = lists(shape.populations * POPULATION_MEASURES.length);
    this.spares = lists((shape.spares ?? 0) * SPARE_MEASURES.length);
    this.badYears = lists(shape.services);
    this.outageLengths = Array.from({ length: shape.services }, () => new QuantileSketch());
    this.outageEvents = Array.from({ length: shape.services }, () => new EventTotals());
    this.elementFailures = new Float64Array(shape.elements);
    this.elementDowntime = new Float64Array(shape.elements);
  }

  /** Adds the next history of the run. */
  absorb(record: HistoryRecord): void {
    this.histories++;
    this.events += record.events;
    this.horizons.push(record.horizon);
    record.services.forEach((amount, i) => {
      this.services[i]!.push(amount);
    });
    record.splits.forEach((amount, i) => {
      this.splits[i]!.push(amount);
    });
    record.groups.forEach((amount, i) => {
      this.groups[i]!.push(amount);
    });
    record.populations.forEach((amount, i) => {
      this.populations[i]!.push(amount);
    });
    record.spares.forEach((amount, i) => {
      this.spares[i]!.push(amount);
    });
    record.outageService.forEach((service, i) => {
      const seconds = record.outageLength[i]! / 1e6;
      this.outageLengths[service]!.add(seconds);
      this.outageEvents[service]!.add(seconds);
    });
    record.yearService.forEach((service, i) => {
      this.badYears[service]!.push(record.yearDowntime[i]! / 1e6);
    });
    for (const [key, amount] of record.attribution)
      this.attribution.set(key, (this.attribution.get(key) ?? 0) + amount);
    for (let e = 0; e < this.shape.elements; e++) {
      this.elementFailures[e]! += record.elementFailures[e]!;
      this.elementDowntime[e]! += record.elementDowntime[e]!;
    }
    this.repairs.push(record.repairs);
    this.repairTime.push(record.repairTime);
  }

  /** One measure of a service, one entry per history. */
  service(service: number, measure: ServiceMeasure): readonly number[] {
    return this.services[service * SERVICE_MEASURES.length + SERVICE_MEASURES.indexOf(measure)]!;
  }

  /** Downtime of a service in one bucket, or by external parties, µs, one entry per history. */
  split(service: number, split: Split): readonly number[] {
    return this.splits[service * SPLITS.length + SPLITS.indexOf(split)]!;
  }

  group(group: number, measure: GroupMeasure): readonly number[] {
    return this.groups[group * this.groupWidth + GROUP_MEASURES.indexOf(measure)]!;
  }

  /** Failed failovers of a group for a reason (index), one entry per history. */
  groupReason(group: number, reason: number): readonly number[] {
    return this.groups[group * this.groupWidth + GROUP_MEASURES.length + reason]!;
  }

  /** Time from the fault to a mark (index), summed over the cases that reached it, µs, and how many did. */
  groupMark(group: number, mark: number): { readonly time: readonly number[]; readonly count: readonly number[] } {
    const at = group * this.groupWidth + GROUP_MEASURES.length + this.shape.reasons + mark;
    return { time: this.groups[at]!, count: this.groups[at + this.shape.marks]! };
  }

  /** One measure of the spares of a policy, by its place among the policies with spares. */
  spare(policy: number, measure: SpareMeasure): readonly number[] {
    return this.spares[policy * SPARE_MEASURES.length + SPARE_MEASURES.indexOf(measure)]!;
  }

  population(population: number, measure: PopulationMeasure): readonly number[] {
    return this.populations[population * POPULATION_MEASURES.length + POPULATION_MEASURES.indexOf(measure)]!;
  }
}

/** Entry by entry sum of lists of one length. */
export function sumLists(...lists: readonly (readonly number[])[]): number[] {
  return lists[0]!.map((_, i) => lists.reduce((sum, list) => sum + list[i]!, 0));
}
