import { TIMELINE, TIMELINE_TARGET, type TimelineDurations } from '../../catalogue/timeline.ts';
import type { Cell, Table } from '../../model/table.ts';
import { MICROSECONDS_PER_SECOND } from '../../model/time.ts';
import { secondFailureProbability } from './formulas.ts';

export interface TimelineOptions {
  /** Durations that differ from those of the catalogue. */
  readonly durations?: Partial<TimelineDurations>;
  /** Failures a year of what is left during recovery; default 1. */
  readonly failuresPerYear?: number;
}

/** Instants of one variant in seconds after the fault, exact to the microsecond. */
export interface TimelineInstants {
  readonly detected: number;
  readonly notified: number;
  readonly restored: number;
  readonly redundant: number;
  readonly exposure: number;
}

/**
 * Clock of the fault-management cycle (2.8): t5 = T_DET + T_NOT + T_REM; recovery after it (sequential) or from
 * detection on (parallel); without a pool the physical repair comes first.
 */
export function timelineInstants(durations: TimelineDurations, pooled: boolean, parallel: boolean): TimelineInstants {
  const micro = (seconds: number): number => Math.round(seconds * MICROSECONDS_PER_SECOND);
  const detected = micro(durations.detection);
  const notified = detected + micro(durations.notification);
  const restored = notified + micro(durations.remediation);
  const recovery = micro(durations.recovery) + (pooled ? 0 : micro(durations.repair));
  const redundant = parallel ? detected + Math.max(restored - detected, recovery) : restored + recovery;
  const seconds = (value: number): number => value / MICROSECONDS_PER_SECOND;
  return {
    detected: seconds(detected),
    notified: seconds(notified),
    restored: seconds(restored),
    redundant: seconds(redundant),
    exposure: seconds(redundant - restored),
  };
}

/** The fault-management timeline in its four variants (B-71, NC-32). */
export function timelineTable(options: TimelineOptions = {}): Table {
  const { durations: stated = {} } = options;
  const durations = { ...TIMELINE, ...stated };
  const given = Object.keys(stated);
  const source = given.length === 0 ? TIMELINE.source : `${given.join(', ')} as stated, the rest ${TIMELINE.source}`;
  const perYear = options.failuresPerYear ?? 1;
  const variants = [true, false].flatMap((pooled) => [false, true].map((parallel) => ({ pooled, parallel })));
  const rows = variants.map(({ pooled, parallel }): Cell[] => {
    const t = timelineInstants(durations, pooled, parallel);
    return [
      pooled ? 'pooled' : 'non-pooled',
      parallel ? 'parallel' : 'sequential',
      t.detected,
      t.notified,
      t.restored,
      t.redundant,
      t.exposure,
      t.restored < TIMELINE_TARGET.seconds ? 'yes' : 'no',
      Number(secondFailureProbability(perYear, t.exposure).toPrecision(6)),
    ];
  });
  return {
    format: 'carriergrade/table/1',
    name: 'fm-timeline',
    title: 'Fault-management timeline',
    columns: [
      { name: 'Resources' },
      { name: 'Recovery' },
      { name: 'Detected', unit: 's', decimals: 3 },
      { name: 'Notified', unit: 's', decimals: 3 },
      { name: 'Restored', unit: 's', decimals: 3 },
      { name: 'Redundant', unit: 's', decimals: 3 },
      { name: 'Exposure', unit: 's', decimals: 3 },
      { name: TIMELINE_TARGET.text },
      { name: 'Second failure' },
    ],
    rows,
    notes: [
      `Durations: detection ${durations.detection} s, notification ${durations.notification} s, remediation ${durations.remediation} s, recovery ${durations.recovery} s, repair ${durations.repair} s; ${source}.`,
      'Localisation counts to notification, isolation to remediation (SEM-15, DX-21). As a design rule the inequality is strict; as a target 50 ms or less passes (DX-07).',
      `Second failure: chance of a failure of what is left during the exposure, at ${perYear} a year (B-67).`,
    ],
  };
}
