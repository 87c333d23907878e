import type { CompiledModel } from '../../compile/model.ts';
import { attributionParts } from '../../measures/history-record.ts';
import { sumOf } from '../../measures/statistics/sum.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR, SECONDS_PER_YEAR } from '../../model/time.ts';
import type { FinishedRun } from '../run.ts';

/** Downtime of the services of the scenario by the failure mode it began with, s/year: `service · modes + mode`. */
export function causedByMode(model: CompiledModel, { totals, choices }: FinishedRun): Float64Array {
  const { count } = model.modes;
  const caused = new Float64Array(model.services.visible * count);
  const years = sumOf(totals.horizons) / MICROSECONDS_PER_YEAR;
  const add = (amounts: ReadonlyMap<number, number>, scale: number, wanted: (service: number) => boolean): void => {
    for (const key of [...amounts.keys()].sort((a, b) => a - b)) {
      const { service, mode } = attributionParts(totals.shape, key);
      if (mode < 0 || service >= model.services.visible || !wanted(service)) continue;
      caused[service * count + model.upgrades.rootOf[mode]!]! += amounts.get(key)! * scale;
    }
  };
  const converged = choices.map((choice) =>
    choice?.method === 'cycles' && choice.cycles?.stop !== 'not converged' ? choice.cycles : undefined,
  );
  add(totals.attribution, 1 / MICROSECONDS_PER_SECOND / years, (service) => converged[service] === undefined);
  converged.forEach((one, index) => {
    if (one === undefined) return;
    add(one.totals.attribution, SECONDS_PER_YEAR / one.totals.timePerIdleTime(), (service) => service === index);
  });
  return caused;
}

/** The same by element: `service · elements + element`. */
export function causedByElement(model: CompiledModel, byMode: Float64Array): Float64Array {
  const { modes, elements, services } = model;
  const caused = new Float64Array(services.visible * elements.count);
  byMode.forEach((amount, i) => {
    const mode = i % modes.count;
    caused[((i - mode) / modes.count) * elements.count + modes.element[mode]!]! += amount;
  });
  return caused;
}
