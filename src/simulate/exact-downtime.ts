import { bandOf, complement, ninesOf, scale } from '../measures/service-result.ts';
import type { Estimate } from '../model/estimate.ts';
import type { Attribution, ServiceResult } from '../model/result.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';

/**
 * `natural`, the service as histories saw it, with the exact number for its unavailability and all downtime. What makes it
 * up keeps the shares seen in histories; where they saw nothing, nothing is known of it.
 */
export function withExact(natural: ServiceResult, value: number): ServiceResult {
  const unavailability: Estimate = { value, lo: value, hi: value, method: 'exact', n: 0 };
  const all = scale(unavailability, SECONDS_PER_YEAR);
  const seen = natural.dpm.all.value;
  const factor = seen > 0 ? all.value / seen : 1;
  const { guest, infrastructure } = natural.dpm;
  return {
    ...natural,
    availability: complement(unavailability),
    unavailability,
    nines: ninesOf(unavailability),
    band: bandOf(value),
    dpm: { ...natural.dpm, all, guest: scale(guest, factor), infrastructure: scale(infrastructure, factor) },
    attribution: scaled(natural.attribution, factor),
  };
}

function scaled({ bucket, cause, phase, party, element }: Attribution, factor: number): Attribution {
  const times = <T extends Readonly<Partial<Record<string, number>>>>(axis: T): T =>
    Object.fromEntries(Object.entries(axis).map(([key, value]) => [key, value! * factor])) as T;
  return {
    bucket: times(bucket),
    cause: times(cause),
    phase: times(phase),
    party: times(party),
    element: times(element),
  };
}
