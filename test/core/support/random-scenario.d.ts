import fc from 'fast-check';
import type { Scenario } from '../../../src/model/scenario.ts';
/**
 * Random small scenarios that fail often and recover slowly, so that everything meets everything: hosting, crews, slots,
 * control functions, second failures in every phase. Half of the times are round, so that many events share an instant.
 */
export interface RandomOptions {
  /** Exponential laws (and no time at all) only, and nothing whose clock is not memoryless. */
  readonly memoryless?: boolean;
}
export declare function randomScenario(options?: RandomOptions): fc.Arbitrary<Scenario>;
