import { SCHEMES as SCHEME_IDS, type SchemeId } from '../model/scenario.ts';
import { activeStandby } from './active-standby.ts';
import { loadSharing } from './load-sharing.ts';
import type { Scheme } from './scheme.ts';
import { sharedStandby } from './shared-standby.ts';

/** A group of one is the degenerate case of active-standby. */
const RULES: Readonly<Record<SchemeId, Scheme>> = {
  simplex: activeStandby,
  'active-standby': activeStandby,
  // One rule with different capacities; `k-of-n` counts members.
  'active-active': loadSharing,
  'load-balanced': loadSharing,
  'n-plus-1': loadSharing,
  'k-of-n': loadSharing,
  'shared-standby': sharedStandby,
};

/** Scheme of each code in the compiled model. */
export const SCHEMES: readonly Scheme[] = SCHEME_IDS.map((id) => RULES[id]);
