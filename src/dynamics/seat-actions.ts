import type { CompiledModel } from '../compile/model.ts';
import { blockingGate } from './blame.ts';
import { closeCase, remedied } from './cases.ts';
import { stopWatching } from './detection.ts';
import { lostSessions, setRole } from './instances.ts';
import { abandonTrack } from './runner.ts';
import type { World } from './world.ts';

/** What schemes may write of a member: its place, its role, who carries its share, what becomes of its sessions. */
export class SeatActions {
  protected readonly world: World;
  protected readonly model: CompiledModel;

  constructor(world: World) {
    this.world = world;
    this.model = world.model;
  }

  assign(seat: number, place: number): void {
    this.world.set(this.world.rotationAt + seat, place);
  }

  setRole(seat: number, role: 0 | 1): void {
    setRole(this.world, seat, role);
  }

  setClaim(seat: number, standby: number): void {
    this.world.set(this.world.claimAt + seat, standby + 1);
  }

  setSynced(seat: number, synced: 0 | 1): void {
    this.world.set(this.world.syncedAt + seat, synced);
  }

  carry(share: number, seat: number): void {
    this.world.set(this.world.carrierAt + share, seat + 1);
  }

  setCopy(share: number, copy: number): void {
    this.world.set(this.world.copyAt + share, copy);
  }

  remedied(seat: number, byFailover: boolean): void {
    remedied(this.world, seat, byFailover);
  }

  close(seat: number): void {
    const w = this.world;
    abandonTrack(w, this.model.seats.recovery[seat]!);
    stopWatching(w, seat);
    closeCase(w, seat);
  }

  lostSessions(group: number, old: number, seat: number): number {
    return lostSessions(this.world, group, old, seat);
  }

  countLost(group: number, share: number): void {
    this.world.observer.sessionsLost(this.world.now, group, share);
  }

  /** Those who attach anew already start again: a second loss within their few seconds is counted on the safe side. */
  reattach(group: number, share: number): void {
    const w = this.world;
    const { groups } = this.model;
    const before = w.reattaching[group] === 1 ? w.reattachShare[group]! : 0;
    w.setReal(w.reattachShareAt + group, Math.min(1, before + share));
    w.set(w.reattachingAt + group, 1);
    w.startClock(groups.reattachSlot[group]!, groups.reattachLaw[group]!, 0);
    w.touchedGroups.add(group);
  }

  switchedBack(group: number): void {
    this.world.observer.switchedOver(this.world.now, group);
  }

  abandonRemediation(seat: number): void {
    abandonTrack(this.world, this.model.seats.remediation[seat]!);
  }

  abandonManual(seat: number): void {
    abandonTrack(this.world, this.model.seats.manual[seat]!);
  }

  isIdle(seat: number): boolean {
    return this.world.underway[seat] === 0;
  }

  isRemediating(seat: number): boolean {
    return this.world.trackStep[this.model.seats.remediation[seat]!] !== 0;
  }

  isRecovering(seat: number): boolean {
    return this.world.trackStep[this.model.seats.recovery[seat]!] !== 0;
  }

  manualStage(seat: number): 0 | 1 | 2 {
    const step = this.world.trackStep[this.model.seats.manual[seat]!]! - 1;
    if (step < 0) return 0;
    return this.model.steps.last[step] === 1 ? 2 : 1;
  }

  isBlocked(seat: number): boolean {
    const { seats } = this.model;
    if (this.world.underway[seat] === 0) return false;
    return (
      blockingGate(this.world, seats.remediation[seat]!) >= 0 || blockingGate(this.world, seats.recovery[seat]!) >= 0
    );
  }

  waitsForControl(group: number): boolean {
    const { groups } = this.model;
    for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
      if (this.isBlocked(seat)) return true;
    }
    return false;
  }
}
