import type { CompiledModel } from '../../compile/model.ts';
import type { World } from '../../dynamics/world.ts';
import { FAILOVER_MEASURES } from '../../measures/cycles/measures.ts';
import { HistoryWatch } from '../history-watch.ts';
import type { Tape } from './clocks/tape.ts';
import type { IncidentPath } from './incident-path.ts';

/** Outages over the threshold by length (µs) and weight. */
export interface WeighedOutages {
  readonly lengths: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Adds up what one service suffers in a course of an incident, and how failovers end; nothing else about groups and
 * elements. What happens after the last forced failure counts by the probability that no further one has struck by then, times the likelihood ratio of
 * what was drawn until then (methods §2.1 eq. (2)); what happens before it counts in the courses of fewer failures.
 */
export class IncidentWatch extends HistoryWatch {
  /** Time since the last forced failure, weighed like everything, µs. */
  survived = 0;
  readonly outages = { lengths: [] as number[], weights: [] as number[] };
  /** Weights of the failovers of all groups there are, by FAILOVER_MEASURES. */
  readonly failovers = new Float64Array(FAILOVER_MEASURES.length);
  private readonly tape: Tape;
  private readonly path: IncidentPath;
  private readonly groupOf: Int32Array;
  /** By group, µs. */
  private readonly failoverTarget: Float64Array;
  private isOpen = false;
  /** `survived` when the books were last brought up to date. */
  private known = 0;

  constructor(model: CompiledModel, service: number, tape: Tape, path: IncidentPath) {
    super(model, service);
    this.tape = tape;
    this.path = path;
    this.groupOf = model.seats.group;
    this.failoverTarget = model.groups.failoverTarget;
  }

  override begin(world: World, start: number): void {
    super.begin(world, start);
    this.isOpen = false;
    this.survived = 0;
    this.known = 0;
    const { lengths, weights } = this.outages;
    if (lengths.length > 0) {
      lengths.length = 0;
      weights.length = 0;
    }
    this.failovers.fill(0);
  }

  /** The last forced failure is about to strike: from here on everything counts. */
  open(): void {
    this.isOpen = true;
  }

  protected override get weight(): number {
    return this.isOpen ? this.tape.likelihood * this.path.survival : 0;
  }

  protected override timeBetween(): number {
    const time = this.survived - this.known;
    this.known = this.survived;
    return time;
  }

  protected override noteOutage(_service: number, length: number): void {
    this.outages.lengths.push(length);
    this.outages.weights.push(this.weight);
  }

  override failoverEnded(_now: number, seat: number, reason: number, elapsed: number): void {
    const { weight, failovers } = this;
    if (weight === 0) return;
    failovers[0]! += weight;
    if (reason >= 0) return;
    failovers[1]! += weight;
    if (elapsed <= this.failoverTarget[this.groupOf[seat]!]!) failovers[2]! += weight;
  }

  override failed(): void {}
  override elementChanged(): void {}
  override memberFailed(): void {}
  override alarmed(): void {}
  override coverageDrawn(): void {}
  override contained(): void {}
  override switchedOver(): void {}
  override raced(): void {}
  override marked(): void {}
  override elementMarked(): void {}
  override stepChanged(): void {}
  override groupChanged(): void {}
  override moved(): void {}
}
