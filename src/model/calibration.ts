import type { Comparison } from './comparison.ts';
import type { Estimate } from './estimate.ts';

/** Where a ticket comes from: a fault of the field, or one that was injected to see what happens. */
export const TICKET_SOURCES = ['field', 'injection'] as const;
/** Where a ticket comes from; faults that were injected say nothing about how often faults happen. */
export type TicketSource = (typeof TICKET_SOURCES)[number];

/** One fault as it was recorded. Durations in seconds; what was not recorded is missing. */
export interface Ticket {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly source: TicketSource;
  /** Element, pool, control function or group. */
  readonly element: string;
  readonly mode?: string;
  /** Fault to detected; Infinity: no monitoring noticed, somebody did. */
  readonly detected?: number;
  /** Whether the automatic switch to a standby worked. */
  readonly switched?: boolean;
  readonly repair?: number;
  /** Durations of steps by the name the scenario gives them under `times`. */
  readonly times: Readonly<Record<string, number>>;
}

export const CALIBRATED = ['rate', 'coverage', 'detection', 'switch', 'duration', 'repair'] as const;
/** What a calibrated parameter is. */
export type CalibratedKind = (typeof CALIBRATED)[number];

/**
 * `agrees`: the scenario's value lies inside the interval of the measured one; `differs`: outside; `unknown`: the scenario
 * has no single value; `few`: too few observations to put the measured value in its place.
 */
export type CalibrationVerdict = 'agrees' | 'differs' | 'unknown' | 'few';

/** One parameter, as prescribed and as measured (B-47). */
export interface CalibratedParameter {
  readonly path: string;
  readonly kind: CalibratedKind;
  /** What the scenario says: per year, a probability or the mean in seconds; null where it is no single value. */
  readonly prescribed: number | null;
  /** In the same unit, with its interval. */
  readonly measured: Estimate;
  readonly verdict: CalibrationVerdict;
  /** `path=value` each: what puts the measured value in place; empty for `few`. */
  readonly set: readonly string[];
}

/** `carriergrade/calibration/1`: a scenario with measured values in place of prescribed ones, and what that changes. */
export interface Calibration {
  readonly format: 'carriergrade/calibration/1';
  readonly scenario: { readonly name: string; readonly title: string; readonly digest: string };
  readonly data: { readonly tickets: number; readonly fieldYears: number | null; readonly confidence: number };
  readonly parameters: readonly CalibratedParameter[];
  /** Columns and tickets that say nothing about a parameter, with the reason. */
  readonly unused: readonly string[];
  /** Prescribed against all measured values together, then against each alone, on the same histories; absent: nothing to change. */
  readonly comparison?: Comparison;
}
