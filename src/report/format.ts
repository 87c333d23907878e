import type { Estimate } from '../model/estimate.ts';

/**
 * How numbers are printed, in one place. A simulated value shows as many digits as its interval justifies (two of the
 * half width), an exact one six significant digits; the point is always a point and digits are grouped by a space from
 * 10 000 on.
 */

/** Significant digits of a value without uncertainty. */
const EXACT_DIGITS = 6;
const UNKNOWN = '–';

/** Value and interval as printed; `interval` is `exact` for an exact value. */
export interface Printed {
  readonly value: string;
  readonly interval: string;
}

/** `value` with `digits` significant digits and no trailing zeros: 184.596, 12 345.7, 3.2e-7; `∞` for Infinity. */
export function printNumber(value: number, digits = EXACT_DIGITS): string {
  if (Number.isNaN(value)) return UNKNOWN;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size < 1e-4 || size >= 1e10) return trimZeros(rounded.toExponential(digits - 1));
  return group(trimZeros(rounded.toFixed(Math.max(0, digits - 1 - exponentOf(rounded)))));
}

/** A count: 20 000. */
export function printCount(value: number): string {
  return group(Math.round(value).toFixed(0));
}

/** `value` exactly as far as doubles carry decimal digits (15), for machines: never 0.00009999999999999999. */
export function printRaw(value: number): string {
  return String(Number.isFinite(value) ? Number(value.toPrecision(15)) : value);
}

/** An estimate with its unit, for example `184.6 s/year` and `180.1 … 189.0`; the interval has the unit of the value. */
export function printEstimate(estimate: Estimate, unit = ''): Printed {
  const digits = estimate.method === 'exact' ? EXACT_DIGITS : 4;
  const print = estimate.lo === estimate.hi ? (x: number): string => printNumber(x, digits) : byInterval(estimate);
  const value = print(estimate.value);
  return { value: unit === '' ? value : `${value} ${unit}`, interval: printInterval(estimate, print) };
}

/** A ratio in [0, 1] in percent. */
export function printRatio(estimate: Estimate): Printed {
  return printEstimate(scaled(estimate, 100), '%');
}

/** Availability in percent from the *un*availability, so that no digit is lost: 99.99941 %. */
export function printAvailability(unavailability: Estimate): Printed {
  const { value, lo, hi, method } = unavailability;
  const decimals = decimalsOf(100 * value, 100 * lo, 100 * hi);
  const print = (u: number): string => (lo === hi ? printComplement(u) : fixedComplement(u, decimals));
  return { value: `${print(value)} %`, interval: method === 'exact' ? 'exact' : `${print(hi)} … ${print(lo)}` };
}

/** Availability in percent of an unavailability without uncertainty, with six digits of the latter: 1e-5 → 99.999. */
export function printComplement(unavailability: number): string {
  if (unavailability === 0) return '100';
  const decimals = Math.max(0, EXACT_DIGITS - 1 - exponentOf(100 * unavailability));
  return trimZeros(fixedComplement(unavailability, decimals));
}

/** Nines with two decimals; with nothing lost at all, a lower bound. */
export function printNines(nines: Estimate): Printed {
  const print = (x: number): string => (Number.isFinite(x) ? x.toFixed(2) : '∞');
  const open = !Number.isFinite(nines.value) && Number.isFinite(nines.lo);
  return { value: print(nines.value), interval: open ? `${print(nines.lo)} or more` : printInterval(nines, print) };
}

const TIME_UNITS = [
  { unit: 'd', seconds: 86_400, from: 172_800 },
  { unit: 'h', seconds: 3_600, from: 7_200 },
  { unit: 'min', seconds: 60, from: 120 },
  { unit: 's', seconds: 1, from: 1 },
  { unit: 'ms', seconds: 1e-3, from: 1e-3 },
  { unit: 'µs', seconds: 1e-6, from: 0 },
] as const;

/** A length of time in the unit that fits it: 45 ms, 1.5 s, 12.5 min, 4 h; 3 d from two days on. */
export function printDuration(seconds: number, digits = 4): string {
  if (seconds === 0) return '0 s';
  const { unit, seconds: size } = timeUnitOf(seconds);
  return `${printNumber(seconds / size, digits)} ${unit}`;
}

/** An estimated length of time (s); value and interval in the same unit. */
export function printDurationEstimate(estimate: Estimate): Printed {
  const { unit, seconds } = timeUnitOf(estimate.value === 0 ? estimate.hi : estimate.value);
  return printEstimate(scaled(estimate, 1 / seconds), unit);
}

