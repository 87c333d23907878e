import type { Estimate } from '../../model/estimate.ts';
import type { ElementResult, PopulationResult } from '../../model/result.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { type Block, heading, line, table } from '../document/document.ts';
import { printAvailability, printCount, printEstimate, printNumber, printRatio } from '../format.ts';
import { measureColumns, measureRow } from './row.ts';

/** The elements that cause most downtime, as they come: largest first. */
export function elementBlocks(elements: readonly ElementResult[], most: number): readonly Block[] {
  if (elements.length === 0) return [];
  const shown = elements.slice(0, most);
  const rows = shown.map(({ name, causedDpm, downSecondsPerYear, failuresPerYear }) => [
    name,
    printNumber(causedDpm, 4),
    printNumber(downSecondsPerYear, 4),
    printNumber(failuresPerYear, 4),
  ]);
  const titles = ['element~', '>caused, s/year', '>own, s/year', '>failures/year'];
  const rest = elements.length - shown.length;
  const more = rest === 0 ? [] : [line(`${printCount(rest)} more with --elements.`, 'faint')];
  const what = line('Downtime of services an element caused, and its own.', 'faint');
  return [heading(2, 'Elements'), table(titles, rows), what, ...more];
}

/** Equal elements seen as network elements. */
export function populationBlocks(
  populations: Readonly<Record<string, PopulationResult>>,
  confidence: number,
): readonly Block[] {
  return Object.entries(populations).flatMap(([id, population]) => [
    heading(2, `Population ${id}: ${printCount(population.elements)} elements`),
    table(measureColumns(confidence), [
      measureRow('availability of one', printAvailability(unavailabilityOf(population.dpm))),
      measureRow('downtime of one (DPM)', printEstimate(population.dpm, 's/year')),
      measureRow('outages of one', printEstimate(population.ofm, '/year')),
      measureRow('element-years without downtime', printRatio(population.zeroDowntimeShare)),
    ]),
  ]);
}

function unavailabilityOf(dpm: Estimate): Estimate {
  const { value, lo, hi } = dpm;
  return { ...dpm, value: value / SECONDS_PER_YEAR, lo: lo / SECONDS_PER_YEAR, hi: hi / SECONDS_PER_YEAR };
}
