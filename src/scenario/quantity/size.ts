import { misread, quote, type Reading, read } from './reading.ts';

/** Bytes per unit; those without an i are decimal. */
const UNITS: Readonly<Record<string, number>> = {
  MB: 1e6,
  MiB: 2 ** 20,
  GB: 1e9,
  GiB: 2 ** 30,
  TB: 1e12,
  TiB: 2 ** 40,
};

/** A size such as `256 MB` in whole megabytes (10^6 bytes), rounded up; > 0 and below 2^31. */
export function parseSize(input: unknown): Reading<number> {
  const expected = 'expected a size such as "256 MB" or "20 GB"';
  if (typeof input === 'number')
    return misread('missing-unit', `${expected}, got ${input} without a unit`, `for example "${input} MB"`);
  if (typeof input !== 'string') return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  const [, digits, unit] = /^\s*(\d+(?:\.\d*)?)\s*([A-Za-z]*)\s*$/.exec(input) ?? [];
  if (digits === undefined) return misread('bad-quantity', `${expected}, got ${quote(input)}`);
  if (unit === '')
    return misread('missing-unit', `${expected}, got ${quote(input)} without a unit`, `for example "${digits} MB"`);
  if (!Object.hasOwn(UNITS, unit!)) {
    return misread(
      'bad-unit',
      `${quote(unit)} is no unit of a size`,
      `units of size: ${Object.keys(UNITS).join(', ')}`,
    );
  }
  const megabytes = Math.ceil((Number(digits) * UNITS[unit!]!) / 1e6);
  if (megabytes < 1 || megabytes >= 2 ** 31)
    return misread('out-of-range', `${expected}, from 1 MB up to 2147 TB, got ${quote(input)}`);
  return read(megabytes);
}
