import type { Scenario } from '../model/scenario.ts';
import { inject } from './inject.ts';

/** How long the fault of one element interrupts a service, and which targets that meets. */
export interface FailoverRow {
  readonly element: string;
  /** Time with any loss, seconds. */
  readonly interruptionSeconds: number;
  /** Loss weighted by the share of the load, seconds. */
  readonly lostShareSeconds: number;
  /** By target, in the order given. */
  readonly meets: readonly boolean[];
}

/** Interruptions by element, one row each, against failover times asked for in practice (B-50). */
export interface FailoverMatrix {
  /** Seconds. */
  readonly targets: readonly number[];
  readonly rows: readonly FailoverRow[];
  /** Share of the rows that meet each target. */
  readonly passShare: readonly number[];
}

/** The failover times asked for in practice: 50, 60 and 100 ms (B-50). */
export const FAILOVER_TARGETS: readonly number[] = [0.05, 0.06, 0.1];

/**
 * Strikes each element with its first failure mode and compares how long `service` is interrupted with the targets (B-48,
 * B-50). A target is met when the interruption is not longer.
 *
 * @throws InputError when an element does not exist or cannot fail
 */
export function failoverMatrix(
  scenario: Scenario,
  service: string,
  elements: readonly string[],
  targets: readonly number[] = FAILOVER_TARGETS,
): FailoverMatrix {
  const rows = elements.map((element): FailoverRow => {
    const { services } = inject(scenario, '', [{ at: 0, element }]);
    const { outageSeconds, lostShare } = services[service]!;
    const meets = targets.map((target) => outageSeconds <= target);
    return { element, interruptionSeconds: outageSeconds, lostShareSeconds: lostShare, meets };
  });
  const passShare = targets.map((_, i) => rows.filter(({ meets }) => meets[i]).length / rows.length);
  return { targets, rows, passShare };
}
