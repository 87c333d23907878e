/** Durations of the fault-management timeline (B-71, NC-32), seconds. */
export interface TimelineDurations {
  readonly detection: number;
  /** Localisation, correlation and delivery. */
  readonly notification: number;
  /** Isolation and switch-over. */
  readonly remediation: number;
  /** Rebuilding redundancy from the pool. */
  readonly recovery: number;
  /** Physical repair, where there is no pool. */
  readonly repair: number;
}

export const TIMELINE: TimelineDurations & { readonly source: string } = {
  detection: 0.01,
  notification: 0.005,
  remediation: 0.03,
  recovery: 180,
  repair: 14_400,
  source: '[EA] NC-32; repair [B] B-64, recovery in "single minutes" [B] B-67',
};

/** Target of the source: T_DET + T_NOT + T_REM below this, seconds. */
export const TIMELINE_TARGET = { seconds: 0.05, text: 'TDET + TNOT + TREM < 50 ms', source: '[B] B-71' } as const;
