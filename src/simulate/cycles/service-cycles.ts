import type { Gate } from '../../measures/cycles/gates.ts';
import type { HistorySpan } from '../history-span.ts';
import type { BatchHelp } from './batch-supply.ts';
import type { PhaseClass } from './phase-classes.ts';
import type { Roots } from './roots/root-source.ts';
import type { SharedEstimates } from './shared-estimates.ts';
import type { Stage } from './stage-collector.ts';
import type { StageSizes } from './stages.ts';

export interface CycleOptions extends BatchHelp {
  readonly seed: string;
  readonly confidence: number;
  /** Relative half-width of the downtime to stop at. */
  readonly precision: number;
  /** True once the run has to end; asked between batches of samples. */
  readonly isOver: () => Promise<boolean>;
  /** Batches after which to end in any case. */
  readonly mostBatches?: number;
  /** Events beyond which there is a cheaper way: a pilot that foresees more gives up. */
  readonly mostEvents?: number;
  /** Where services alike find each other's estimates. */
  readonly estimates?: SharedEstimates | undefined;
  /** Other least numbers of samples: small ones show whether intervals of few samples hold. */
  readonly sizes?: StageSizes;
  /** What histories tell of; only where failures strike at fixed ages has it to be known. */
  readonly span?: HistorySpan;
  /** Roots found before, for runs that do not share their work. */
  readonly roots?: Roots;
}

/** What cycles say of one service. */
export interface ServiceCycles extends Stage {
  /** Failure classes by number, as they are called in the combinations. */
  readonly classNames: readonly string[];
  /** How many of them have responses; and the phases, whose columns come after. */
  readonly scoredClasses: number;
  readonly phases: readonly PhaseClass[];
  /** Failures age: histories from a start as new need not agree with the long run. */
  readonly isAgeing: boolean;
  readonly gates: readonly Gate[];
  /** No gate is red and the precision was reached, or the reason why not. */
  readonly stop: 'precision' | 'budget' | 'not converged';
  readonly events: number;
  /** The service whose estimate this is, where it is another's. */
  readonly alike?: string;
}

/** What a test on another model, made of the same, says of a result. */
export interface ModelTest {
  readonly gate: Gate;
  readonly events: number;
}

/** A pilot has shown that the precision takes more events than its caller would rather spend otherwise. */
export class TooManyEvents extends Error {
  readonly events: number;

  constructor(events: number) {
    super(`the precision takes ${events} events`);
    this.name = 'TooManyEvents';
    this.events = events;
  }
}