/** Simulated instant, exact to the microsecond: 121.500000. */
export function printInstant(seconds: number): string {
  return (Math.round(seconds * 1e6) / 1e6 + 0).toFixed(6);
}

/** Points in time of one column, s: with the decimals they need, from ms to µs. */
export function printInstants(seconds: readonly number[]): readonly string[] {
  const texts = seconds.map(printInstant);
  const spare = Math.min(3, ...texts.map((text) => /0*$/.exec(text)![0].length));
  return spare === 0 ? texts : texts.map((text) => text.slice(0, -spare));
}

/** Share of a whole: `60.2 %`, `< 0.1 %`. */
export function printShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (100 * part) / whole;
  return percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`;
}

function timeUnitOf(seconds: number): (typeof TIME_UNITS)[number] {
  const size = Math.abs(seconds);
  return TIME_UNITS.find(({ from }) => size >= from && Number.isFinite(size)) ?? TIME_UNITS[3];
}

function scaled(estimate: Estimate, factor: number): Estimate {
  return { ...estimate, value: estimate.value * factor, lo: estimate.lo * factor, hi: estimate.hi * factor };
}

function printInterval({ method, lo, hi }: Estimate, print: (value: number) => string): string {
  return method === 'exact' ? 'exact' : `${print(lo)} … ${print(hi)}`;
}

/** Printer for the three numbers of an estimate: the same decimals for all, or exponents where all are tiny or huge. */
function byInterval({ value, lo, hi }: Estimate): (x: number) => string {
  const largest = Math.max(...[value, lo, hi].filter(Number.isFinite).map(Math.abs));
  const decimals = decimalsOf(value, lo, hi);
  const exponents = largest < 1e-3 || largest >= 1e10 || (value !== 0 && Math.abs(value) < 1e-5);
  const unit = 10 ** -decimals;
  return (x) => {
    if (x === 0 || !Number.isFinite(x)) return printNumber(x);
    if (exponents) return x.toExponential(Math.min(9, Math.max(0, decimals + exponentOf(x)))).replace('+', '');
    if (x === hi && isFar(value, lo, hi)) return printNumber(x, 3);
    const text = decimals < 0 ? (Math.round(x / unit) * unit).toFixed(0) : x.toFixed(decimals);
    return Number(text) === 0 ? printNumber(x, 2) : group(text);
  };
}

/** The upper bound says next to nothing: it is out of all proportion to the value and its lower bound. */
function isFar(value: number, lo: number, hi: number): boolean {
  return value > 0 && hi > 20 * value && hi - value > 20 * (value - lo);
}

/**
 * Decimals that show two digits of the interval's half width, and up to two more where the value or its lower bound
 * would otherwise vanish; negative: round to tens, hundreds, …
 */
function decimalsOf(value: number, lo: number, hi: number): number {
  const far = isFar(value, lo, hi);
  const half = far ? Math.max(value - lo, value / 20) : (hi - lo) / 2;
  if (half === 0 || !Number.isFinite(half)) return EXACT_DIGITS;
  const wanted = 1 - exponentOf(half);
  const smallest = Math.min(...[value, lo].filter((x) => x !== 0 && Number.isFinite(x)).map((x) => exponentOf(x)));
  return Math.min(20, Math.max(wanted, Math.min(wanted + 2, -smallest)));
}

/** 100·(1 − u) with `decimals` decimals, in integers so that no digit of u is lost. */
function fixedComplement(unavailability: number, decimals: number): string {
  if (unavailability === 0) return '100';
  // Beyond a hundred decimals nothing of u is printed, as `toFixed` does not go there.
  const places = Math.min(100, Math.max(0, decimals));
  const lost = BigInt((100 * unavailability).toFixed(places).replace('.', ''));
  const digits = (100n * 10n ** BigInt(places) - lost).toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

function exponentOf(value: number): number {
  const text = Math.abs(value).toExponential(15);
  return value === 0 ? 0 : Number(text.slice(text.indexOf('e') + 1));
}

function trimZeros(text: string): string {
  const [mantissa, exponent] = text.split('e') as [string, string | undefined];
  const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? trimmed : `${trimmed}e${exponent.replace('+', '')}`;
}

/** Groups the integer digits of a decimal number of 10 000 or more by spaces. */
function group(text: string): string {
  const [whole, fraction] = text.split('.') as [string, string | undefined];
  const grouped = whole.replace('-', '').length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ' ') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
