import { expect } from 'vitest';
import type { CompiledModel } from '../../../src/compile/model.ts';
import type { Slice } from '../../../src/compile/slice/slice.ts';
import {
  attributionParts,
  groupWidth,
  type HistoryRecord,
  SERVICE_MEASURES,
  SPLITS,
} from '../../../src/measures/history-record.ts';
import { PHASES } from '../../../src/model/flow.ts';
import { HistoryRunner } from '../../../src/simulate/histories.ts';
import { shapeOf } from '../../../src/simulate/history-watch.ts';

/** One history, its random numbers keyed by the names of the model. */
export function historyOf(model: CompiledModel, years: number, index = 0): HistoryRecord {
  return new HistoryRunner(model, 'alone').run(index, years, 0);
}

/** Everything a history says of a service, by names, in the order in which it was added up. */
export function booksOf(model: CompiledModel, record: HistoryRecord, service: number) {
  const of = <T>(services: readonly number[], values: readonly T[]): T[] =>
    values.filter((_, i) => services[i] === service);
  const shape = shapeOf(model);
  const attribution = [...record.attribution].flatMap(([key, time]) => {
    const parts = attributionParts(shape, key);
    if (parts.service !== service) return [];
    const element = parts.mode < 0 ? '' : model.names.elements[model.modes.element[parts.mode]!];
    return [[element, model.names.modes[parts.mode] ?? '', PHASES[parts.phase], time]];
  });
  const width = SERVICE_MEASURES.length;
  return {
    amounts: [...record.services.subarray(service * width, (service + 1) * width)],
    outages: of(record.outageService, record.outageLength),
    years: of(record.yearService, record.yearDowntime),
    splits: [...record.splits.subarray(service * SPLITS.length, (service + 1) * SPLITS.length)],
    attribution,
  };
}

/** Expects the history of a slice to say of all it keeps exactly what the history of the whole says. */
export function expectSame(
  whole: CompiledModel,
  ofWhole: HistoryRecord,
  { model, rows }: Slice,
  ofSlice: HistoryRecord,
): void {
  rows.service.forEach((service, i) => {
    expect(JSON.stringify(booksOf(model, ofSlice, i))).toBe(JSON.stringify(booksOf(whole, ofWhole, service)));
  });
  const width = groupWidth(shapeOf(whole));
  rows.group.forEach((group, i) => {
    expect([...ofSlice.groups.subarray(i * width, (i + 1) * width)]).toEqual([
      ...ofWhole.groups.subarray(group * width, (group + 1) * width),
    ]);
  });
  rows.element.forEach((element, i) => {
    expect(ofSlice.elementFailures[i]).toBe(ofWhole.elementFailures[element]);
    expect(ofSlice.elementDowntime[i]).toBe(ofWhole.elementDowntime[element]);
  });
}
