import type { CompiledModel } from '../compile/model.ts';
import { POPULATION_MEASURES } from '../measures/history-record.ts';
import { MARKS } from '../model/flow.ts';
import { MICROSECONDS_PER_YEAR } from '../model/time.ts';

const DETECTED = MARKS.indexOf('detected');
const REPAIRED = MARKS.indexOf('repaired');
const NO_TIME = -1;

/** Failures, downtime and repairs of the elements, and of the populations they belong to (B-10), in one history. */
export class ElementBooks {
  /** Per element: how often it failed, and how long it was down, µs. */
  failures!: Float64Array;
  downtime!: Float64Array;
  /** Per population: POPULATION_MEASURES. */
  populations!: Float64Array;
  repairs = 0;
  /** From detection, or else the fault, to repair, µs. */
  repairTime = 0;
  private readonly model: CompiledModel;
  /** Nothing before counts, µs. */
  private start = 0;
  private readonly downSince: Float64Array;
  private readonly lastYearDown: Int32Array;
  private readonly detectedAt: Float64Array;
  private readonly failedAt: Float64Array;

  constructor(model: CompiledModel) {
    this.model = model;
    this.downSince = new Float64Array(model.elements.count);
    this.lastYearDown = new Int32Array(model.elements.count);
    this.detectedAt = new Float64Array(model.elements.count);
    this.failedAt = new Float64Array(model.elements.count);
  }

  /** All up from `start` (µs) on, everything at zero: a record keeps what it was given. */
  begin(start: number): void {
    const { elements, names } = this.model;
    this.start = start;
    this.failures = new Float64Array(elements.count);
    this.downtime = new Float64Array(elements.count);
    this.populations = new Float64Array(names.populations.length * POPULATION_MEASURES.length);
    this.downSince.fill(NO_TIME);
    this.lastYearDown.fill(-1);
    this.detectedAt.fill(NO_TIME);
    this.failedAt.fill(NO_TIME);
    this.repairs = 0;
    this.repairTime = 0;
  }

  failed(now: number, mode: number): void {
    if (now < this.start) return;
    const element = this.model.modes.element[mode]!;
    this.failedAt[element] = now;
    this.detectedAt[element] = NO_TIME;
    this.failures[element]!++;
    this.addToPopulation(element, 0, 1);
  }

  changed(now: number, element: number, up: boolean): void {
    if (up) this.accrue(element, now);
    else this.downSince[element] = now;
  }

  marked(now: number, element: number, mark: number): void {
    if (mark === DETECTED) this.detectedAt[element] = now;
    if (mark !== REPAIRED || this.failedAt[element]! < this.start) return;
    this.repairs++;
    const dispatched = this.detectedAt[element]!;
    this.repairTime += now - (dispatched === NO_TIME ? this.failedAt[element]! : dispatched);
  }

  /** The history ends at `end` (µs). */
  finish(end: number): void {
    for (let element = 0; element < this.downSince.length; element++) {
      if (this.downSince[element] !== NO_TIME) this.accrue(element, end);
    }
  }

  private accrue(element: number, now: number): void {
    const from = Math.max(this.downSince[element]!, this.start);
    this.downSince[element] = NO_TIME;
    if (now <= from) return;
    this.downtime[element]! += now - from;
    if (this.model.elements.population[element]! < 0) return;
    this.addToPopulation(element, 1, now - from);
    const first = Math.floor((from - this.start) / MICROSECONDS_PER_YEAR);
    const last = Math.floor((now - 1 - this.start) / MICROSECONDS_PER_YEAR);
    const known = this.lastYearDown[element]!;
    this.addToPopulation(element, 2, last - Math.max(first, known + 1) + 1);
    this.lastYearDown[element] = last;
  }

  private addToPopulation(element: number, measure: number, amount: number): void {
    const population = this.model.elements.population[element]!;
    if (population >= 0) this.populations[population * POPULATION_MEASURES.length + measure]! += amount;
  }
}
