import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { parseDowntime, parseProbability } from './quantity.ts';
import { misread, quote, type Reading, read } from './reading.ts';
import { Exact } from './units.ts';

const EXPECTED =
  'expected an availability such as "99.999 %", "0.99999" or "5 nines", or a downtime such as "31.5 s/year"';

/**
 * Unavailability of what a person calls an availability (`0.99999`, `99.999 %`, `5 nines`) or a downtime
 * (`315.36 s/year`), in [0, 1] and rounded once: `0.99999` and `315.36 s/year` are both exactly 1e-5 (DX-01).
 */
export function parseUnavailability(text: string): Reading<number> {
  if (/[a-z]\s*\/|\sper\s/i.test(text)) {
    const downtime = parseDowntime(text);
    if (!downtime.ok) return misread(downtime.code, `${EXPECTED}, got ${quote(text)}`, downtime.hint);
    const share = new Exact(downtime.value).div(SECONDS_PER_YEAR);
    if (share.lte(1)) return read(share.toNumber());
    return misread('out-of-range', `${quote(text)} is more than the ${SECONDS_PER_YEAR} s of a year`);
  }
  const availability = parseProbability(text);
  if (availability.ok) return read(availability.value.complement);
  const seconds = availability.code === 'out-of-range' && /^[\d.]+$/.test(text.trim());
  const hint = seconds ? `did you mean "${text.trim()} s/year" or "${text.trim()} %"?` : availability.hint;
  return misread(availability.code, `${EXPECTED}, got ${quote(text)}`, hint);
}
