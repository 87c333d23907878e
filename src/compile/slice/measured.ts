import { PARTIAL_WEIGHTS } from '../../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import type { CompiledModel } from '../model.ts';
import { packRows } from '../rows.ts';
import { readersOf, type ServiceColumns } from '../services.ts';
import type { Influence } from './influence.ts';
import { sliceModel } from './slice.ts';

/** Signals that are read together like the terms of a service; nothing else about a service matters. */
export interface Measured {
  readonly signals: readonly number[];
  readonly combine: 'product' | 'max';
  readonly minServiceFraction: number;
}

/**
 * Some entities of a model and nothing else, with services made of signals of theirs.
 *
 * @param entities closed under influence: with each everything that influences it
 */
export function measuredSlice(
  model: CompiledModel,
  { relations }: Influence,
  entities: Iterable<number>,
  services: readonly Measured[],
): CompiledModel {
  const signals = services.flatMap((service) => service.signals);
  const { model: kept, places } = sliceModel(model, relations, { entities, services: [], signals });
  const count = services.length;
  const terms = packRows(services.map((service) => service.signals.map((signal) => places.signal[signal]!)));
  const columns: ServiceColumns = {
    count,
    visible: count,
    chainOf: new Int32Array(count).fill(-1),
    termStart: terms.start,
    term: terms.items,
    aligned: Uint8Array.from(services, ({ combine }) => (combine === 'max' ? 1 : 0)),
    users: new Float64Array(count).fill(1),
    minServiceFraction: Float64Array.from(services, ({ minServiceFraction }) => minServiceFraction),
    partialWeight: new Uint8Array(count).fill(PARTIAL_WEIGHTS.indexOf('capacity')),
    minOutage: new Float64Array(count),
    reportable: new Float64Array(count),
    mergeGap: new Float64Array(count),
    mission: new Float64Array(count).fill(MICROSECONDS_PER_SECOND),
  };
  const width = kept.elements.count + kept.groups.count + kept.gates.count;
  return {
    ...kept,
    services: { ...columns, ...readersOf(columns, width) },
    names: { ...kept.names, services: services.map((_, i) => `s${i}`) },
  };
}
