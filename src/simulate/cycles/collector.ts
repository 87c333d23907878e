import type { CompiledModel } from '../../compile/model.ts';
import { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { CYCLE, CYCLE_MEASURES } from '../../measures/cycles/measures.ts';
import { ScoreTotals } from '../../measures/cycles/score-totals.ts';
import { attributionKey, SERVICE_MEASURES } from '../../measures/history-record.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { shapeOf } from '../history-watch.ts';
import type { Course } from './course.ts';
import type { FailureClasses } from './failure-classes.ts';
import type { PhaseClasses } from './phase-classes.ts';

/** Failure classes beyond which nothing is said of responses to rates: their sums would fill the memory. */
const MOST_SCORED = 1_000;

/** Classes of which responses are known: none where failures age, whose rates are no single numbers. */
export const scoredClasses = ({ count, ageing }: FailureClasses): number => (count > MOST_SCORED || ageing ? 0 : count);

/** Columns of responses: those of failure classes, then those of phases. */
export const scoredColumns = (classes: FailureClasses, phases: PhaseClasses): number =>
  scoredClasses(classes) + phases.count;

/** Gathers the courses of each sample of one batch into its amounts and adds them to the batch's totals. */
export class Collector {
  readonly totals: CycleTotals;
  readonly scores: ScoreTotals;
  private readonly classes: FailureClasses;
  private readonly service: number;
  private readonly amounts = new Float64Array(CYCLE_MEASURES.length);
  private readonly keys: readonly [first: number, end: number];
  private readonly of: number;
  private readonly firstPhase: number;
  private readonly downtimeScores: Float64Array;
  private readonly lengthScores: Float64Array;
  private length = 0;
  private fullDowntime = 0;

  /** @param count samples of the batch, @param of samples of its stratum in the whole stage */
  constructor(
    model: CompiledModel,
    classes: FailureClasses,
    phases: PhaseClasses,
    service: number,
    count: number,
    of: number,
  ) {
    this.classes = classes;
    this.service = service;
    this.of = of;
    this.totals = new CycleTotals([count], CYCLE_MEASURES.length, false);
    const scored = scoredColumns(classes, phases);
    this.firstPhase = scoredClasses(classes);
    this.scores = new ScoreTotals(1, scored);
    this.downtimeScores = new Float64Array(scored);
    this.lengthScores = new Float64Array(scored);
    const shape = shapeOf(model);
    this.keys = [attributionKey(shape, service, -1, 0), attributionKey(shape, service + 1, -1, 0)];
  }

  begin(): void {
    this.amounts.fill(0);
    this.downtimeScores.fill(0);
    this.lengthScores.fill(0);
    this.length = 0;
    this.fullDowntime = 0;
  }

  readonly absorb = (rate: number, course: Course): void => {
    const { totals, amounts, service } = this;
    const { record, outages, failovers, failures } = course;
    const factor = rate * course.weight;
    const full = rate * course.fullWeight;
    this.length += factor * course.survived + rate * course.idle;
    this.addScores(this.lengthScores, course, full * course.length);
    const at = service * SERVICE_MEASURES.length;
    for (let i = 0; i < SERVICE_MEASURES.length; i++) amounts[i]! += factor * record.services[at + i]!;
    amounts[CYCLE.outages]! +=
      factor * (record.services[at + CYCLE.totalOutages]! + record.services[at + CYCLE.partialOutages]!);
    for (let i = 0; i < failovers.length; i++) amounts[CYCLE.failovers + i]! += factor * failovers[i]!;
    const share = factor / this.of;
    for (let i = 0; i < outages.lengths.length; i++) {
      const weight = share * outages.weights[i]!;
      if (weight > 0) totals.noteOutage(0, outages.lengths[i]! / MICROSECONDS_PER_SECOND, weight);
    }
    const downtime = downtimeOf(record, service);
    // What was forced in spite of a chance that underflows is worth nothing.
    if (downtime > 0 && factor > 0) {
      amounts[CYCLE.downtime]! += factor * downtime;
      const combination = kindsOf(this.classes, failures);
      totals.combinations.set(combination, (totals.combinations.get(combination) ?? 0) + share * downtime);
      const [first, end] = this.keys;
      for (const [key, micros] of record.attribution) {
        if (key >= first && key < end) totals.attribution.set(key, (totals.attribution.get(key) ?? 0) + share * micros);
      }
    }
    if (course.downtime === 0 || full === 0) return;
    this.fullDowntime += full * course.downtime;
    this.addScores(this.downtimeScores, course, full * course.downtime);
    amounts[CYCLE.harmful]! += full;
    totals.noteIncident(0, course.downtime / MICROSECONDS_PER_SECOND, full / this.of);
  };

  /** Downtime that is added by what follows the last failure of the course. */
  readonly worth = ({ record }: Course): number => downtimeOf(record, this.service);

  private addScores(sums: Float64Array, { scores, phaseScores }: Course, factor: number): void {
    const { firstPhase } = this;
    for (let one = 0; one < firstPhase; one++) sums[one]! += factor * scores[one]!;
    for (let one = 0; one < phaseScores.length; one++) sums[firstPhase + one]! += factor * phaseScores[one]!;
  }

  end(): void {
    this.totals.add(0, this.amounts, this.length, CYCLE.downtime);
    this.scores.add(0, this.downtimeScores, this.lengthScores, this.fullDowntime);
  }
}

/** `class class …` in ascending order. */
function kindsOf({ of }: FailureClasses, failures: Course['failures']): string {
  return failures
    .map(({ mode }) => of[mode]!)
    .sort((a, b) => a - b)
    .join(' ');
}

function downtimeOf(record: Course['record'], service: number): number {
  const at = service * SERVICE_MEASURES.length;
  return record.services[at + CYCLE.totalTime]! + record.services[at + CYCLE.partialWeighted]!;
}
