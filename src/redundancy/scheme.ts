import type { CompiledModel } from '../compile/model.ts';

/**
 * What a scheme sees of a group and may do to it. A scheme decides who serves and what is started when; durations,
 * waiting, placement and bookkeeping belong to the dynamics behind this interface. Seats and groups are model indices.
 */
export interface Members {
  readonly model: CompiledModel;
  /** Per seat, 1 when true: see the columns of the state. */
  readonly down: ArrayLike<number>;
  readonly lost: ArrayLike<number>;
  readonly open: ArrayLike<number>;
  readonly known: ArrayLike<number>;
  /** Per seat, 1: nobody is there, as planned; empty where nobody ever comes or goes. */
  readonly absent: ArrayLike<number>;
  readonly synced: ArrayLike<number>;
  readonly covered: ArrayLike<number>;
  readonly serving: ArrayLike<number>;
  /** Per seat: place it carries traffic in, from 1; 0 none. Standby + 1 that is taking over from it. */
  readonly rotation: ArrayLike<number>;
  readonly claim: ArrayLike<number>;
  /** Per seat of a ring: member + 1 that carries its share, and where the sessions of the share are. */
  readonly carrier: ArrayLike<number>;
  readonly copy: ArrayLike<number>;
  /** Per signal: share of its work it does. */
  readonly served: ArrayLike<number>;
  /** Per seat, not 0: it lives and is, or is about to be, dealt with as failed (SEM-19c, SEM-27, B-59). */
  readonly suspect: ArrayLike<number>;
  /** Per group: seat the traffic leads to, in schemes where one member carries all of it. */
  readonly connected: ArrayLike<number>;
  /** Per group: 1 while users re-attach, and which share of them. */
  readonly reattaching: ArrayLike<number>;
  readonly reattachShare: ArrayLike<number>;
  /** Per seat: when its fault struck, µs. */
  readonly caseSince: ArrayLike<number>;
  /** Per seat, 1: it fell because nothing gets through to it, and has worked ever since. */
  readonly cutOff: ArrayLike<number>;
  /** Share of the seat's traffic that the network lets through, 0 … 1. */
  reach(seat: number): number;
  /** Traffic is being led back to `seat` (SEM-30). */
  isSwitchingBack(seat: number): boolean;
}

export interface Actions {
  /** Starts the service-affecting part of the flow for the failed seat, or the manual path (with or without its wait). */
  startRemediation(seat: number): void;
  startManual(seat: number, afterEscalation: boolean): void;
  startRecovery(seat: number): void;
  /** Planned: the heir takes over from `seat`, which lives; `root` is the failure mode to blame, −1 none. */
  startSwitchover(seat: number, root: number): void;
  /** Replication to a member that came back by itself. */
  startResync(seat: number): void;
  abandonRemediation(seat: number): void;
  abandonManual(seat: number): void;
  abandonRecovery(seat: number): void;
  /** `seat` alone has the active role of its group; −1: nobody has. */
  giveRole(group: number, seat: number): void;
  /** Starts the planned switchover back to `seat` (SEM-30), and records that it is done. */
  startSwitchBack(seat: number): void;
  switchedBack(group: number): void;
  /** The service no longer suffers from the fault of `seat`; `byFailover`: because another member took over. */
  remedied(seat: number, byFailover: boolean): void;
  /** The case of `seat` is over. */
  close(seat: number): void;
  /** What `seat` is: its place among those that carry traffic (0 none), its role, who takes over from it (−1 nobody). */
  assign(seat: number, place: number): void;
  setRole(seat: number, role: 0 | 1): void;
  setClaim(seat: number, standby: number): void;
  /** `seat` has (not) all the state it should have. */
  setSynced(seat: number, synced: 0 | 1): void;
  /** Who carries a share of a ring, and where its sessions are (value of COPY). */
  carry(share: number, seat: number): void;
  setCopy(share: number, copy: number): void;
  /** Share of `old`'s sessions that does not survive when `seat` serves its users. */
  lostSessions(group: number, old: number, seat: number): number;
  /** This share of the group's sessions is lost; or: these users attach anew, with those that do so already. */
  countLost(group: number, share: number): void;
  reattach(group: number, share: number): void;
  /** At the start: traffic leads to `seat`, which has the active role. */
  lead(group: number, seat: number): void;
  /** Traffic leads to `seat` from now on. */
  connect(group: number, seat: number, byFailover: boolean): void;
  /** The fault of `seat` is noticed now. */
  notice(seat: number): void;
  /** The failover under way for `seat` has failed for this reason, unless an earlier reason stands. */
  spoil(seat: number, reason: 'no-healthy-standby' | 'standby-latent' | 'control-unavailable' | 'switch-failed'): void;
  /** None of the three below: no flow runs for `seat`. */
  isIdle(seat: number): boolean;
  isRemediating(seat: number): boolean;
  isRecovering(seat: number): boolean;
  /** 0 no manual path, 1 waiting for its escalation, 2 hands at work. */
  manualStage(seat: number): 0 | 1 | 2;
  /** A step of the group, or of one of its members, waits for a control function. */
  waitsForControl(group: number): boolean;
  isBlocked(seat: number): boolean;
}

