/** Samples of each of two rounds of the pilot at ±5 %; more for a finer precision, where what they teach pays longer. */
const PILOT_SAMPLES = 3_000;
const MOST_PILOT = 8_000;
const PILOT_PRECISION = 0.05;
/** Samples of the shortest result. */
const LEAST_STAGE = 6_000;
const MOST_SAMPLES = 4_000_000;
/** Part of a result's samples that are to tell how many there have to be. */
const FIRST_PART = 0.25;
/** How many times as long as the stage before the next one is at most: what that has shown is no more certain. */
const MOST_GROWTH = 8;
/** What is added to a result that is too wide, at least. */
const LEAST_ADDED = 0.125;
/** Its share in the mean by that of its samples, at most: less, so that there is room for a variance that the pilot did not see. */
const FIRST_SHARE = 0.8;
/** Part of the variance that is left to the second part, at least; what that does not reach is reached by going on. */
const LEAST_LEFT = 0.5;
/** Every stratum keeps at least this share of the samples. */
const LEAST_SHARE = 0.03;
/** Standard errors that the variance may turn out above its estimate before the second stage is too short: 1 run in 44. */
const VARIANCE_MARGIN = 2;
/** What counts of that error at most where a mean that is too wide goes on: more is due to single large samples, with which the variance is rather too high. */
const MOST_ERROR = 0.2;

/** What a stage of so many samples has shown. */
export interface StageWidth {
  readonly samples: number;
  /** Relative half-width of the interval. */
  readonly width: number;
  /** Its variance if the samples were dealt over the strata as well as can be, by the one it has. */
  readonly dealt: number;
  /** Relative standard error of the variance that the width is made of. */
  readonly varianceError: number;
}

/** Samples of a round of the pilot and of the shortest result. */
export interface StageSizes {
  readonly pilot: number;
  readonly stage: number;
}

/** Sizes for a relative half-width of `precision`. */
export function stageSizes(precision: number): StageSizes {
  const pilot = Math.min(MOST_PILOT, Math.max(PILOT_SAMPLES, (PILOT_SAMPLES * PILOT_PRECISION) / precision));
  return { pilot, stage: LEAST_STAGE };
}

/** The next stage: how long it is, and its share in the mean of the result; 0: it only tells how to go on. */
export interface FirstStage {
  readonly samples: number;
  readonly share: number;
  /** Samples that will be needed after it, as far as that is known. */
  readonly later: number;
}

/** Samples of an interval as narrow as `precision`, by what a stage has shown. */
export function wantedSamples({ samples, dealt, width }: StageWidth, precision: number): number {
  return samples * dealt * (width / precision) ** 2;
}

/** @param known the stage before, whose samples are no part of the result */
export function firstStage(known: StageWidth, precision: number, least: number): FirstStage {
  // No downtime has been met, and never may.
  if (!Number.isFinite(known.width)) return { samples: least, share: 0, later: 0 };
  const wanted = wantedSamples(known, precision);
  const total = Math.min(MOST_SAMPLES, Math.max(least, wanted));
  const samples = Math.ceil(Math.max(least / 2, Math.min(FIRST_PART * total, MOST_GROWTH * known.samples)));
  const share = FIRST_SHARE / (1 + VARIANCE_MARGIN * known.varianceError);
  return { samples, share: (share * samples) / total, later: total - samples };
}

/**
 * Samples of the second part of the result. The share of the first was fixed before it was drawn, and whatever it was like it
 * is kept: so the mean of the two has no bias, whatever the first makes of the second's length. So many that the interval
 * comes out too wide only where the variance of it or that of the first part was off by two standard errors: whoever looks
 * at the interval and throws wide ones away keeps the runs whose rare large samples did not come, and those are low.
 *
 * @param before what the pilot has shown, where a mean that is too wide goes on
 */
export function secondStage(
  first: StageWidth,
  share: number,
  precision: number,
  least: number,
  before?: StageWidth,
): number {
  const { samples, width } = first;
  const left = Math.max(LEAST_LEFT * precision ** 2, precision ** 2 - (share * width) ** 2);
  const bare = ((1 - share) ** 2 * spreadOf(first, before)) / left;
  const error = errorOf(first, before) * Math.sqrt(1 + Math.min(1, samples / bare));
  return Math.min(MOST_SAMPLES, Math.max(least, Math.ceil(bare * (1 + VARIANCE_MARGIN * error))));
}

/** Samples to be added to a result that is too wide. */
export function thirdStage(known: StageWidth, precision: number): number {
  const { samples, width } = known;
  const wanted = samples * (width / precision) ** 2 * (1 + VARIANCE_MARGIN * Math.min(MOST_ERROR, known.varianceError));
  return Math.min(MOST_SAMPLES, MOST_GROWTH * samples, Math.ceil(Math.max(LEAST_ADDED * samples, wanted - samples)));
}

/** Samples of a result in place of one that cannot be trusted and cannot go on. */
export function anew(known: StageWidth, precision: number): number {
  const { samples, width, varianceError } = known;
  const wanted = samples * (width / precision) ** 2 * (1 + VARIANCE_MARGIN * varianceError);
  return Math.ceil(Math.min(MOST_SAMPLES, MOST_GROWTH * samples, Math.max(samples, wanted)));
}

/**
 * Square of the half-width of one sample. By two stages it is their geometric mean, by how well each knows it: a variance is
 * off by a factor, and the one large sample that decides it in one of them says little about the next.
 */
function spreadOf(stage: StageWidth, before?: StageWidth): number {
  const own = stage.samples * stage.width ** 2;
  if (before === undefined) return own;
  const earlier = before.samples * before.dealt * before.width ** 2;
  // What does not vary at all in one of them says nothing of a factor.
  if (own === 0 || earlier === 0) return Math.max(own, earlier);
  const [a, b] = [stage.varianceError, before.varianceError];
  return own * (earlier / own) ** (a === 0 ? 0 : a ** 2 / (a ** 2 + b ** 2));
}

/** Relative standard error of it. */
function errorOf({ varianceError }: StageWidth, before?: StageWidth): number {
  if (before === undefined) return varianceError;
  const [a, b] = [varianceError, before.varianceError];
  return a === 0 ? 0 : Math.min(MOST_ERROR, (a * b) / Math.hypot(a, b));
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
