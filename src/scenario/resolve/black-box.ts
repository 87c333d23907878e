import { DEFAULTS } from '../../catalogue/defaults.ts';
import { type Law, mean } from '../../model/law.ts';
import type { ElementKind, FailureMode } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import type { Section } from './context.ts';
import { law } from './law.ts';
import { complement, downtime, positiveRate, positiveTime } from './parsers.ts';

/** Keys that state how much an element is down, how often it fails and how long; one of each at most. */
const SHARES = ['availability', 'dpm'];
const FREQUENCIES = ['mtbf', 'ofm'];
const LENGTHS = ['mttr', 'mdt'];
const KEYS = [...SHARES, ...FREQUENCIES, ...LENGTHS, 'transient'];
/** Figures of data sheets are rounded: a share that differs less than this from what the others say agrees with them. */
const ROUNDING = 0.005;

/**
 * Failure modes of a black box (B-08): its outages by two of {how much it is down, how often it fails, how long}, and the
 * interruptions of its own failover. Empty when no figure is given. The third figure must agree when all are given.
 */
export function readBlackBox(part: Section, kind: ElementKind): readonly FailureMode[] {
  const given = KEYS.filter((key) => part.has(key));
  if (given.length === 0) return [];
  if (kind !== 'pnf') {
    const message = `black boxes have ${given.join(', ')}; this is a ${kind}`;
    part.at(given[0]!).problem('wrong-kind', message, 'kind: pnf, or failures: {fault: {mtbf: …, repair: …}}', {
      part: 'key',
    });
    return [];
  }
  const outage = readOutage(part);
  const transient = readTransient(part.at('transient'));
  return [...(outage === undefined ? [] : [outage]), ...(transient === undefined ? [] : [transient])];
}

/** Whether any figure of a black box is written. */
export function hasFigures(part: Section): boolean {
  return KEYS.some((key) => part.has(key));
}

function readOutage(part: Section): FailureMode | undefined {
  const share = one(part, SHARES);
  const frequency = one(part, FREQUENCIES);
  const length = one(part, LENGTHS);
  if (share === undefined && frequency === undefined) {
    if (length !== undefined) {
      part.at(length).problem('missing-key', 'how often or how much it is down is missing', 'availability or mtbf', {
        part: 'key',
      });
    }
    return undefined;
  }
  const down =
    length === undefined ? part.defaulted('mttr', law, DEFAULTS.restore.hardware) : part.optional(length, law);
  const unavailability = share === undefined ? undefined : readShare(part, share);
  const interval = frequency === undefined ? undefined : readInterval(part, frequency, down);
  if (down === undefined || (share !== undefined && unavailability === undefined)) return undefined;
  if (frequency !== undefined && interval === undefined) return undefined;
  const meanDown = mean(down);
  if (!(meanDown > 0) || !Number.isFinite(meanDown)) {
    part.at(length ?? 'mttr').problem('out-of-range', 'expected a finite time above 0 s');
    return undefined;
  }
  if (interval !== undefined && unavailability !== undefined)
    checkAgreement(part, [share!, unavailability], interval, meanDown);
  const meanUp = interval ?? (meanDown * (1 - unavailability!)) / unavailability!;
  return mode('outage', { kind: 'exponential', mean: meanUp }, down);
}

/** The key of a kind that is given; a problem when there are two. */
function one(part: Section, keys: readonly string[]): string | undefined {
  const given = keys.filter((key) => part.has(key));
  if (given.length > 1) {
    part.at(given[1]!).problem('conflicting-keys', `${given.join(' and ')} say the same thing`, 'keep one of them', {
      part: 'key',
    });
  }
  return given[0];
}

/** Unavailability in (0, 1). */
function readShare(part: Section, key: string): number | undefined {
  const value =
    key === 'availability'
      ? part.optional(key, complement)
      : part.optional(key, (at) => {
          const seconds = downtime(at);
          return seconds === undefined ? undefined : seconds / SECONDS_PER_YEAR;
        });
  if (value === undefined || (value > 0 && value < 1)) return value;
  const hint = 'an element that never fails needs no figures';
  return part.at(key).problem('out-of-range', 'expected something between always up and always down', hint);
}

/** Mean up time between outages, s. */
function readInterval(part: Section, key: string, down: Law | undefined): number | undefined {
  if (key === 'mtbf') return part.optional(key, positiveTime);
  const between = part.optional(key, positiveRate)?.meanSeconds;
  if (between === undefined || down === undefined) return undefined;
  const up = between - mean(down);
  if (up > 0) return up;
  return part.at(key).problem('contradicting-figures', 'so many outages of that length do not fit in a year');
}

function checkAgreement(
  part: Section,
  [key, stated]: readonly [string, number],
  meanUp: number,
  meanDown: number,
): void {
  const follows = meanDown / (meanUp + meanDown);
  if (Math.abs(stated - follows) <= ROUNDING * follows) return;
  const percent = (value: number): string => `${((1 - value) * 100).toFixed(7)} %`;
  const message = `the other figures make it ${percent(follows)} available, not ${percent(stated)}`;
  part.at(key).problem('contradicting-figures', message, 'leave one of the three figures away');
}

function readTransient(part: Section): FailureMode | undefined {
  if (!part.exists) return undefined;
  const missing = ['rate', 'duration'].filter((key) => !part.has(key));
  if (missing.length > 0) {
    return part.problem(
      'missing-key',
      `a transient needs ${missing.join(' and ')}`,
      '{rate: 1 / year, duration: 50 ms}',
      {
        part: 'key',
      },
    );
  }
  const rate = part.optional('rate', positiveRate);
  const duration = part.optional('duration', law);
  if (rate === undefined || duration === undefined) return undefined;
  return mode('transient', { kind: 'exponential', mean: rate.meanSeconds }, duration);
}

/** A black box answers for itself, whatever is inside (B-55). */
function mode(id: string, timeToFailure: Law, after: Law): FailureMode {
  return { id, timeToFailure, cause: 'hw', bucket: 'HW', party: 'HW', restore: { by: 'itself', after } };
}