/** Nobody is there, as planned: neither up nor missed. */
export function isAbsent(m: Members, seat: number): boolean {
  return m.absent.length > 0 && m.absent[seat] === 1;
}

/** The member is up, and nobody believes otherwise: it may take over. */
export function isTrusted(m: Members, seat: number): boolean {
  return m.down[seat] === 0 && (m.suspect[seat] === 0 || (m.open[seat] === 1 && m.known[seat] === 0));
}

/**
 * Rules of one redundancy scheme: who carries the traffic, and what is started when. What it answers (`share`, `serves`,
 * `whole`, `heir`) follows from the dynamic columns alone. The rest is called within an event; `settle` last, until
 * nothing changes.
 */
export interface Scheme {
  /** Everything up and in its first place: gives out roles and traffic. */
  begin(members: Members, actions: Actions, group: number): void;
  /** Share of the group's load that is served now, 0 … 1. */
  share(members: Members, group: number): number;
  /** Those who answer cannot carry the whole load: a capacity event (SEM-31). Only where capacity counts. */
  isShort?(members: Members, group: number): boolean;
  /** Traffic leads to `seat`, so that a fault of it hits users. */
  serves(members: Members, seat: number): boolean;
  /** `seat` keeps a copy of others' state, which grows stale without replication. */
  keepsCopy(members: Members, seat: number): boolean;
  /** Every member is up, in its place and has all the state it should have: nothing is left to restore. */
  whole(members: Members, group: number): boolean;
  /** Member whose fault the present loss is due to; −1: none, users re-attach after the last one. */
  culprit(members: Members, group: number): number;
  /** A member that could serve cannot any more (after its fault has been recorded). */
  fell(members: Members, actions: Actions, seat: number): void;
  /** A member can serve again. */
  rose(members: Members, actions: Actions, seat: number): void;
  /** Its fault has been noticed: by monitoring, or (`reported`) by users. */
  noticed(members: Members, actions: Actions, seat: number, reported: boolean): void;
  /** A step of the seat's remediation failed for good. */
  failoverFailed(members: Members, actions: Actions, seat: number): void;
  /** Hands have done what they could. */
  handsDone(members: Members, actions: Actions, seat: number): void;
  settle(members: Members, actions: Actions, group: number): void;
  /** Member that can take over from `seat` now, or −1. */
  heir(members: Members, group: number, seat: number): number;
  /** The flow of the failed `seat` gives another member the active role. */
  promote(members: Members, actions: Actions, seat: number): void;
  /** The flow of the failed `seat` leads its traffic to another member. */
  takeOver(members: Members, actions: Actions, seat: number): void;
  /** The traffic of the healthy `seat` is led to others as planned; there is somebody to lead it to. */
  handOver(members: Members, actions: Actions, seat: number): void;
  /** The rebuilt `seat` may carry traffic again. */
  join(members: Members, actions: Actions, seat: number): void;
  /** `seat` has all the state it should have. */
  synchronised(members: Members, actions: Actions, seat: number): void;
  /** The planned switchover back to `seat` is done. */
  revert(members: Members, actions: Actions, seat: number): void;
}
