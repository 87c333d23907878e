import type { TableOptions } from '../index.ts';
import { optionValue, wrongOption } from './quantities.ts';
import type { Calculators } from './session.ts';
import { namedEntries } from './splits.ts';

/** Values of the options of `table`; every reader throws InputError that names the option. */

interface Kind {
  readonly whole?: boolean;
}

/** A number above 0. */
export function number(text: string, option: string, api: Calculators, { whole = false }: Kind = {}): number {
  const value = /^\s*[\d.]+(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value) && (!whole || Number.isSafeInteger(value))) return value;
  return wrongOption(option, `expected a ${whole ? 'whole ' : ''}number above 0, got "${text}"`, api);
}

export function numbers(text: string, option: string, api: Calculators, kind: Kind = {}): readonly number[] {
  return text.split(',').map((each) => number(each, option, api, kind));
}

/** `NAME=NUMBER` entries; 0 is a number here. */
export function namedNumbers(
  text: string,
  option: string,
  api: Calculators,
): readonly (readonly [name: string, value: number])[] {
  return namedEntries(option, text, api).map(({ name, value }) => {
    if (value === undefined) wrongOption(option, `expected NAME=NUMBER, got "${name}"`, api, 'bad-entry');
    return [name, value === '0' ? 0 : number(value, `${option} ${name}`, api)];
  });
}

/** In (0, 1]. */
export function share(text: string, option: string, api: Calculators): number {
  const { probability } = optionValue(option, api.parseProbability(text), api);
  return probability > 0 ? probability : wrongOption(option, `expected a share above 0, got "${text}"`, api);
}

export function time(text: string, option: string, api: Calculators): number {
  const seconds = optionValue(option, api.parseDuration(text), api);
  return seconds >= 0 ? seconds : wrongOption(option, `expected a time of at least 0 s, got "${text}"`, api);
}

/** Numbers of one entry, separated by colons. */
function parts(value: string | undefined, least: number, most: number): readonly number[] | undefined {
  const found = (value ?? '').split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const fits = found.length >= least && found.length <= most;
  return fits && found.every((part) => part >= 0 && Number.isFinite(part)) ? found : undefined;
}

type Incident = NonNullable<TableOptions['categories']>[number];

export function incident(option: string, api: Calculators) {
  return ({ name, value }: ReturnType<typeof namedEntries>[number]): Incident => {
    const [percent, thousandSubscribers, mttrHours] =
      parts(value, 3, 3) ??
      wrongOption(option, `expected NAME=PERCENT:THOUSAND:HOURS, got "${name}=${value ?? ''}"`, api, 'bad-entry');
    return { name, percent: percent!, thousandSubscribers: thousandSubscribers!, mttrHours: mttrHours! };
  };
}

const COUNTS = {
  spines: 'spines',
  leafs: 'leafs',
  compute: 'computeNodes',
  network: 'networkNodes',
  storage: 'storageNodes',
  control: 'controlNodes',
  guests: 'guestsPerNode',
} as const;

export function cloud(text: string, option: string, api: Calculators): NonNullable<TableOptions['cloud']> {
  if (text === 'R160') return {};
  const counts = Object.fromEntries(
    namedEntries(option, text, api).map(({ name, value = '' }): [string, number] => {
      const key = Object.hasOwn(COUNTS, name) ? COUNTS[name as keyof typeof COUNTS] : undefined;
      if (key === undefined) {
        const known = `counts are ${Object.keys(COUNTS).join(', ')}; the reference cloud is R160`;
        return wrongOption(option, `there is no count "${name}"`, api, 'unknown-count', known);
      }
      return [key, number(value, `${option} ${name}`, api, { whole: true })];
    }),
  );
  return { ...counts, name: 'as asked for', source: 'as stated, the rest R160 [EA]' };
}

export function risk(text: string, option: string, api: Calculators): NonNullable<TableOptions['risk']> {
  return Object.fromEntries(
    namedEntries(option, text, api).map(({ name, value }) => {
      const [outagesPerYear, activation = 1] = parts(value, 1, 2) ?? [];
      if (outagesPerYear === undefined || !/^([1-9]|1[01])$/.test(name)) {
        const form = 'expected PRIORITY=OUTAGES[:ACTIVATION] with a priority from 1 to 11';
        return wrongOption(option, `${form}, got "${name}=${value ?? ''}"`, api, 'bad-entry');
      }
      return [name, { outagesPerYear, activation }];
    }),
  );
}

export function durations(text: string, option: string, api: Calculators): NonNullable<TableOptions['durations']> {
  const names = ['detection', 'notification', 'remediation', 'recovery', 'repair'];
  return Object.fromEntries(
    namedEntries(option, text, api).map(({ name, value = '' }) => {
      if (!names.includes(name))
        wrongOption(
          option,
          `there is no duration "${name}"`,
          api,
          'unknown-duration',
          `durations are ${names.join(', ')}`,
        );
      return [name, time(value, `${option} ${name}`, api)];
    }),
  );
}
