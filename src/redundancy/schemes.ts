import { SCHEMES as SCHEME_IDS, type SchemeId } from '../model/scenario.ts';
import { activeStandby } from './active-standby.ts';
import type { Scheme } from './scheme.ts';

/** A group of one is the degenerate case of active-standby. */
const RULES: Readonly<Record<SchemeId, Scheme>> = { simplex: activeStandby, 'active-standby': activeStandby };

/** Scheme of each code in the compiled model. */
export const SCHEMES: readonly Scheme[] = SCHEME_IDS.map((id) => RULES[id]);
