import { z } from 'zod';
import type { CheckedScenario } from '../model/check.ts';
import type { PackedWork } from '../model/part.ts';
import type { SweepPoint } from '../model/sweep.ts';
import { checkedScenarioSchema } from './schema/check.ts';
import { sweepPointSchema } from './schema/sweep.ts';

/** Finished points of a sweep by key, from the lines of `printFinished`. */
export function readPoints(text: string): ReadonlyMap<string, SweepPoint> {
  return readFinished(text, sweepPointSchema) as ReadonlyMap<string, SweepPoint>;
}

/** Finished scenarios of a check by key, from the lines of `printFinished`. */
export function readCheckedScenarios(text: string): ReadonlyMap<string, CheckedScenario> {
  return readFinished(text, checkedScenarioSchema) as ReadonlyMap<string, CheckedScenario>;
}

/** One finished piece of work as a JSON line. */
export function printFinished(key: string, done: SweepPoint | CheckedScenario | PackedWork): string {
  return `${JSON.stringify({ key, done })}\n`;
}

/** A last line that a crash has cut off, and whatever else does not fit, is left out: it is simulated again. */
function readFinished(text: string, schema: z.ZodType): ReadonlyMap<string, unknown> {
  const line = z.strictObject({ key: z.string(), done: schema });
  const found = new Map<string, unknown>();
  for (const each of text.split('\n')) {
    let data: unknown;
    try {
      data = JSON.parse(each);
    } catch {
      continue;
    }
    const { data: read } = line.safeParse(data);
    if (read !== undefined) found.set(read.key, unbounded(read.done));
  }
  return found;
}

/** In JSON an unbounded end of an interval is null. */
function unbounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unbounded);
  if (typeof value !== 'object' || value === null) return value;
  const isEstimate = 'lo' in value && 'hi' in value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      each === null && isEstimate ? Number.POSITIVE_INFINITY : unbounded(each),
    ]),
  );
}
