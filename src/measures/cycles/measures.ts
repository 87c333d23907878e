import { SERVICE_MEASURES } from '../history-record.ts';

/** What is added up for a service over incidents: as over a history, then downtime of any kind, outages of any kind, incidents that hurt. */
export const CYCLE_MEASURES = [...SERVICE_MEASURES, 'downtime', 'outages', 'harmful'] as const;
export type CycleMeasure = (typeof CYCLE_MEASURES)[number];

/** Index of each measure. */
export const CYCLE = Object.fromEntries(CYCLE_MEASURES.map((name, i) => [name, i])) as Record<CycleMeasure, number>;
