import { PARTIAL_WEIGHTS, type Scenario, type Service, type Stage, type StructureSpec } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import type { ServiceTable } from './model.ts';
import { packRows, sortIntoRows } from './rows.ts';
import { type GateList, serviceTerms } from './structure.ts';

/** Without those that say who reads a signal. */
export type ServiceColumns = Omit<ServiceTable, 'readerStart' | 'reader' | 'place'>;

export function compileServices(
  scenario: Scenario,
  gates: GateList,
  control: ReadonlyMap<string, number>,
): ServiceColumns & { readonly names: readonly string[] } {
  const visible = Object.entries(scenario.services);
  // Stages are measured like services, after them.
  const stages = visible.flatMap(([id, service], index) =>
    (service.stages ?? []).map((stage) => ({
      name: `${id}: ${stage.id}`,
      chain: index,
      service: stageService(service, stage),
    })),
  );
  const services = [...visible, ...stages.map(({ name, service }) => [name, service] as const)];
  const series = scenario.controlTreatment === 'series' ? control : new Map<string, number>();
  const terms = packRows(
    services.map(([id, service], i) =>
      serviceTerms(gates, id, service, i < visible.length ? controlBehind(scenario, service, series) : []),
    ),
  );
  const micros = (pick: (index: number) => number): Float64Array =>
    Float64Array.from(services, (_, i) => pick(i) * MICROSECONDS_PER_SECOND);
  return {
    names: services.map(([id]) => id),
    count: services.length,
    visible: visible.length,
    chainOf: Int32Array.from(services, (_, i) => stages[i - visible.length]?.chain ?? -1),
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
    mission: micros((i) => services[i]![1].missionTime),
  };
}

/** A stage is lost like its chain: the same thresholds, over its own structure. */
function stageService({ stages: _stages, ...chain }: Service, { structure }: Stage): Service {
  return { ...chain, structure };
}

/** Control functions that take the service down with them: those of the regions it goes through. */
function controlBehind(scenario: Scenario, service: Service, control: ReadonlyMap<string, number>): readonly number[] {
  const { regions } = scenario;
  const all = [...control.values()];
  if (regions === undefined) return all;
  const owner = (name: string): string => {
    const [first = ''] = name.split('/');
    return Object.hasOwn(regions, first) ? regions[first]!.control : '';
  };
  const asked = new Set(leaves(service.structure).map(owner));
  return [...control].filter(([id]) => asked.has(regionIn(id, regions))).map(([, signal]) => signal);
}

const regionIn = (id: string, regions: NonNullable<Scenario['regions']>): string => {
  const [first = ''] = id.split('/');
  return Object.hasOwn(regions, first) ? first : '';
};

const leaves = (spec: StructureSpec): readonly string[] =>
  spec.kind === 'leaf' ? [spec.of] : spec.inputs.flatMap(leaves);

export function readersOf(services: ServiceColumns, signals: number) {
  const { count, term, termStart } = services;
  const terms = sortIntoRows(term, signals);
  const reader = new Int32Array(term.length);
  const place = new Int32Array(term.length);
  const serviceOf = new Int32Array(term.length);
  for (let service = 0; service < count; service++)
    serviceOf.fill(service, termStart[service]!, termStart[service + 1]!);
  terms.items.forEach((one, i) => {
    reader[i] = serviceOf[one]!;
    place[i] = one - termStart[reader[i]!]!;
  });
  return { readerStart: terms.start, reader, place };
}
