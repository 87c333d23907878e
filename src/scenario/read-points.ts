import { z } from 'zod';
import type { SweepPoint } from '../model/sweep.ts';
import { sweepPointSchema } from './schema/sweep.ts';

const line = z.strictObject({ key: z.string(), point: sweepPointSchema });

/**
 * Finished points by key from JSON lines, as `printPoint` writes them. A last line that a crash has cut off, and whatever
 * else is no point, is left out: it is simulated again.
 */
export function readPoints(text: string): ReadonlyMap<string, SweepPoint> {
  const points = new Map<string, SweepPoint>();
  for (const each of text.split('\n')) {
    let data: unknown;
    try {
      data = JSON.parse(each);
    } catch {
      continue;
    }
    const { data: read } = line.safeParse(data);
    // In JSON an unbounded end of an interval is null.
    if (read !== undefined) points.set(read.key, unbounded(read.point) as SweepPoint);
  }
  return points;
}

export function printPoint(key: string, point: SweepPoint): string {
  return `${JSON.stringify({ key, point })}\n`;
}

function unbounded(value: unknown): unknown {
  if (value === null) return Number.POSITIVE_INFINITY;
  if (Array.isArray(value)) return value.map(unbounded);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unbounded(each)]));
}
