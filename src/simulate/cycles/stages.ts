/** Samples of each of two rounds of the pilot at ±5 %; more for a finer precision, where what they teach pays longer. */
const PILOT_SAMPLES = 4_000;
const MOST_PILOT = 20_000;
const PILOT_PRECISION = 0.05;
/** Samples of the shortest first and second stage. */
const LEAST_STAGE = 8_000;
const MOST_SAMPLES = 4_000_000;
/** How much longer a first stage may be than the one before it, whose width is an estimate. */
const MOST_GROWTH = 16;
/** Every stratum keeps at least this share of the samples. */
const LEAST_SHARE = 0.03;
/** Standard errors that the variance may turn out above its estimate before the second stage is too short: 1 run in 44. */
const VARIANCE_MARGIN = 2;

/** What a stage of so many samples has shown. */
export interface StageWidth {
  readonly samples: number;
  /** Relative half-width of the interval. */
  readonly width: number;
  /** Relative standard error of the variance that the width is made of. */
  readonly varianceError: number;
}

/** Samples of a round of the pilot and of the shortest stage. */
export interface StageSizes {
  readonly pilot: number;
  readonly stage: number;
}

/** Sizes for a relative half-width of `precision`. */
export function stageSizes(precision: number): StageSizes {
  const pilot = Math.min(MOST_PILOT, Math.max(PILOT_SAMPLES, (PILOT_SAMPLES * PILOT_PRECISION) / precision));
  return { pilot, stage: LEAST_STAGE };
}

/**
 * Samples of another first stage, or 0 when this one tells enough: its interval is at most twice as wide as wanted
 * (methods §2.8), or has met no downtime and never may.
 */
export function firstStageAgain(known: StageWidth, precision: number): number {
  const { samples, width } = known;
  const missing = (width / (2 * precision)) ** 2;
  if (!Number.isFinite(missing) || missing <= 1 || samples >= MOST_SAMPLES) return 0;
  return Math.min(
    MOST_SAMPLES,
    Math.ceil(samples * Math.min(MOST_GROWTH, missing * (1 + VARIANCE_MARGIN * known.varianceError))),
  );
}

/**
 * Samples of the second stage, the one that is reported. So many that its interval comes out too wide only where the
 * variance of it or that of the stage before was off by two standard errors: whoever looks at the interval and throws wide
 * ones away keeps the runs whose rare large samples did not come, and those are low.
 */
export function secondStage(known: StageWidth, precision: number, least: number): number {
  const { samples, width, varianceError } = known;
  const bare = samples * (width / precision) ** 2;
  const error = varianceError * Math.sqrt(1 + Math.min(1, samples / bare));
  return Math.min(MOST_SAMPLES, Math.max(least, Math.ceil(bare * (1 + VARIANCE_MARGIN * error))));
}

/** Whether a stage is as long as any may be. */
export const isLongest = (samples: number): boolean => samples >= MOST_SAMPLES;

/**
 * Samples by stratum out of `total`: in proportion to the standard deviations (Neyman), none below a least share; strata that
 * cannot occur get none.
 */
export function allocate(total: number, deviations: readonly number[], possible: readonly boolean[]): number[] {
  const strata = possible.filter(Boolean).length;
  const sum = deviations.reduce((a, b) => a + b, 0);
  const least = Math.min(LEAST_SHARE, 0.5 / strata);
  return possible.map((can, i) => {
    if (!can) return 0;
    const share = sum > 0 ? deviations[i]! / sum : 1 / strata;
    return Math.max(2, Math.ceil(total * (least + (1 - least * strata) * share)));
  });
}
