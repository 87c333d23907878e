import type { Estimate } from './estimate.ts';
import type { RunFacts, TargetResult } from './result.ts';

/** Values of a point by path, as written. */
export type SweepValues = Readonly<Record<string, string | number | boolean>>;

/** `carriergrade/sweep/1`: a scenario at the points of a grid or a list, all on the same random numbers. */
export interface Sweep {
  readonly format: 'carriergrade/sweep/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  /** Paths that are varied, in order. */
  readonly parameters: readonly string[];
  readonly confidence: number;
  readonly version: string;
  readonly points: readonly SweepPoint[];
}

/** One point of a sweep: the values set there, and what they made of every service and target. */
export interface SweepPoint {
  readonly values: SweepValues;
  /** Of the scenario at this point. */
  readonly digest: string;
  readonly run: Pick<RunFacts, 'seed' | 'method' | 'histories' | 'simulatedYears' | 'stop'>;
  readonly services: Readonly<Record<string, SweptService>>;
  readonly targets: readonly Pick<TargetResult, 'id' | 'level' | 'verdict'>[];
}

/** A service at one point of a sweep. */
export interface SweptService {
  readonly unavailability: Estimate;
  /** s/year. */
  readonly dpm: Estimate;
  /** 1/year. */
  readonly ofm: Estimate;
  readonly reportable: Estimate;
  /** s/year, where the exact side has it without reservation. */
  readonly exactDpm?: number;
}
