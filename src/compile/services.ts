import { PARTIAL_WEIGHTS, type Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import type { ServiceTable } from './model.ts';
import { invertRows, packRows } from './rows.ts';
import { type GateList, serviceTerms } from './structure.ts';

export function compileServices(
  scenario: Scenario,
  gates: GateList,
  control: readonly number[],
): Omit<ServiceTable, 'readerStart' | 'reader'> {
  const services = Object.entries(scenario.services);
  const series = scenario.controlTreatment === 'series' ? control : [];
  const terms = packRows(services.map(([id, service]) => serviceTerms(gates, id, service, series)));
  const micros = (pick: (index: number) => number): Float64Array =>
    Float64Array.from(services, (_, i) => pick(i) * MICROSECONDS_PER_SECOND);
  return {
    count: services.length,
    termStart: terms.start,
    term: terms.items,
    aligned: Uint8Array.from(services, ([, service]) => (service.combine === 'max' ? 1 : 0)),
    users: Float64Array.from(services, ([, service]) => service.users),
    minServiceFraction: Float64Array.from(services, ([, service]) => service.minServiceFraction),
    partialWeight: Uint8Array.from(services, ([, { partialWeight = 'capacity' }]) =>
      PARTIAL_WEIGHTS.indexOf(partialWeight),
    ),
    minOutage: micros((i) => services[i]![1].minOutageThreshold),
    reportable: micros((i) => services[i]![1].reportableThreshold),
    mergeGap: micros((i) => services[i]![1].mergeGap),
  };
}

export function readersOf(services: Omit<ServiceTable, 'readerStart' | 'reader'>, signals: number) {
  const readers = invertRows({ start: services.termStart, items: services.term }, signals);
  return { readerStart: readers.start, reader: readers.items };
}
