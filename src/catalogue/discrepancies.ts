/** A place where a source document contradicts itself, its arithmetic, or what it describes. */
export interface Discrepancy {
  readonly id: string;
  readonly place: string;
  readonly found: string;
  /** What is done about it here. */
  readonly here: string;
  /** Tables, commands or catalogue entries that show it; empty: nothing here depends on it yet. */
  readonly shownIn: readonly string[];
}

const entry = (id: string, place: string, found: string, here: string, ...shownIn: readonly string[]): Discrepancy => ({
  id,
  place,
  found,
  here,
  shownIn,
});

const NOT_YET = 'nothing here models it yet';

/** Every discrepancy of the source documents ([A], [B]) that was found, in the order of the domain model (3.3). */
export const DISCREPANCIES: readonly Discrepancy[] = [
  entry(
    'DX-01',
    '[B] allocation table',
    '315.3599999986 is what binary floating point makes of 1 − 0.99999',
    '315.36; the artefact is only echoed',
    'checks',
    'conversions',
    'allocation',
  ),
  entry(
    'DX-02',
    '[B] first block diagram',
    '946 s/year is called one third of the target; it is three times the target',
    '2.99997 times the target',
    'checks',
    'conversions',
    'rbd',
  ),
  entry(
    'DX-03',
    '[B] allocation table',
    'rounded cells add up to 315.37 and 31.53, not to 315.36 and 31.54',
    'sums of unrounded values, cells are never renormalised',
    'allocation',
    'checks',
  ),
  entry(
    'DX-04',
    '[B] both block diagrams',
    'downtime from the rounded availability differs from the exact one (946.08 and 946.07, 94.608 and 94.6079)',
    'exact values, compared to the printed digits',
    'checks',
    'conversions',
    'rbd',
  ),
  entry(
    'DX-05',
    '[B] definitions',
    'MTBF is once the mean up time, once the time between outages; they differ by the availability',
    'MTBF is mean up time, OFM = 8 760/(MTBF + MTTR)',
    'checks',
    'conversions',
  ),
  entry(
    'DX-06',
    '[B] block diagrams and categories',
    'MANO is drawn in series and described as needed on demand',
    'both treatments, side by side',
    'analyse',
    'rbd',
  ),
  entry(
    'DX-07',
    '[B] targets and timeline',
    '50 ms or less, and less than 50 ms',
    'a target of 50 ms is met by 50 ms; the design inequality is strict',
    'fm-timeline',
  ),
  entry(
    'DX-08',
    '[A] figure 32 and text',
    'service back after about 4 s, and after about 5 s',
    'four failed samples and five seconds between good ones; evaluation 0.5 s is an assumption',
    'detector zabbix-service',
  ),
  entry('DX-09', '[A] figures 25 and 30', 'policy thresholds 22, 22, 30, 30; installed triggers 20, 20, 5, 2', NOT_YET),
  entry(
    'DX-10',
    '[A] figures 27 and 29',
    'one address for two VDUs, two versions of one monitoring tool',
    'of no consequence for a number',
  ),
  entry('DX-11', '[A] figure 25', 'an action stops the server that another restarts; a low load reboots', NOT_YET),
  entry(
    'DX-12',
    '[B] key requirements',
    '"<10\'s of milliseconds" is no number',
    'targets are numbers with units; 50 ms where none is stated',
    'run',
  ),
  entry(
    'DX-13',
    '[B] targets',
    '31.5 s includes operational processes such as upgrades, operation has 20 % of its own',
    'what the infrastructure executes counts as infrastructure, human error as operation',
    'upgrade-budgets',
  ),
  entry(
    'DX-14',
    '[B] categories and service table',
    'messaging, data base, identity and API services are Major in the text, mostly Critical in the table',
    'table as printed, the class that follows from use beside it',
    'services',
  ),
  entry(
    'DX-15',
    '[B] service table',
    'Glance is Minor although spawning needs its images; Cinder-Backup Major and Minor; two spellings of Manila',
    'verbatim, the class that follows from use beside it',
    'services',
  ),
  entry(
    'DX-16',
    '[A] commands after a respawn',
    'the port pair is deleted before it leaves its group, scaling in does it the other way round',
    'order as printed, replayed with a warning; apiEnforcesInUse refuses the call, make-before-break needs no refusal',
    'mano-paths',
  ),
  entry(
    'DX-17',
    '[A] scaling template',
    'the trigger of the scaling template is called respawning and respawns',
    NOT_YET,
  ),
  entry(
    'DX-18',
    '[A] recovery and remediation',
    'a new standby belongs to remediation in one document, to recovery in the other',
    'recovery, except where there is no standby at all',
    'flows FL-01 to FL-03, respawn',
  ),
  entry(
    'DX-19',
    '[B] criticality table, row 10',
    'listed under conditional impact, activated immediately',
    'the activation decides',
    'criticality',
  ),
  entry(
    'DX-20',
    '[B] definitions',
    'a budget for Minor services although they hurt no guest',
    'the budget is for the service itself',
    'upgrade-budgets',
  ),
  entry(
    'DX-21',
    '[B] fault-management cycle and timeline',
    'the cycle has localisation and isolation, the inequality three terms',
    'localisation counts to notification, isolation to remediation',
    'fm-timeline',
  ),
  entry('DX-22', '[A] log and demonstration', 'incomplete: pictures, a garbled script', 'no number is taken from them'),
  entry('DX-23', '[A] descriptors', 'misspelt keywords (toasca, toska, NEVO)', NOT_YET),
  entry(
    'DX-24',
    '[B] polling',
    'detection below 10 ms asks for polls faster than 5 ms: true with two confirmations only',
    'confirmations are a parameter',
    'detector poll-fast',
  ),
];
