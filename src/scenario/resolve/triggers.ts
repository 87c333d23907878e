import { DEFAULTS } from '../../catalogue/defaults.ts';
import type { Law } from '../../model/law.ts';
import { parseDuration } from '../quantity/quantity.ts';
import type { Section } from './context.ts';
import { numberAbove, numberFrom, positiveTime, text, time } from './parsers.ts';

/** Trigger expressions: the function of the samples, its window or number of samples, and what it is compared with. */
const EXPRESSION = /^(avg|max|nodata)\((#?)([0-9.]+ ?[a-z]*)\)\s*([<>=])\s*([0-9.]+)$/;

const NOTHING: Law = { kind: 'deterministic', value: 0 };
const HINT = 'for example max(#3)=0, nodata(5 min)=1 or avg(1 min)>20';

/**
 * Fault → detected of a trigger (SEM-18, NC-21) that looks at a sample every `period`: the last n samples are 0 in
 * (n − 1, n] periods; nothing came for the time, seen at the next look; the average over the time crosses the threshold.
 */
export function triggerLaw(part: Section): Law {
  const written = part.required('expression', text, '');
  const found = EXPRESSION.exec(written.replace(/([0-9])m\)/, '$1min)'));
  if (found === null) {
    if (written === '') return NOTHING;
    return part.at('expression').problem('bad-quantity', `cannot read "${written}"`, HINT) ?? NOTHING;
  }
  const [, name = '', last = '', window = '', sign = '', limit = ''] = found;
  const period = part.required('period', positiveTime, 1);
  if (name === 'max') return last === '#' && sign === '=' ? zeros(Number(window), period) : refuse(part, written);
  const length = /[a-z]/.test(window) ? parseDuration(window) : undefined;
  if (length === undefined || !length.ok || last === '#') return refuse(part, written);
  if (name === 'nodata') return sign === '=' ? probe(length.value, length.value + period) : refuse(part, written);
  if (sign !== '>') return refuse(part, written);
  const threshold = Number(limit);
  const idle = part.defaulted('idle', numberFrom(0), DEFAULTS.detector.idle);
  const load = part.required('load', numberAbove(0), threshold + 1);
  if (!(idle <= threshold && threshold < load)) {
    part.problem('out-of-range', `a step from ${idle} to ${load} never crosses a threshold of ${threshold}`);
    return NOTHING;
  }
  const crossing = (length.value * (threshold - idle)) / (load - idle);
  return probe(crossing, crossing + part.defaulted('tick', time, { value: `${period} s`, source: 'the period' }));
}

const zeros = (count: number, period: number): Law => probe((count - 1) * period, count * period);

function refuse(part: Section, written: string): Law {
  const message = `"${written}" is no trigger of this model`;
  return part.at('expression').problem('bad-quantity', message, HINT) ?? NOTHING;
}

const clean = (seconds: number): number => Number(seconds.toFixed(12));
const probe = (low: number, high: number): Law => ({ kind: 'probe', low: clean(low), high: clean(high) });
