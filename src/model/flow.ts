import type { Law } from './law.ts';
import type { CampaignAct } from './upgrade.ts';

/** Instants of the fault-management cycle, t0 … t9 (domain section 2.8). */
export const MARKS = [
  'failed',
  'detected',
  'localised',
  'isolated',
  'notified',
  'restored',
  'redundant',
  'diagnosed',
  'repaired',
  'repooled',
] as const;
export type Mark = (typeof MARKS)[number];

/** Where a second of downtime goes in the attribution by phase. */
export const PHASES = [
  'detection',
  'localisation',
  'isolation',
  'remediation',
  'control-wait',
  'manual',
  'recovery',
  'restart',
  'repair',
  'reattach',
  'switchover',
  /** A gray fault: part of the load is lost while the member lives. */
  'degraded',
  /** Two members are active at a time (SEM-21). */
  'split-brain',
  /** A planned switchover, or the failover of a healthy group in error (SEM-20). */
  'switchover',
  /** Two layers have acted on one fault (SEM-26). */
  'race',
  /** A member stands still at the end of its live migration (SEM-34). */
  'migration',
  /** Taken out by an upgrade campaign. */
  'upgrade',
  /** No node has a free place of the flavour (SEM-28, A-69); members without a flavour wait under `recovery`. */
  'capacity',
  /** An instance is there, and the port chain does not lead to it yet. */
  'path-update',
] as const;
export type Phase = (typeof PHASES)[number];

/** What a completed step does to the model. A new mechanism is a new word here, not a condition in the runner. */
export const EFFECTS = [
  /** Nothing but time and its mark. */
  'none',
  /** The standby becomes the active member; traffic does not reach it yet. */
  'promote',
  /** Traffic reaches the active member: connection point, logical address or pool entry now lead to it. */
  'connect',
  /** The same by hand; in vain without a member that can take over. */
  'connect-by-hand',
  /** The failed instance is built anew by hand, where the control path has been waited for in vain. */
  'rebuild-by-hand',
  /** The failed instance is deleted and its slot is free. */
  'terminate',
  /** The new instance runs on its node. */
  'instantiate',
  /** The instance may serve if nobody else does. */
  'available',
  /** State replication is complete; the member is protected again. */
  'sync',
  /** The element works again. */
  'restore',
  /** No traffic is sent to the failed member any more: its share goes to the others (load-sharing). */
  'evict',
  /** The rebuilt member gets its share of the traffic again (load-sharing). */
  'join',
  /** Traffic is led back to the member that had it before a failover (SEM-30). */
  'revert',
  /** The failed member certainly does nothing any more: one that was alive is stopped (SEM-21, SEM-27). */
  'fence',
  /** The remediation reaches a healthy group instead: its active member is switched over (SEM-20). */
  'misdirect',
  /** Planned: the standby serves from now on; a member expected to fail is replaced (B-59). */
  'hand-over',
  /** The failed unit goes to the repair shop, and its place is free for a spare (B-64). */
  'send-to-repair',
  /** A unit comes out of the repair shop and is a spare (B-64). */
  'return-spare',
  /** What a failed operation has begun keeps its slot until it is cleaned up; the member needs another one (B-80). */
  'orphan',
  /** The failed instance is left where it is, with what it takes there; the member gets another place. */
  'set-aside',
  /** What has been set aside is deleted, and what it took is free. Such a step runs by itself once the member is back. */
  'delete',
  /** What has failed inside the living instance works again: a command has restarted it. */
  'restart',
  /** A step of an upgrade campaign: what it does is its `act` (FL-18). */
  'campaign',
  /** The member goes on on the node it has been promised, with all it holds (live migration, make before break). */
  'relocate',
  /** A port pair has joined or left its group: flow entries send some of the sessions to other members. */
  'share-out',
  /** Planned: the member is deleted, and nobody replaces it. */
  'withdraw',
] as const;
export type Effect = (typeof EFFECTS)[number];

/**
 * One step of a flow. It waits until everything it needs is there, takes its duration, succeeds with its probability,
 * has its effect, sets its mark. A need lost while the step runs starts the step again (SEM-16b).
 */
