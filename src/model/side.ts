import type { Phase } from './flow.ts';
import type { Bucket } from './scenario.ts';

/**
 * Who answers for a second of downtime or for a step (B-54): the guest, which is the application and what it runs on inside
 * its instance, or the infrastructure, which is hardware, virtualisation layer and management.
 */
export const SIDES = ['guest', 'infrastructure'] as const;
export type Side = (typeof SIDES)[number];

/** What the infrastructure owes the guest whatever has failed: detection and notification, and services that recovery calls. */
const OWED: ReadonlySet<Phase> = new Set<Phase>(['detection', 'control-wait', 'capacity']);

/** Side of downtime by the bucket of its root cause and the phase it was spent in; operators' errors are management. */
export function sideOf(bucket: Bucket, phase: Phase): Side {
  return bucket === 'APP' && !OWED.has(phase) ? 'guest' : 'infrastructure';
}
