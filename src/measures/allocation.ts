import type { AllocationResult, BucketSpending } from '../model/result.ts';
import { type Allocation, BUCKETS, type Bucket } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import type { RunTotals } from './run-totals.ts';
import { rateInterval } from './statistics/rate.ts';
import { verdictOf } from './targets.ts';

/** A downtime target (s/year) and the share of it that each bucket may spend. */
export interface Budget {
  readonly target: number;
  readonly shares: Allocation;
}

/** Simulated downtime of each bucket beside what is allocated to it (B-44). */
export function spendingOf(
  totals: RunTotals,
  service: number,
  { target, shares }: Budget,
  { confidence, longestOutage }: { readonly confidence: number; readonly longestOutage: number },
): AllocationResult {
  const years = totals.horizons.map((horizon) => horizon / MICROSECONDS_PER_YEAR);
  const spending = (bucket: Bucket): BucketSpending => {
    const seconds = totals.split(service, bucket).map((time) => time / MICROSECONDS_PER_SECOND);
    const dpm = rateInterval(seconds, years, confidence, { largest: longestOutage });
    const allocated = shares[bucket] * target;
    return { share: shares[bucket], allocated, dpm, verdict: verdictOf(dpm, allocated, false) };
  };
  const buckets = Object.fromEntries(
    BUCKETS.map((bucket) => [bucket, spending(bucket)]),
  ) as AllocationResult['buckets'];
  const over = BUCKETS.map((bucket) => ({ bucket, by: buckets[bucket].dpm.value - buckets[bucket].allocated }));
  const worst = over.reduce((a, b) => (b.by > a.by ? b : a));
  return { target, buckets, overspent: worst.by > 0 ? worst : null };
}
