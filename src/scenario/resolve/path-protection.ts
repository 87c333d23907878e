import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Bond, PathProtection, RecoveryRegion } from '../../model/fabric.ts';
import type { Law } from '../../model/law.ts';
import { merge } from '../read/merge.ts';
import { isMapTree, type Tree } from '../read/tree.ts';
import type { Section } from './context.ts';
import { law } from './law.ts';
import { count, flag, positiveTime, probability } from './parsers.ts';

const defaults = DEFAULTS.fabric;

/** Keys that say how lost paths are noticed and replaced: of a fabric, and of its recovery regions. */
export const PROTECTION = [
  'failover',
  'detection',
  'coverage',
  'report',
  'precomputedPaths',
  'pathComputation',
  'preallocated',
  'allocation',
  'bondFailover',
  'guestBondFailover',
] as const;

/** Rerouting and bonds of a fabric, or of a part of it, under `part`; in a free fabric nothing reroutes. */
export function readProtection(part: Section, reroutes: boolean): Pick<RecoveryRegion, 'reroute' | 'bonds'> {
  const coverage = part.defaulted('coverage', probability, defaults.coverage);
  const report = part.defaulted('report', law, defaults.report, coverage < 1);
  const bondFailover = part.defaulted('bondFailover', positiveTime, defaults.bondFailover);
  const guestBondFailover = part.defaulted('guestBondFailover', positiveTime, defaults.bondFailover);
  const failover = reroutes ? part.defaulted('failover', positiveTime, defaults.failover) : bondFailover;
  const detection = readDetectionTime(part, Math.min(failover, bondFailover, guestBondFailover));
  const within = (flow: string, target: number): PathProtection => {
    // Decimal noise of the difference must not reach the integer clock.
    const rest = fixed(Number(Math.max(0, target - detection).toFixed(9)));
    const times = { reroute: rest, bondSwitch: rest };
    return { flow, times, detection: fixed(detection), coverage, report, target };
  };
  return {
    reroute: reroutes ? withPrerequisites(part, within('FL-17', failover)) : within('bond', bondFailover),
    bonds: {
      mlag: within('bond-mlag', bondFailover),
      'active-backup': within('bond', bondFailover),
      'guest-active-backup': within('bond-guest', guestBondFailover),
    } satisfies Record<Bond, PathProtection>,
  };
}

/**
 * Recovery regions of a leaf-spine fabric (B-48): leaf pairs whose lost paths are noticed and replaced within the region,
 * by means and in a time of its own. What a region does not say is said by the fabric.
 */
export function readRecoveryRegions(fabric: Section, leaves: number): Readonly<Record<string, RecoveryRegion>> {
  const pairs = Math.ceil(leaves / 2);
  const regions: Record<string, RecoveryRegion> = {};
  const regionOf = new Map<number, string>();
  for (const own of fabric.at('recoveryRegions').entries()) {
    const numbers: number[] = [];
    for (const item of own.at('leafPairs').items()) {
      const pair = count(1)(item);
      if (pair === undefined) continue;
      const other = regionOf.get(pair);
      if (pair > pairs) item.problem('dangling-reference', `there are ${pairs} leaf pairs, and no pair ${pair}`);
      else if (other === own.key) item.problem('duplicate-name', `leaf pair ${pair} is listed twice`);
      else if (other !== undefined) {
        const message = `leaf pair ${pair} is in recovery region "${other}" already: a fault is recovered in one`;
        item.problem('overlapping-regions', message, 'each leaf pair in one region at most');
      } else {
        regionOf.set(pair, own.key);
        numbers.push(pair);
      }
    }
    if (own.at('leafPairs').items().length === 0) {
      const message = 'a recovery region needs the leaf pairs it consists of';
      own.problem('missing-key', message, 'leafPairs: [1, 2]', { part: 'key' });
    }
    own.optional('leafPairs', () => numbers);
    regions[own.key] = { leafPairs: numbers, ...readProtection(own.with(underlaid(fabric.tree, own.tree)), true) };
  }
  return regions;
}

/** What a region says laid over what its fabric says about protection; what the one prepares needs no time of the other. */
function underlaid(fabric: Tree | undefined, own: Tree | undefined): Tree | undefined {
  if (!isMapTree(fabric) || !isMapTree(own)) return own;
  const prepared = (key: string): boolean => own.content.get(key)?.content === true;
  const content = new Map(
    [...fabric.content].filter(
      ([key]) =>
        (PROTECTION as readonly string[]).includes(key) &&
        !(key === 'pathComputation' && prepared('precomputedPaths')) &&
        !(key === 'allocation' && prepared('preallocated')),
    ),
  );
  return merge({ origin: own.origin, content }, own);
}

const fixed = (value: number): Law => ({ kind: 'deterministic', value });

/** Part of every failover until the fault is noticed, seconds; `shortest` is the quickest failover of all. */
function readDetectionTime(part: Section, shortest: number): number {
  const stated = part.optional('detection', positiveTime);
  if (stated !== undefined && stated > shortest) {
    const message = `noticing a fault takes longer than the quickest failover, ${shortest} s in all`;
    part.at('detection').problem('inconsistent-times', message);
  }
  const usual = Number(Math.min(0.01, shortest / 5).toFixed(9));
  if (!part.has('detection')) part.derive('detection', `${usual} s`, defaults.detection.source);
  return stated ?? usual;
}

/** What was not prepared is done after the fault (B-48); flow `FL-17` with the steps it takes. */
function withPrerequisites(part: Section, reroute: PathProtection): PathProtection {
  const precomputed = part.defaulted('precomputedPaths', flag, defaults.precomputedPaths);
  const pathComputation = part.defaulted('pathComputation', law, defaults.pathComputation, !precomputed);
  const preallocated = part.defaulted('preallocated', flag, defaults.preallocated);
  const allocation = part.defaulted('allocation', law, defaults.allocation, !preallocated);
  const useless = (key: string): void => {
    if (part.has(key))
      part.at(key).problem('useless-value', 'it is done before the fault', undefined, { level: 'warning' });
  };
  if (precomputed) useless('pathComputation');
  if (preallocated) useless('allocation');
  const flow = `FL-17${precomputed ? '' : '+path'}${preallocated ? '' : '+allocation'}`;
  return { ...reroute, flow, times: { ...reroute.times, pathComputation, allocation } };
}
