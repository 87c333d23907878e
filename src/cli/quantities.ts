import { InvalidArgumentError } from 'commander';
import type { Problem, Reading } from '../index.ts';
import type { Calculators } from './session.ts';

/** A finite number above 0; for commander, whose errors name the option. */
export function positiveNumber(text: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)(?:e\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('expected a number above 0');
}

/** A whole number from `least` to `most`; for commander. */
export function countFrom(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const upper = most === Number.MAX_SAFE_INTEGER ? '' : `, at most ${most}`;
    throw new InvalidArgumentError(`expected a whole number, at least ${least}${upper}`);
  };
}

/** Collects the values of an option that may be repeated; for commander. */
export function repeated<T>(parse: (text: string) => T): (text: string, earlier?: readonly T[]) => readonly T[] {
  return (text, earlier = []) => [...earlier, parse(text)];
}

/** Time above 0, in seconds, written as in scenarios. Throws InputError that names the option. */
export function positiveDuration(option: string, text: string, api: Calculators): number {
  const seconds = optionValue(option, api.parseDuration(text), api);
  return seconds > 0 ? seconds : wrongOption(option, `expected a time above 0, got "${text}"`, api);
}

/** Share above 0 and below 1, written as in scenarios (`5%`, `0.05`). Throws InputError that names the option. */
export function properShare(option: string, text: string, api: Calculators): number {
  const { probability } = optionValue(option, api.parseProbability(text), api);
  if (probability > 0 && probability < 1) return probability;
  return wrongOption(option, `expected a share between 0 and 1 such as "5%", got "${text}"`, api);
}

/** The value that was read. Throws InputError that names the option. */
export function optionValue<T>(option: string, reading: Reading<T>, api: Calculators): T {
  return reading.ok ? reading.value : wrongOption(option, reading.message, api, reading.code, reading.hint);
}

/** Throws InputError about the value of an option. */
export function wrongOption(
  option: string,
  message: string,
  api: Calculators,
  code = 'out-of-range',
  hint?: string,
): never {
  const problem: Problem = { level: 'error', code, message: `${option}: ${message}` };
  throw new api.InputError([hint === undefined ? problem : { ...problem, hint }]);
}
