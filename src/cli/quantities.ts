import { InvalidArgumentError } from 'commander';
import type { Problem, Reading } from '../index.ts';
import type { Api } from './session.ts';

/** A finite number above 0; for commander, whose errors name the option. */
export function positiveNumber(text: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)(?:e\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('expected a number above 0');
}

/** A whole number of at least `least`; for commander. */
export function countFrom(least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && Number.isSafeInteger(value)) return value;
    throw new InvalidArgumentError(`expected a whole number, at least ${least}`);
  };
}

/** Collects the values of an option that may be repeated; for commander. */
export function repeated<T>(parse: (text: string) => T): (text: string, earlier?: readonly T[]) => readonly T[] {
  return (text, earlier = []) => [...earlier, parse(text)];
}

/** Time above 0, in seconds, written as in scenarios. Throws InputError that names the option. */
export function positiveDuration(option: string, text: string, api: Api): number {
  const seconds = optionValue(option, api.parseDuration(text), api);
  return seconds > 0 ? seconds : wrongOption(option, `expected a time above 0, got "${text}"`, api);
}

/** Share above 0 and below 1, written as in scenarios (`5%`, `0.05`). Throws InputError that names the option. */
export function properShare(option: string, text: string, api: Api): number {
  const { probability } = optionValue(option, api.parseProbability(text), api);
  if (probability > 0 && probability < 1) return probability;
  return wrongOption(option, `expected a share between 0 and 1 such as "5%", got "${text}"`, api);
}

/** The value that was read. Throws InputError that names the option. */
export function optionValue<T>(option: string, reading: Reading<T>, api: Api): T {
  return reading.ok ? reading.value : wrongOption(option, reading.message, api, reading.code, reading.hint);
}

/** Throws InputError about the value of an option. */
export function wrongOption(option: string, message: string, api: Api, code = 'out-of-range', hint?: string): never {
  const problem: Problem = { level: 'error', code, message: `${option}: ${message}` };
  throw new api.InputError([hint === undefined ? problem : { ...problem, hint }]);
}
