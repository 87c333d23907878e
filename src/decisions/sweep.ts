import { InputError } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import type { Sweep, SweepPoint, SweepValues } from '../model/sweep.ts';
import type { Loaded } from './loaded.ts';

/** Values to try by path. */
export type SweepAxes = Readonly<Record<string, readonly (string | number | boolean)[]>>;

export interface SweepSettings {
  /** The scenario with some values set; throws InputError where they are impossible. */
  readonly load: (values: SweepValues) => Promise<Loaded>;
  readonly simulate: (loaded: Loaded) => Promise<Result>;
  /** A point that was finished before, by its key. */
  readonly finished?: ReadonlyMap<string, SweepPoint>;
  /** What besides the scenario a point depends on: seed, lengths, version. */
  readonly manner: string;
  /** Called with each new point, before the next is begun. */
  readonly onPoint?: (key: string, point: SweepPoint, index: number, of: number) => Promise<void>;
  readonly signal?: { readonly aborted: boolean };
}

/** Points that nobody would wait for. */
const MOST_POINTS = 100_000;

/**
 * Every combination of the values (`grid`, the last path varies fastest), or the first values of all, the second of all and
 * so on (`list`).
 *
 * @throws InputError for no values, for lists of different lengths and for more points than anybody would wait for
 */
export function sweepPoints(axes: SweepAxes, how: 'grid' | 'list'): readonly SweepValues[] {
  const entries = Object.entries(axes);
  const fail = (message: string): never => {
    throw new InputError([{ level: 'error', code: 'bad-sweep', message }]);
  };
  const lengths = entries.map(([path, values]) => values.length || fail(`${path} has no values to try`));
  if (entries.length === 0) return fail('there is nothing to vary');
  if (how === 'list') {
    if (new Set(lengths).size > 1) return fail(`a list needs as many values of each path, not ${lengths.join(', ')}`);
    return Array.from({ length: lengths[0]! }, (_, i) =>
      Object.fromEntries(entries.map(([path, values]) => [path, values[i]!])),
    );
  }
  const count = lengths.reduce((product, length) => product * length, 1);
  if (count > MOST_POINTS) return fail(`${count} points are more than the ${MOST_POINTS} that are tried`);
  return entries.reduce<readonly SweepValues[]>(
    (points, [path, values]) => points.flatMap((point) => values.map((value) => ({ ...point, [path]: value }))),
    [{}],
  );
}

/** The points one after the other; those finished before are not simulated again. An interrupt ends after the last whole one. */
export async function runSweep(
  base: Loaded,
  points: readonly SweepValues[],
  version: string,
  { load, simulate, finished, manner, onPoint, signal }: SweepSettings,
): Promise<Sweep> {
  const done: SweepPoint[] = [];
  // All of them first: an impossible last point must not be found after hours.
  const loaded: Loaded[] = [];
  for (const values of points) loaded.push(await load(values));
  const isBroken = (): boolean => signal?.aborted === true;
  for (const [index, values] of points.entries()) {
    const { scenario, digest } = loaded[index]!;
    const key = JSON.stringify([digest, manner, values]);
    const known = finished?.get(key);
    if (known !== undefined) {
      done.push(known);
      continue;
    }
    if (isBroken()) break;
    const result = await simulate({ scenario, digest });
    // What an interrupt has cut short is not the point.
    if (isBroken()) break;
    const point = pointOf(values, result);
    done.push(point);
    await onPoint?.(key, point, index, points.length);
  }
  const { name, title, simulation } = base.scenario;
  return {
    format: 'carriergrade/sweep/1',
    scenario: { name, title, digest: base.digest },
    parameters: Object.keys(points[0] ?? {}),
    confidence: simulation.confidence,
    version,
    points: done,
  };
}

function pointOf(values: SweepValues, { scenario, run, services, analytic, targets }: Result): SweepPoint {
  const { seed, method, histories, simulatedYears, stop } = run;
  return {
    values,
    digest: scenario.digest,
    run: { seed, method, histories, simulatedYears, stop },
    services: Object.fromEntries(
      Object.entries(services).map(([id, { unavailability, dpm, ofm, reportablePerYear }]) => {
        const solved = analytic.services[id];
        const known = solved?.exact === true && solved.dpm !== undefined ? { exactDpm: solved.dpm } : {};
        return [id, { unavailability, dpm: dpm.all, ofm: ofm.all, reportable: reportablePerYear, ...known }];
      }),
    ),
    targets: targets.map(({ id, level, verdict }) => ({ id, level, verdict })),
  };
}
