import type { Chain } from '../../../model/chain.ts';
import type { AvailabilityFigures } from '../measures.ts';
import { RowBuilder } from '../rows.ts';
import { compensatedSum } from '../sum.ts';

/**
 * `units` equal units of which `required` must work; exponential failures and repairs, `crews` repairs at a time
 * (methods 3.4). Units beyond the required ones stand by and fail at `standbyFailureRate`: equal to `failureRate` for
 * hot standby and load sharing (the default), between 0 and it for warm, 0 for cold standby. Covers k-of-n, 1+1 and
 * N+1 with perfect switching. Rates are per hour.
 */
export interface RepairableGroup {
  readonly units: number;
  readonly required: number;
  readonly failureRate: number;
  readonly standbyFailureRate?: number;
  readonly repairRate: number;
  readonly crews: number;
}

/** Total failure rate with `failed` units down. */
function failureRate(group: RepairableGroup, failed: number): number {
  const up = group.units - failed;
  const working = Math.min(up, group.required);
  return working * group.failureRate + (up - working) * (group.standbyFailureRate ?? group.failureRate);
}

/** Long-run figures in closed form, π_{i+1} = π_i·(failure rate in i)/(min(i + 1, crews)·μ), and the π_i themselves. */
export function groupFigures(group: RepairableGroup): AvailabilityFigures & { readonly failed: Float64Array } {
  const { units, required, repairRate, crews } = group;
  const failed = new Float64Array(units + 1);
  failed[0] = 1;
  for (let i = 0; i < units; i++) {
    failed[i + 1] = (failed[i]! * failureRate(group, i)) / (Math.min(i + 1, crews) * repairRate);
  }
  const total = compensatedSum(failed);
  for (let i = 0; i <= units; i++) failed[i]! /= total;
  const lastUp = units - required;
  const unavailability = compensatedSum(failed, lastUp + 1);
  const availability = compensatedSum(failed, 0, lastUp + 1);
  const frequencyPerHour = failed[lastUp]! * failureRate(group, lastUp);
  return {
    failed,
    unavailability,
    availability,
    frequencyPerHour,
    mutHours: availability / frequencyPerHour,
    mdtHours: unavailability / frequencyPerHour,
  };
}

/**
 * The same group as a chain, state i = i units failed. Rewards: 1 when fewer than `required` work; share of the
 * required capacity that is missing.
 */
export function groupChain(group: RepairableGroup): Chain {
  const { units, required, repairRate, crews } = group;
  const rows = new RowBuilder();
  for (let i = 0; i <= units; i++) {
    if (i < units) rows.add(i + 1, failureRate(group, i));
    if (i > 0) rows.add(i - 1, Math.min(i, crews) * repairRate);
    rows.endRow();
  }
  const missing = Float64Array.from({ length: units + 1 }, (_, i) => Math.max(0, required - (units - i)) / required);
  return {
    ...rows.finish(),
    initial: { state: Int32Array.of(0), probability: Float64Array.of(1) },
    rewards: [missing.map((share) => (share > 0 ? 1 : 0)), missing],
  };
}
