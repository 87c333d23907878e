import type { CycleTotals } from './cycle-totals.ts';
import { CYCLE } from './measures.ts';

/** What a run of cycles cost, and what a µs of natural histories costs, in the same unit. */
export interface Work {
  readonly cycles: number;
  readonly naturalPerMicro: number;
}

/**
 * How many times more work natural histories need for the same error of the downtime: (relative variance · work) of histories
 * over that of cycles. Histories need not see a single outage for it: the second moment of an incident's downtime is known
 * from the cycles' weights. Incidents of histories are taken as independent, their number as Poisson.
 *
 * @see methods §6.1
 */
export function varianceRatio(totals: CycleTotals, work: Work): number {
  let first = 0;
  let second = 0;
  for (const sketch of totals.incidents) {
    const { values, weights } = sketch.severities();
    for (let i = 0; i < values.length; i++) {
      first += weights[i]! * values[i]!;
      second += weights[i]! * values[i]! ** 2;
    }
  }
  const perIdle = totals.timePerIdleTime();
  const value = totals.rate(CYCLE.downtime);
  const relative = totals.spread(CYCLE.downtime, value).variance / (value * perIdle) ** 2;
  // Per µs of histories: variance of the sum over its mean squared.
  const natural = (second / first ** 2) * perIdle;
  return (natural * work.naturalPerMicro) / (relative * work.cycles);
}
