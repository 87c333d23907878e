import type { Estimate } from '../../model/estimate.ts';
import type { TargetResult } from '../../model/result.ts';
import { clopperPearson } from '../statistics/proportion.ts';

/** A target with the interval a gate goes by: shares get the exact (Clopper–Pearson) one, which never covers too little (methods §5.5). */
export function gated(target: TargetResult, confidence: number): TargetResult {
  const { estimate, limit } = target;
  if (estimate?.method !== 'wilson') return target;
  const { value, n } = estimate;
  const interval: Estimate = { ...estimate, ...clopperPearson(Math.round(value * n), n, confidence) };
  const verdict = interval.lo >= limit ? 'pass' : interval.hi < limit ? 'fail' : 'undecided';
  return { ...target, estimate: interval, verdict };
}

/** Half the interval against the value; infinite where nothing was seen. */
export function relativeWidth({ value, lo, hi }: Estimate): number {
  return value === 0 ? Number.POSITIVE_INFINITY : Math.max(hi - value, value - lo) / Math.abs(value);
}
