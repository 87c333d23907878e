import { compile } from '../../compile/compile.ts';
import type { CalibratedParameter, Calibration, Ticket } from '../../model/calibration.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { Explained } from '../../scenario/read-scenario.ts';
import { type CompareOptions, compareScenarios } from '../compare.ts';
import type { Labelled, Loaded } from '../loaded.ts';
import { definitionsOf } from './definitions.ts';
import { observe } from './observations.ts';
import { measuredParameters } from './parameters.ts';

/** Tickets of one file. */
export interface TicketFile {
  readonly file: string;
  readonly tickets: readonly Ticket[];
  /** What of the file says nothing. */
  readonly ignored: readonly string[];
}

/** A scenario and a way to read it again with `path=value` settings. */
export interface Recalibrated extends Loaded {
  readonly explained: Explained;
}
export type Reread = (set: readonly string[]) => Promise<Recalibrated>;

/** What is known about the tickets, and how the changes they make are measured. */
export interface CalibrateOptions extends CompareOptions {
  /** Years the tickets of the field were collected over; without it nothing is said about rates. */
  readonly fieldYears?: number;
  /** Observations from which a measured value takes the place of the prescribed one; default 10. */
  readonly atLeast?: number;
}

const AT_LEAST = 10;
export const PRESCRIBED = 'as prescribed';
export const MEASURED = 'as measured';

/**
 * Puts measured values in the place of prescribed ones (B-47) and tells what each changes: the scenario as it stands
 * against all measured values together and against each of them alone, on the same histories.
 *
 * @throws InputError for tickets about something the scenario does not have
 */
export async function calibrateScenario(
  reread: Reread,
  files: readonly TicketFile[],
  version: string,
  options: CalibrateOptions = {},
): Promise<Calibration> {
  const prescribed = await reread([]);
  const { scenario, digest, explained } = prescribed;
  const { confidence } = scenario.simulation;
  const written = explained.map(({ path }) => path);
  const definitions = definitionsOf(scenario, compile(scenario), written);
  const { fieldYears, atLeast = AT_LEAST } = options;
  const tickets = files.flatMap((file) => file.tickets);
  const found = measuredParameters(observe(tickets, scenario, definitions), scenario, written, {
    atLeast,
    confidence,
    ...(fieldYears === undefined ? {} : { fieldYears }),
  });
  const comparison = await compared(prescribed, found, reread, version, options);
  return {
    format: 'carriergrade/calibration/1',
    scenario: { name: scenario.name, title: scenario.title, digest },
    data: {
      tickets: tickets.length,
      fieldYears: fieldYears ?? null,
      confidence,
    },
    parameters: found,
    unused: [
      ...files.flatMap(({ file, ignored }) => ignored.map((what) => `${file}: ${what}`)),
      ...(fieldYears === undefined ? ['rates: nobody said over how many years the tickets were collected'] : []),
    ],
    ...(comparison === undefined ? {} : { comparison }),
  };
}

async function compared(
  prescribed: Loaded,
  parameters: readonly CalibratedParameter[],
  reread: Reread,
  version: string,
  options: CompareOptions,
): Promise<Comparison | undefined> {
  const changed = parameters.filter(({ set }) => set.length > 0);
  if (changed.length === 0) return undefined;
  const labelled = async (label: string, set: readonly string[]): Promise<Labelled> => {
    const { scenario, digest } = await reread(set);
    return { label, scenario, digest };
  };
  const others = [labelled(MEASURED, settingsOf(changed))];
  if (changed.length > 1) for (const { path, set } of changed) others.push(labelled(path, set));
  const first = { label: PRESCRIBED, scenario: prescribed.scenario, digest: prescribed.digest };
  return compareScenarios(first, await Promise.all(others), version, { ...options, rare: false });
}

/** All measured values together, `path=value` each. */
export function settingsOf(parameters: readonly CalibratedParameter[]): readonly string[] {
  return parameters.flatMap(({ set }) => set);
}
