import type { SchemeId } from '../model/scenario.ts';
import { activeStandby } from './active-standby.ts';
import type { Scheme } from './scheme.ts';

/** Order of the scheme codes in the compiled model. */
export const SCHEME_IDS: readonly SchemeId[] = ['simplex', 'active-standby'];

/** Scheme of each code: a group of one is the degenerate case of active-standby. */
export const SCHEMES: readonly Scheme[] = [activeStandby, activeStandby];
