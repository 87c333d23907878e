import type { Law } from './law.ts';

/** What is as good as new after a proof test: all it looks at, or only what it has found failed. */
export const RENEWALS = ['all', 'failed'] as const;
export type Renewal = (typeof RENEWALS)[number];

/**
 * A test of several elements at one instant, done again and again to find latent faults (proof test of IEC 61508-4, 3.8.5;
 * failure-finding task of IEC 60300-3-11). It takes nothing out of service; what it finds begins to be put right then.
 */
export interface ProofTest {
  /** Full names. */
  readonly elements: readonly string[];
  /** From one test to the next, and from the start to the first. */
  readonly interval: Law;
  readonly renews: Renewal;
}
