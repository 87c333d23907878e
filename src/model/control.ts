import type { Law } from './law.ts';

/** Impact classes of B-74: guests are down at once, only when something is asked for, or never. */
export const IMPACTS = ['Critical', 'Major', 'Minor', 'N/A'] as const;
export type Impact = (typeof IMPACTS)[number];

/** The graver of two classes. */
export function graver(a: Impact, b: Impact): Impact {
  return IMPACTS.indexOf(a) <= IMPACTS.indexOf(b) ? a : b;
}

/** What an operation of the control path asks, and what becomes of one that fails (B-80). */
export interface OperationRules {
  /** Ids of the control functions it cannot do without. */
  readonly needs: readonly string[];
  /** Absent: an operation that has begun succeeds. */
  readonly failing?: FailingOperation;
}

/** A step of the operation fails at its end, is noticed as failed, and is tried again. */
export interface FailingOperation {
  /** Probability, [0, 1). */
  readonly probability: number;
  /** Failed → whoever asked is told and tries again. */
  readonly notify: Law;
  /** Share of the failed ones that leave a slot of a node taken, [0, 1]. */
  readonly orphans: number;
}
