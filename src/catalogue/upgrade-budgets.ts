/** Yearly budget for one effect of updates and upgrades. */
export interface UpgradeBudget {
  readonly id: 'critical' | 'major' | 'minor' | 'degraded' | 'degraded-storage';
  readonly description: string;
  /** As printed. */
  readonly text: string;
  readonly secondsPerYear: number;
  /** Downtime counts against the service's own unavailability; degraded time only shortens redundancy. */
  readonly measure: 'downtime' | 'degraded redundancy';
  readonly source: '[B] B-76';
}

const DEGRADED = 'Maximum time for operating with degraded/no redundancy configuration due to upgrades';

export const UPGRADE_BUDGETS: readonly UpgradeBudget[] = [
  {
    id: 'critical',
    description: 'Critical guest impact services',
    text: 'Less than 3 seconds/year',
    secondsPerYear: 3,
    measure: 'downtime',
    source: '[B] B-76',
  },
  {
    id: 'major',
    description: 'Major guest impact services',
    text: 'Less than 15 seconds/year',
    secondsPerYear: 15,
    measure: 'downtime',
    source: '[B] B-76',
  },
  {
    id: 'minor',
    description: 'Minor guest impact services',
    text: 'Less than 5 minutes/year',
    secondsPerYear: 300,
    measure: 'downtime',
    source: '[B] B-76',
  },
  {
    id: 'degraded',
    description: DEGRADED,
    text: '5 minutes/year for all nodes/services',
    secondsPerYear: 300,
    measure: 'degraded redundancy',
    source: '[B] B-76',
  },
  {
    id: 'degraded-storage',
    description: `${DEGRADED}; database / other persistent storage migrations`,
    text: '30 minutes/year',
    secondsPerYear: 1800,
    measure: 'degraded redundancy',
    source: '[B] B-76',
  },
];
