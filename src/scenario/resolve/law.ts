import { type Law, lognormalOfMean, lognormalOfQuantiles, mean, weibullOfMean } from '../../model/law.ts';
import { isMapTree } from '../read/tree.ts';
import type { Parser, Section } from './context.ts';
import { count, numberAbove, positiveTime, time } from './parsers.ts';

/**
 * A law as written: a time ≥ 0 (always the same), `never`, or a map with exactly one form (`shift` goes with `law`).
 * Times in seconds.
 */
export const law: Parser<Law> = (section) => {
  const { tree } = section;
  if (!isMapTree(tree)) {
    if (tree?.content === 'never') return { kind: 'never' };
    const value = time(section);
    return value === undefined ? undefined : { kind: 'deterministic', value };
  }
  const forms = section.entries().map((part) => part.key);
  const names = forms.filter((form) => form !== 'law');
  if (names.length !== 1) {
    const found = names.length === 0 ? 'none' : names.join(' and ');
    return section.problem(
      'bad-law',
      `expected one form of a law, got ${found}`,
      `forms: ${Object.keys(FORMS).join(', ')}`,
    );
  }
  if (forms.includes('law') && names[0] !== 'shift') return section.problem('bad-law', '"law" goes with "shift" only');
  return FORMS[names[0]!]?.(section.at(names[0]!), section);
};

/** A law of a time to failure: its mean must be above 0. */
export const failureLaw: Parser<Law> = (section) => {
  const found = law(section);
  if (found === undefined || mean(found) > 0) return found;
  return section.problem('out-of-range', 'expected a time to failure above 0 s');
};

const FORMS: Readonly<Record<string, (part: Section, whole: Section) => Law | undefined>> = {
  exponential: (part) => {
    const value = positiveTime(part);
    return value === undefined ? undefined : { kind: 'exponential', mean: value };
  },
  uniform: (part) => interval(part, 'uniform'),
  probe: (part) => interval(part, 'probe'),
  triangular: (part) => {
    const [low, mode, high] = ascending(part, 3) ?? [];
    return high === undefined ? undefined : { kind: 'triangular', low: low!, mode: mode!, high };
  },
  weibull: (part) => {
    const shape = part.read('shape', numberAbove(0));
    const scale = part.read('scale', positiveTime);
    const average = ['mean', 'mttf', 'mtbf'].filter((key) => part.has(key));
    if (!oneOf(part, [...average, ...(part.has('scale') ? ['scale'] : [])], 'mean, mttf or scale')) return undefined;
    if (shape !== undefined && shape !== 1 && part.has('mtbf')) {
      const message = 'a Weibull law with a shape other than 1 wears in or out; its mean is no MTBF (B-28)';
      part.at('mtbf').problem('not-mtbf', message, 'call it mttf', { level: 'warning', part: 'key' });
    }
    if (shape === undefined) return undefined;
    if (scale !== undefined) return { kind: 'weibull', scale, shape };
    const value = average[0] === undefined ? undefined : positiveTime(part.at(average[0]));
    return value === undefined ? undefined : weibullOfMean(value, shape);
  },
  gamma: (part) => {
    const shape = part.read('shape', numberAbove(0));
    const given = ['mean', 'scale'].filter((key) => part.has(key));
    if (!oneOf(part, given, 'mean or scale')) return undefined;
    const value = positiveTime(part.at(given[0]!));
    if (shape === undefined || value === undefined) return undefined;
    return { kind: 'gamma', shape, scale: given[0] === 'scale' ? value : value / shape };
  },
  erlang: (part) => {
    const shape = part.read('k', count(1));
    const value = part.read('mean', positiveTime);
    return shape === undefined || value === undefined ? undefined : { kind: 'gamma', shape, scale: value / shape };
  },
  lognormal: (part) => {
    const keys = part
      .entries()
      .map((each) => each.key)
      .sort()
      .join(' ');
    if (keys === 'cv mean') {
      const value = positiveTime(part.at('mean'));
      const cv = numberAbove(0)(part.at('cv'));
      return value === undefined || cv === undefined ? undefined : lognormalOfMean(value, cv);
    }
    if (keys === 'median p95') {
      const median = positiveTime(part.at('median'));
      const p95 = positiveTime(part.at('p95'));
      if (median === undefined || p95 === undefined) return undefined;
      if (p95 > median) return lognormalOfQuantiles(median, p95);
      return part.at('p95').problem('out-of-range', 'expected a 95th percentile above the median');
    }
    return part.problem('bad-law', 'expected mean and cv, or median and p95');
  },
  empirical: (part) => {
    const values = part.items().map(time);
    if (values.length === 0) return part.problem('bad-law', 'expected at least one value');
    const known = values.filter((value) => value !== undefined);
    return known.length < values.length ? undefined : { kind: 'empirical', values: known };
  },
  calendar: (part) => {
    const period = part.read('period', positiveTime);
    const phase = part.has('phase') ? time(part.at('phase')) : 0;
    return period === undefined || phase === undefined ? undefined : { kind: 'calendar', period, phase };
  },
  shift: (part, whole) => {
    const offset = time(part);
    if (!whole.has('law'))
      return whole.problem('bad-law', '"shift" goes with "law"', '{shift: 2 min, law: {exponential: 4 h}}');
    const rest = law(whole.at('law'));
    return offset === undefined || rest === undefined ? undefined : { kind: 'shifted', offset, law: rest };
  },
};

function interval(part: Section, kind: 'uniform' | 'probe'): Law | undefined {
  const [low, high] = ascending(part, 2) ?? [];
  return high === undefined ? undefined : { kind, low: low!, high };
}

/** `n` times in ascending order. */
function ascending(part: Section, n: number): readonly number[] | undefined {
  const items = part.items();
  if (items.length !== n) return part.problem('bad-law', `expected a list of ${n} times, got ${items.length}`);
  const values = items.map(time);
  if (values.includes(undefined)) return undefined;
  const known = values as readonly number[];
  if (known.every((value, i) => i === 0 || value >= known[i - 1]!)) return known;
  return part.problem('out-of-range', 'expected the times in ascending order');
}

function oneOf(part: Section, given: readonly string[], expected: string): boolean {
  if (given.length === 1) return true;
  part.problem('bad-law', `expected ${expected}, got ${given.length === 0 ? 'none' : given.join(' and ')}`);
  return false;
}
