import { type Block, repairedBlock } from '../../model/structure.ts';
import { SECONDS_PER_HOUR, SECONDS_PER_YEAR } from '../../model/time.ts';
import type { Section } from '../resolve/context.ts';
import {
  complement,
  downtime,
  numberFrom,
  positiveRate,
  positiveTime,
  probability,
  text,
  time,
} from '../resolve/parsers.ts';
import { readChainBlock, type SolveChain } from './chain-block.ts';

/** What a block may be given by; the first of each row, with what may or must go beside it. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  availability: ['mttr', 'mtbf'],
  unavailability: ['mttr', 'mtbf'],
  nines: ['mttr', 'mtbf'],
  dpm: ['mttr', 'mtbf'],
  mtbf: ['mttr'],
  ofm: ['mttr'],
  fit: ['mttr'],
  failureRate: ['mttr', 'repairRate'],
  chain: [],
};

const BESIDE = ['mttr', 'repairRate', 'errorFactor', 'parameter'];

/** Keys a block's values may have. */
export const VALUE_KEYS = [...Object.keys(FORMS), ...BESIDE];

/** Whether a map gives a block by its values. */
export function isBlock(section: Section): boolean {
  return VALUE_KEYS.some((key) => section.has(key));
}

/**
 * A block as written; undefined when a problem was reported.
 *
 *     availability: 99.95 %        mtbf: 10000 h       ofm: 2 / year        failureRate: 100 FIT
 *     unavailability: 1e-5         mttr: 4 h           mttr: 30 min         repairRate: 6 / d
 *     nines: 5
 *     dpm: 5 min / year            fit: 2500
 *                                  mttr: 4 h
 *
 * Beside an availability an `mttr` (mean down time) or `mtbf` (mean *up* time, DX-05) adds how often it fails. `ofm` are
 * outages per calendar time, `failureRate` and `fit` failures per time up. A `chain`: see `readChainBlock`.
 */
export function readValues(section: Section, name: string, solveChain?: SolveChain): Block | undefined {
  const given = Object.keys(FORMS).filter((form) => section.has(form));
  const main = given.find((form) => form !== 'mtbf') ?? given[0];
  if (main === undefined) {
    return section.problem('missing-key', `a block needs one of ${Object.keys(FORMS).join(', ')}`);
  }
  const allowed = FORMS[main]!;
  for (const key of [...Object.keys(FORMS), 'mttr', 'repairRate']) {
    if (key === main || allowed.includes(key) || !section.has(key)) continue;
    return section
      .at(key)
      .problem('conflicting-keys', `"${key}" does not go with "${main}"`, undefined, { part: 'key' });
  }
  const block = main === 'chain' ? readChainBlock(section.at(main), name, solveChain) : byForm(section, main, name);
  if (block === undefined) return undefined;
  if (!(block.unavailability <= 1) || !((block.frequencyPerHour ?? 0) < Number.POSITIVE_INFINITY)) {
    return section.at(main).problem('out-of-range', 'the times or rates are too far from each other to be worked with');
  }
  return withUncertainty(section, main, block);
}

function byForm(section: Section, form: string, name: string): Block | undefined {
  switch (form) {
    case 'availability':
      return withFrequency(section, name, section.optional(form, complement));
    case 'unavailability':
      return withFrequency(section, name, section.optional(form, probability));
    case 'nines': {
      const count = section.optional(form, numberFrom(0));
      return withFrequency(section, name, count === undefined ? undefined : 10 ** -count);
    }
    case 'dpm': {
      const seconds = section.optional(form, downtime);
      if (seconds !== undefined && seconds > SECONDS_PER_YEAR) {
        return section.at(form).problem('out-of-range', 'more downtime than there is time');
      }
      return withFrequency(section, name, seconds === undefined ? undefined : seconds / SECONDS_PER_YEAR);
    }
    case 'mtbf': {
      const up = section.optional(form, positiveTime);
      const down = needed(section, 'mttr');
      return up === undefined || down === undefined ? undefined : repairedBlock(name, hours(up), down);
    }
    case 'ofm': {
      const rate = section.optional(form, positiveRate);
      const down = needed(section, 'mttr');
      if (rate === undefined || down === undefined) return undefined;
      const unavailability = rate.perHour * down;
      if (unavailability <= 1) return { name, unavailability, frequencyPerHour: rate.perHour };
      return section.at(form).problem('out-of-range', 'outages this frequent do not leave time to repair them');
    }
    case 'fit': {
      const fit = section.optional(form, numberFrom(0));
      const down = needed(section, 'mttr');
      return fit === undefined || down === undefined ? undefined : ofRates(name, fit * 1e-9, down);
    }
    default: {
      const failure = section.optional('failureRate', positiveRate);
      const repair = section.optional('repairRate', positiveRate);
      if (section.has('repairRate') && section.has('mttr')) {
        return section
          .at('mttr')
          .problem('conflicting-keys', '"mttr" and "repairRate" say the same', undefined, { part: 'key' });
      }
      const down = section.has('repairRate') ? repair && hours(repair.meanSeconds) : needed(section, 'mttr');
      return failure === undefined || down === undefined ? undefined : ofRates(name, failure.perHour, down);
    }
  }
}

/** Mean down time in hours, which must be there. */
function needed(section: Section, key: string): number | undefined {
  if (!section.has(key)) return section.problem('missing-key', `"${key}" is missing`, 'for example mttr: 4 h');
  const seconds = section.optional(key, time);
  return seconds === undefined ? undefined : hours(seconds);
}

function hours(seconds: number): number {
  return seconds / SECONDS_PER_HOUR;
}

/** U = λ·MDT/(1 + λ·MDT), λ per hour up. */
function ofRates(name: string, failurePerHour: number, downHours: number): Block {
  const load = failurePerHour * downHours;
  return { name, unavailability: load / (1 + load), frequencyPerHour: failurePerHour / (1 + load) };
}

/** Frequency from U and one of the two means: ν = U/MDT = (1 − U)/MUT. */
function withFrequency(section: Section, name: string, unavailability: number | undefined): Block | undefined {
  const down = section.optional('mttr', positiveTime);
  const up = section.optional('mtbf', positiveTime);
  if (unavailability === undefined) return undefined;
  if (down !== undefined && up !== undefined) {
    const message = '"mtbf" and "mttr" together give the availability by themselves';
    return section.at('mtbf').problem('conflicting-keys', message, undefined, { part: 'key' });
  }
  if (down !== undefined) return { name, unavailability, frequencyPerHour: unavailability / hours(down) };
  if (up !== undefined) return { name, unavailability, frequencyPerHour: (1 - unavailability) / hours(up) };
  return { name, unavailability };
}

/** `errorFactor` (95th percentile over median) and the `parameter` shared with other blocks. */
function withUncertainty(section: Section, form: string, block: Block): Block | undefined {
  const parameter = section.optional('parameter', text);
  if (!section.has('errorFactor')) {
    if (!section.has('parameter')) return block;
    return section.problem('missing-key', '"parameter" goes with "errorFactor"', 'for example errorFactor: 3');
  }
  const errorFactor = section.optional('errorFactor', numberFrom(1));
  if (errorFactor === undefined) return undefined;
  const byRate = ['mtbf', 'ofm', 'fit', 'failureRate'].includes(form);
  const shared = parameter === undefined ? {} : { parameter };
  return { ...block, uncertainty: { errorFactor, on: byRate ? 'rate' : 'unavailability', ...shared } };
}
