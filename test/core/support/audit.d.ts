import { type World } from '../../../src/dynamics/world.ts';
import type { Timers } from '../../../src/kernel/timers.ts';
/**
 * Recomputes everything derived in the state of a run from its primary columns and throws at the first difference. It
 * is meant for the state between two events.
 */
export declare function auditState(w: World, timers: Timers): void;
