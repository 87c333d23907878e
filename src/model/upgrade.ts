import type { Impact } from './control.ts';
import type { Law } from './law.ts';
import type { Bucket } from './scenario.ts';

/**
 * Campaigns of upgrades (domain 2.2, FL-18): which targets are taken out one after the other, and what is done for those
 * who live on them.
 */

/** What happens to the guests of a target, or to a target that is a member itself (B-82, SEM-34). */
export const UPGRADE_MODES = ['migrate', 'replace', 'graceful', 'cold', 'forced'] as const;
/**
 * `migrate`: live migration to another node, a pause without service at its end. `replace`: the new instance is built and
 * synchronised elsewhere before the old one goes (make before break). `graceful`: traffic is handed over, the guest goes
 * down with its node and comes back with it. `cold`: traffic is handed over, the guest is deleted and built anew elsewhere
 * (break before make). `forced`: the node is switched off, and fault management does what it does about any fault.
 */
export type UpgradeMode = (typeof UPGRADE_MODES)[number];

export const UPGRADE_ORDERS = ['standby-first', 'active-first', 'listed', 'random'] as const;
/** Which target is next: the one that carries least (most) traffic, the next of the list, or any, each as likely. */
export type UpgradeOrder = (typeof UPGRADE_ORDERS)[number];

/** Where guests go: to nodes that are upgraded already if any can take them, or to any node, each as likely (B-83). */
export const DESTINATIONS = ['upgraded-first', 'any'] as const;
export type Destination = (typeof DESTINATIONS)[number];

/** What all updates of a year may cost (B-76). */
export interface UpgradeBudget {
  readonly id: 'critical' | 'major' | 'minor' | 'degraded' | 'degraded-storage';
  readonly measure: 'downtime' | 'degraded redundancy';
  readonly secondsPerYear: number;
}

export interface Upgrade {
  /** Full names of elements, in the order of the file: nodes, control instances, outermost layers of members. */
  readonly targets: readonly string[];
  readonly mode: UpgradeMode;
  /** For guests that can go nowhere: those bound to hardware, in-place groups, no node with room (B-82). */
  readonly fallback: 'graceful' | 'forced';
  readonly order: UpgradeOrder;
  /** Targets taken out at a time. */
  readonly batch: number;
  /** The next batch waits until all groups concerned are whole and all targets up; else only for its own targets. */
  readonly waitsForRedundancy: boolean;
  /** Starts per year, and whether they come at equal distances (with a random phase) or at random. */
  readonly perYear: number;
  readonly start: 'periodic' | 'random';
  /** A target out of service. */
  readonly nodeTime: Law;
  /** Live migration: memory is copied while the guest works, then it stands still. */
  readonly copy: Law;
  readonly pause: Law;
  /** Share of the guest's performance that is missing while it is copied; no downtime. */
  readonly copyDegradation: number;
  /** Make before break: building and synchronising the new instance. */
  readonly build: Law;
  /** Graceful switchover: nobody is served. */
  readonly grace: Law;
  readonly destination: Destination;
  /** Pairs (earlier, later) of targets by place in `targets` (B-85). */
  readonly constraints: readonly (readonly [before: number, after: number])[];
  /** Class whose downtime budget applies (B-76, B-79). */
  readonly impact: Impact;
  /** Absent for class N/A. */
  readonly downtimeBudget?: UpgradeBudget;
  /** Databases and persistent storage have a longer one (B-78). */
  readonly redundancyBudget: UpgradeBudget;
  readonly bucket: Bucket;
}

/** What a step of a campaign does: the words its flow adds to the effects (FL-18). */
export const CAMPAIGN_ACTS = [
  'none',
  /** The next batch of targets is out of bounds for new instances. */
  'choose-targets',
  /** The next member on the batch is dealt with. */
  'choose-guest',
  /** Another member takes over from it as planned. */
  'switch-guest',
  /** It goes to another node as it is, with the interruption that costs. */
  'move-guest',
  /** It is deleted here and built anew elsewhere. */
  'recreate-guest',
  /** Nothing more is done for it. */
  'leave-guest',
  /** The batch goes down, and with it what is still there. */
  'take-out',
  /** The batch runs the new version. */
  'put-back',
  /** All targets do. */
  'end-campaign',
] as const;
export type CampaignAct = (typeof CAMPAIGN_ACTS)[number];

/** What a step of a campaign can require: otherwise it goes on elsewhere. Their negative place + 1 is the code. */
export const CAMPAIGN_CONDITIONS = [
  'target-left',
  'guest-left',
  'guest-serves',
  'guest-movable',
  'guest-there',
] as const;
export type CampaignCondition = (typeof CAMPAIGN_CONDITIONS)[number];
