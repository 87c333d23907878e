import { type Estimate, exact } from '../model/estimate.ts';
import type { MovedParameter, Tornado } from '../model/plan.ts';
import { InputError } from '../model/problem.ts';
import type { SweepValues } from '../model/sweep.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { compareScenarios } from './compare.ts';
import { exactUnavailability } from './exact.ts';
import type { Conduct, Loaded } from './loaded.ts';

/** A parameter with the values it is moved to. */
export interface TornadoParameter {
  readonly path: string;
  readonly value: string;
  readonly low: string;
  readonly high: string;
}

/** Which parameters of a scenario are moved, and by which service it is judged. */
export interface TornadoSettings extends Conduct {
  readonly load: (values: SweepValues) => Promise<Loaded>;
  readonly service: string;
  readonly parameters: readonly TornadoParameter[];
  readonly seed?: string;
  readonly years?: number;
  readonly histories?: number;
  /** False: simulate even what the exact side knows. */
  readonly exact?: boolean;
}

const HISTORIES = 40;

/**
 * Moves each parameter alone to both of its ends and says how the downtime of a service follows: exactly where the exact
 * side knows all three, else by pairs of histories with the scenario as it stands. Ends the scenario does not allow are listed.
 */
export async function drawTornado(base: Loaded, version: string, settings: TornadoSettings): Promise<Tornado> {
  const { service, parameters, load, signal } = settings;
  const { name, title, services, simulation } = base.scenario;
  if (services[service] === undefined) {
    const hint = `services: ${Object.keys(services).join(', ')}`;
    throw new InputError([{ level: 'error', code: 'bad-plan', message: `there is no service "${service}"`, hint }]);
  }
  const solve = (loaded: Loaded): number | undefined =>
    settings.exact === false ? undefined : exactUnavailability(loaded.scenario).get(service);
  const solved = solve(base);
  const histories = settings.histories ?? HISTORIES;
  const how = {
    histories,
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
    ...(settings.years === undefined ? {} : { years: settings.years }),
    ...(signal === undefined ? {} : { signal }),
    ...(settings.clock === undefined ? {} : { clock: settings.clock }),
    ...(settings.onProgress === undefined ? {} : { onProgress: settings.onProgress }),
  };
  // All the histories asked for, whatever precision the scenario is content with.
  const plain = ({ scenario, digest }: Loaded, label: string) => {
    const { precision: _precision, ...rest } = scenario.simulation;
    return { label, digest, scenario: { ...scenario, simulation: rest } };
  };
  let simulated: Estimate | undefined;
  const bars: MovedParameter[] = [];
  const refused: string[] = [];
  for (const { path, value, low, high } of parameters) {
    if (signal?.aborted === true) break;
    const ends = await Promise.all([low, high].map((end) => load({ [path]: end }))).catch((error) => {
      if (!(error instanceof InputError)) throw error;
      refused.push(path);
      return undefined;
    });
    if (ends === undefined) continue;
    const known = solved === undefined ? [] : ends.map(solve);
    let differences: Estimate[];
    if (solved !== undefined && known.every((one) => one !== undefined)) {
      differences = known.map((one) => exact((one! - solved) * SECONDS_PER_YEAR));
    } else {
      const variants = ends.map((end, i) => plain(end, i === 0 ? low : high));
      const { against } = await compareScenarios(plain(base, 'base'), variants, version, how);
      const measured = against.map(({ services: of }) => of[service]!.choice?.dpm ?? of[service]!.metrics.dpm);
      simulated ??= measured[0]!.a;
      differences = measured.map((one) => one.difference);
    }
    const [atLow, atHigh] = differences as [Estimate, Estimate];
    const swing = Math.max(atLow.value, atHigh.value, 0) - Math.min(atLow.value, atHigh.value, 0);
    bars.push({
      path,
      value,
      low: { value: low, difference: atLow },
      high: { value: high, difference: atHigh },
      swing,
    });
  }
  const downtime = solved === undefined ? simulated : exact(solved * SECONDS_PER_YEAR);
  if (downtime === undefined) {
    const message = 'no parameter could be moved';
    throw new InputError([{ level: 'error', code: 'bad-plan', message, hint: 'name some with --vary path=LO..HI' }]);
  }
  bars.sort((a, b) => b.swing - a.swing || (a.path < b.path ? -1 : 1));
  return {
    format: 'carriergrade/tornado/1',
    scenario: { name, title, digest: base.digest },
    service,
    base: downtime,
    bars,
    refused,
    seed: settings.seed ?? simulation.seed,
    version,
  };
}

/** Sections whose values describe the cloud; how it is looked at is no parameter of it. */
const SECTIONS = /^(groups|elements|sites|control|repair|regions|catalogue|causes)\./;

/**
 * Parameters of a scenario moved by a factor: times and rates to value/factor and value·factor, shares by what they lack
 * (98 % by 2: 99 % and 96 %), laws with one number like that number. Values without a unit are counts and switches and stay as they are.
 */
export function factorParameters(
  values: readonly { readonly path: string; readonly value: string }[],
  factor: number,
): readonly TornadoParameter[] {
  return values.flatMap(({ path, value }) => {
    const found = /^(\{\w+: )?(\d+\.?\d*(?:e[+-]?\d+)?) (%|\/ year|[a-zµ]+)(\})?$/.exec(value);
    if (found === null || !SECTIONS.test(path)) return [];
    const [, before = '', text, unit, after = ''] = found;
    const number = Number(text);
    if (number === 0) return [];
    const print = (x: number): string => `${before}${Number(x.toPrecision(12))} ${unit}${after}`;
    if (unit !== '%') return [{ path, value, low: print(number / factor), high: print(number * factor) }];
    const lack = 100 - number;
    if (lack <= 0) return [];
    return [{ path, value, low: print(Math.max(0, 100 - lack * factor)), high: print(100 - lack / factor) }];
  });
}