export interface Step {
  readonly id: string;
  /** Who triggers it, as the trace prints it. */
  readonly by: string;
  /** A parameter of the group's `times`, or a law. */
  readonly duration: string | Law;
  /**
   * Control function ids; or `standby` (a member that can take over), `peer` (a serving member), `host` (the member's
   * own node), `slot` (a free, feasible slot), `crew` (of the repair policy), `replication` (the link between members), `remediated` (no member
   * is still to take over from one that fell with this element), `confirmed` (the second detector has noticed the fault), `bmc`
   * (the way to the management controller of the member's node), `spare` (an idle spare of the repair policy),
   * `guest-agent` (the monitoring agent in the instance), `proof-test` (a proof test looks at the element right now).
   * In upgrade campaigns: `redundant` (targets are up and groups whole), `targets-back` (the batch is up), `guest-settled`
   * (nothing is under way with the member), `guest-whole` (it is protected again).
   */
  readonly needs: readonly string[];
  /** Operation of the control path the step is: it needs whatever the scenario says that operation needs (B-79). */
  readonly operation?: string;
  /** Control functions or elements that must be up when the step ends: it does not wait for them, it fails without. */
  readonly requires?: readonly string[];
  /** A parameter of the group's `probabilities`, or a probability; absent: certain. */
  readonly success?: string | number;
  /**
   * `manual`: hand over to the manual path; `retry`: the same step again; `lose-state`: go on without the state;
   * `no-fault-found`: the element works, back to its pool without repair (B-68).
   */
  readonly onFailure?: 'manual' | 'retry' | 'lose-state' | 'no-fault-found';
  /** Step to go to when this one fails; instead of `onFailure`. */
  readonly otherwise?: string;
  /** Step that follows, or `end`; absent: the next one of the list. */
  readonly next?: string;
  /** Nobody is served while it runs: a planned interruption. */
  readonly interrupts?: boolean;
  /** What a step of an upgrade campaign does; with the effect `campaign`. */
  readonly act?: CampaignAct;
  /** The member is no redundancy for others while it runs. */
  readonly exposes?: boolean;
  /** Reason of the failed failover (SEM-25c) when the step fails. */
  readonly reason?: FailoverReason;
  readonly effects: readonly Effect[];
  readonly mark?: Mark;
  readonly phase: Phase;
  /** Only in groups for which this holds; absent: always. */
  readonly when?: StepCondition;
}

/** `stateful`: the group keeps state; `state-checked`: and has to check it before use; `state-replicated`: and copies it. */
export type StepCondition = 'stateful' | 'state-checked' | 'state-replicated';

/** What of a group's state keeping the conditions look at. */
interface StateView {
  readonly stateful: boolean;
  readonly protection: 'none' | 'peer-checkpoint' | 'snapshot' | 'lockstep' | 'external' | 'peer-ring';
}

const CHECKED: readonly StateView['protection'][] = ['peer-checkpoint', 'snapshot', 'external'];
const REPLICATED: readonly StateView['protection'][] = ['peer-checkpoint', 'snapshot', 'lockstep', 'peer-ring'];

/** Whether a step with this condition is taken in a group that keeps its state so. */
export function holds(condition: StepCondition | undefined, { stateful, protection }: StateView): boolean {
  if (condition === undefined) return true;
  if (condition === 'stateful') return stateful;
  return stateful && (condition === 'state-checked' ? CHECKED : REPLICATED).includes(protection);
}

export const FAILOVER_REASONS = [
  'no-healthy-standby',
  'standby-latent',
  'stale-state',
  'control-unavailable',
  'fence-failed',
  'wrong-region',
  'switch-failed',
  'deadline',
  'no-capacity',
  'open-at-end',
] as const;
export type FailoverReason = (typeof FAILOVER_REASONS)[number];

/** Ordered steps for one kind of fault, from the catalogue (FL-nn) or from the scenario file. */
export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Service-affecting part: runs after detection until the service is restored. */
  readonly remediation: readonly Step[];
  /** Redundancy restoration of the failed member. */
  readonly recovery: readonly Step[];
  /** How a hop of a port chain gets one more port pair, or one less; absent: its size is fixed. */
  readonly scaling?: Scaling;
}

/** Steps of the scaling events of a hop (FL-14). */
export interface Scaling {
  /** A member is created and led to. */
  readonly out: readonly Step[];
  /** A member is drained, then deleted. */
  readonly in: readonly Step[];
}

/** The steps that are taken one after the other while each of them succeeds. */
export function mainLine(steps: readonly Step[]): readonly Step[] {
  const line: Step[] = [];
  let step: Step | undefined = steps[0];
  while (step !== undefined && !line.includes(step)) {
    line.push(step);
    const { next }: Step = step;
    step = next === undefined ? steps[steps.indexOf(step) + 1] : steps.find(({ id }) => id === next);
  }
  return line;
}
