import { meanIntervalOf } from '../../measures/statistics/mean.ts';
import { garwood } from '../../measures/statistics/poisson.ts';
import { wilson } from '../../measures/statistics/proportion.ts';
import type { CalibratedKind, CalibratedParameter } from '../../model/calibration.ts';
import type { Estimate } from '../../model/estimate.ts';
import { type Law, mean } from '../../model/law.ts';
import type { Scenario } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import type { GroupObservations, ModeObservations, Observations } from './observations.ts';

export interface ParameterOptions {
  /** Years the tickets of the field were collected over; without it nothing is said about rates. */
  readonly fieldYears?: number;
  /** Observations from which a measured value takes the place of the prescribed one. */
  readonly atLeast: number;
  readonly confidence: number;
}

/** Values in an empirical law; longer samples are thinned to as many order statistics. */
const MOST_VALUES = 200;
/** Ways to write a time to failure, other than `rate`. */
const OTHER_RATES = ['mtbf', 'mttf', 'fit', 'law'];

/** What the observations say about each parameter they touch, beside what the scenario prescribes (B-47). */
export function measuredParameters(
  observations: Observations,
  scenario: Scenario,
  written: readonly string[],
  options: ParameterOptions,
): readonly CalibratedParameter[] {
  return [
    ...observations.modes.flatMap((mode) => ofMode(mode, written, options)),
    ...observations.groups.flatMap((group) => ofGroup(group, scenario, options)),
  ];
}

function ofMode(
  { definition, mode, fieldFaults, repairs }: ModeObservations,
  written: readonly string[],
  options: ParameterOptions,
): readonly CalibratedParameter[] {
  const path = `${definition.path}.failures.${mode.id}`;
  const found: CalibratedParameter[] = [];
  if (options.fieldYears !== undefined) {
    const measured = garwood(fieldFaults, options.fieldYears * definition.operating, options.confidence);
    const others = OTHER_RATES.filter((key) =>
      written.some((one) => one === `${path}.${key}` || one.startsWith(`${path}.${key}.`)),
    );
    const set = [`${path}.rate=${number(measured.value)} / year`, ...others.map((key) => `${path}.${key}=null`)];
    const prescribed = SECONDS_PER_YEAR / mean(mode.timeToFailure);
    found.push(judged(`${path}.rate`, 'rate', prescribed, measured, fieldFaults, set, options));
  }
  if (mode.restore.by !== 'replacement' && repairs.length > 0) {
    const key = written.some((one) => one.startsWith(`${path}.repair`)) ? 'repair' : 'restart';
    found.push(duration(`${path}.${key}`, 'repair', mode.restore.after, repairs, options));
  }
  return found;
}

function ofGroup(
  { group, detected, switchesTried, switchesWorked, times }: GroupObservations,
  scenario: Scenario,
  options: ParameterOptions,
): readonly CalibratedParameter[] {
  const { detection, probabilities, times: prescribed } = scenario.groups[group]!;
  const path = `groups.${group}`;
  const found: CalibratedParameter[] = [];
  const seen = detected.filter(Number.isFinite);
  if (detected.length > 0) {
    const measured = wilson(seen.length, detected.length, options.confidence);
    const at = `${path}.detection.coverage`;
    const set = [`${at}=${number(measured.value)}`];
    found.push(judged(at, 'coverage', detection.coverage, measured, detected.length, set, options));
  }
  if (seen.length > 0) {
    const [detector, ...more] = detection.detectors;
    const id = `measured-${group}`;
    const base = detector === undefined ? '' : `base: ${detector.id}, `;
    const set = [
      `catalogue.detectors.${id}={ ${base}kind: law, latency: ${empirical(seen)} }`,
      `${path}.detection.detectors=[${id}]`,
    ];
    const single = more.length === 0 && detector !== undefined ? mean(detector.latency) : null;
    const measured = meanTime(seen, options.confidence);
    found.push(judged(`${path}.detection.detectors`, 'detection', single, measured, seen.length, set, options));
  }
  if (switchesTried > 0) {
    const measured = wilson(switchesWorked, switchesTried, options.confidence);
    const at = `${path}.probabilities.switch`;
    const set = [`${at}=${number(measured.value)}`];
    found.push(judged(at, 'switch', probabilities['switch'] ?? null, measured, switchesTried, set, options));
  }
  for (const [name, sample] of times) {
    found.push(duration(`${path}.times.${name}`, 'duration', prescribed[name]!, sample, options));
  }
  return found;
}

function duration(
  path: string,
  kind: CalibratedKind,
  law: Law,
  sample: readonly number[],
  options: ParameterOptions,
): CalibratedParameter {
  const measured = meanTime(sample, options.confidence);
  return judged(path, kind, mean(law), measured, sample.length, [`${path}=${empirical(sample)}`], options);
}

/** A mean time is not below 0, however few there are; one alone says nothing about the others. */
function meanTime(sample: readonly number[], confidence: number): Estimate {
  const [only, ...others] = sample;
  if (others.length === 0) return { value: only!, lo: 0, hi: Number.POSITIVE_INFINITY, method: 'histories', n: 1 };
  const { lo, ...rest } = meanIntervalOf(sample, confidence);
  return { ...rest, lo: Math.max(0, lo) };
}

function judged(
  path: string,
  kind: CalibratedKind,
  prescribed: number | null,
  measured: Estimate,
  observations: number,
  set: readonly string[],
  { atLeast }: ParameterOptions,
): CalibratedParameter {
  if (observations < atLeast) return { path, kind, prescribed, measured, verdict: 'few', set: [] };
  const inside = prescribed !== null && measured.lo <= prescribed && prescribed <= measured.hi;
  const verdict = prescribed === null ? 'unknown' : inside ? 'agrees' : 'differs';
  return { path, kind, prescribed, measured, verdict, set };
}

/** The law that takes one of the values observed, each as likely as the others. */
function empirical(sample: readonly number[]): string {
  const sorted = [...sample].sort((a, b) => a - b);
  const values =
    sorted.length <= MOST_VALUES
      ? sorted
      : Array.from({ length: MOST_VALUES }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / MOST_VALUES)]!);
  return `{ empirical: [${values.map((value) => `${number(value)} s`).join(', ')}] }`;
}

/** Without the noise of binary fractions. */
const number = (value: number): string => String(Number(value.toPrecision(12)));
