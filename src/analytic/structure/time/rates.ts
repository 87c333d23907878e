import { InputError } from '../../../model/problem.ts';
import type { Block } from '../../../model/structure.ts';

/** Constant rates of a unit that is up at time 0; `repairPerHour` 0 means it is not repaired. */
export interface Rates {
  readonly failurePerHour: number;
  readonly repairPerHour: number;
}

/**
 * Rates behind the steady state of each block: λ = ν/(1 − U), μ = ν/U. A block that never fails has rates 0.
 *
 * @throws InputError `unsupported` for blocks without a frequency, or always down
 */
export function steadyStateRates(blocks: readonly Block[]): Rates[] {
  return blocks.map(({ name, unavailability, frequencyPerHour }) => {
    if (unavailability === 0) return { failurePerHour: 0, repairPerHour: 0 };
    if (frequencyPerHour === undefined || unavailability === 1) {
      const message =
        frequencyPerHour === undefined
          ? `Block "${name}" has an unavailability but no failure frequency, so its course over time is not known.`
          : `Block "${name}" is always down.`;
      throw new InputError([{ level: 'unsupported', code: 'no-rates', message }]);
    }
    return {
      failurePerHour: frequencyPerHour / (1 - unavailability),
      repairPerHour: frequencyPerHour / unavailability,
    };
  });
}

/** Unavailability at time t of a unit up at 0: λ/(λ+μ)·(1 − e^{−(λ+μ)t}), without cancellation. */
export function unavailabilityAt({ failurePerHour, repairPerHour }: Rates, hours: number): number {
  const sum = failurePerHour + repairPerHour;
  return sum === 0 ? 0 : (failurePerHour / sum) * -Math.expm1(-sum * hours);
}
