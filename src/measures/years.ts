import type { Estimate } from '../model/estimate.ts';
import { wilson } from './statistics/proportion.ts';

/**
 * Share of simulated calendar years whose downtime exceeds `limit` (s), with Wilson's interval. Years are taken as
 * independent: outages that run over the turn of a year are rare against the years.
 *
 * @param badYears downtime (s) of every year that has any
 * @param years simulated years per history; only whole ones count
 */
export function missProbabilityFromYears(
  badYears: readonly number[],
  years: readonly number[],
  limit: number,
  confidence: number,
): Estimate {
  const whole = years.reduce((sum, span) => sum + Math.floor(span + 1e-9), 0);
  if (whole === 0) return { value: Number.NaN, lo: 0, hi: 1, method: 'wilson', n: 0 };
  const missed = badYears.reduce((count, downtime) => count + (downtime > limit ? 1 : 0), 0);
  return wilson(Math.min(missed, whole), whole, confidence);
}
