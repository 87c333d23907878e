import { PHASES, type Phase } from '../model/flow.ts';
import type { Attribution } from '../model/result.ts';
import type { Bucket, CauseClass, Party } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import { attributionParts, type RecordShape } from './history-record.ts';
import type { RunTotals } from './run-totals.ts';
import { sumOf } from './statistics/sum.ts';

/** Elements named one by one in the attribution; the rest is summed as `other`. */
const NAMED_ELEMENTS = 30;

/** What is known of a root failure mode. */
export interface ModeFacts {
  readonly name: string;
  readonly bucket: Bucket;
  readonly cause: CauseClass;
  readonly party: Party;
}

/** Downtime of one service along the axes of SEM-33, s/year; every axis sums to the same downtime. */
export function attributionOf(totals: RunTotals, service: number, factsOf: (mode: number) => ModeFacts): Attribution {
  const years = sumOf(totals.horizons) / MICROSECONDS_PER_YEAR;
  return attributionFrom(totals.shape, totals.attribution, 1 / MICROSECONDS_PER_SECOND / years, service, factsOf);
}

/** The same from amounts by attribution key, which `scale` brings to s/year. */
export function attributionFrom(
  shape: RecordShape,
  amounts: ReadonlyMap<number, number>,
  scale: number,
  service: number,
  factsOf: (mode: number) => ModeFacts,
): Attribution {
  const bucket: Partial<Record<Bucket, number>> = {};
  const cause: Partial<Record<CauseClass, number>> = {};
  const party: Partial<Record<Party, number>> = {};
  const phase: Partial<Record<Phase, number>> = {};
  const element = new Map<string, number>();
  // Keys in numeric order, so that the sums do not depend on which outage came first.
  const keys = [...amounts.keys()].sort((a, b) => a - b);
  for (const key of keys) {
    const parts = attributionParts(shape, key);
    if (parts.service !== service) continue;
    const seconds = amounts.get(key)! * scale;
    const facts = factsOf(parts.mode);
    const name = PHASES[parts.phase]!;
    bucket[facts.bucket] = (bucket[facts.bucket] ?? 0) + seconds;
    cause[facts.cause] = (cause[facts.cause] ?? 0) + seconds;
    party[facts.party] = (party[facts.party] ?? 0) + seconds;
    phase[name] = (phase[name] ?? 0) + seconds;
    element.set(facts.name, (element.get(facts.name) ?? 0) + seconds);
  }
  const ranked = [...element].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const rest = sumOf(ranked.slice(NAMED_ELEMENTS).map(([, seconds]) => seconds));
  const named = Object.fromEntries(ranked.slice(0, NAMED_ELEMENTS));
  return { bucket, cause, party, phase, element: rest > 0 ? { ...named, other: rest } : named };
}
