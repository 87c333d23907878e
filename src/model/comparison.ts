import type { Estimate } from './estimate.ts';

/**
 * `carriergrade/comparison/1`: variants of a scenario on the same histories (common random numbers). The first one is
 * `a`; each of the others is a `b`.
 */
export interface Comparison {
  readonly format: 'carriergrade/comparison/1';
  readonly a: ComparedScenario;
  readonly run: ComparisonRun;
  readonly against: readonly ComparedVariant[];
}

/** One of the scenarios of a comparison. */
export interface ComparedScenario {
  /** How it is told from the others: file and variant as asked for. */
  readonly label: string;
  readonly name: string;
  readonly title: string;
  readonly digest: string;
}

/** What was simulated for a comparison, and why it stopped. */
export interface ComparisonRun {
  readonly seed: string;
  /** Histories of each variant. */
  readonly histories: number;
  readonly simulatedYears: number;
  readonly confidence: number;
  readonly stop: 'precision' | 'budget' | 'horizon';
  readonly version: string;
}

/** A variant beside the first scenario. */
export interface ComparedVariant {
  readonly b: ComparedScenario;
  /** By id, those that both have. */
  readonly services: Readonly<Record<string, ServiceComparison>>;
  /** Services of only one of the two. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/** Figures per year that are compared; `dpm` and its parts in s/year, the others in 1/year. */
export const COMPARED_METRICS = [
  'dpm',
  'dpmTotal',
  'dpmPartial',
  'dpmCounted',
  'ofm',
  'reportable',
  'sessionsLost',
  'userHoursLost',
] as const;
/** Figures that are compared. */
export type ComparedMetric = (typeof COMPARED_METRICS)[number];

/** Axes of the attribution along which a difference is explained (SEM-33). */
export const COMPARED_AXES = ['phase', 'bucket', 'cause', 'element'] as const;
/** By what a difference in downtime is divided. */
export type ComparedAxis = (typeof COMPARED_AXES)[number];

/** b against a: less, more, exactly the same, or the interval of the difference holds zero. */
export type ComparisonVerdict = 'less' | 'more' | 'same' | 'undecided';

/** The same figure of the first scenario (`a`) and of a variant (`b`), on the same histories. */
export interface PairedEstimate {
  readonly a: Estimate;
  readonly b: Estimate;
  /** b − a. */
  readonly difference: Estimate;
  /** b / a; null where a is nothing. */
  readonly ratio: Estimate | null;
  readonly verdict: ComparisonVerdict;
}

/** Part of a difference, s/year, in the order of its size. */
export interface Contribution {
  readonly name: string;
  /** s/year. */
  readonly a: number;
  readonly b: number;
  readonly difference: Estimate;
}

/** How the downtime of two variants was compared where histories see too little of it. */
export interface ComparedChoice {
  /** `cycles`: of at least one of them; the other may be exact or seen often enough by histories. */
  readonly method: 'exact' | 'cycles' | 'histories';
  readonly because: string;
  /** By cycles: the same incidents were drawn of both; else the two are known independently of one another. */
  readonly pairs?: boolean;
  /** Downtime, s/year. */
  readonly dpm: PairedEstimate;
}

/** A service in two variants: every figure, and what made the difference. */
export interface ServiceComparison {
  readonly metrics: Readonly<Record<ComparedMetric, PairedEstimate>>;
  /** What the difference in downtime is made of; each axis sums to it. */
  readonly because: Readonly<Record<ComparedAxis, readonly Contribution[]>>;
  /** Times as many histories independent runs would need for the same interval of the downtime's difference. */
  readonly varianceReduction: number | null;
  /** Where histories saw too few outages of either: how the downtime was found instead, and what that says of it. */
  readonly choice?: ComparedChoice;
  /** The same downtime from the exact side, where both have one. */
  readonly exact?: PairedEstimate;
}
