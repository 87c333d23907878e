import { SERVICE_MEASURES } from '../history-record.ts';

/** Automatic failovers of the groups that influence the service: all, those that succeeded, those within their group's target. */
export const FAILOVER_MEASURES = ['failovers', 'failoverSuccesses', 'failoversInTime'] as const;
/**
 * What is added up for a service over incidents: as over a history, then downtime of any kind, outages of any kind,
 * incidents that hurt, failovers.
 */
export const CYCLE_MEASURES = [...SERVICE_MEASURES, 'downtime', 'outages', 'harmful', ...FAILOVER_MEASURES] as const;
export type CycleMeasure = (typeof CYCLE_MEASURES)[number];

/** Index of each measure. */
export const CYCLE = Object.fromEntries(CYCLE_MEASURES.map((name, i) => [name, i])) as Record<CycleMeasure, number>;
