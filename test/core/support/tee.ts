import type { Observer, StepOutcome } from '../../../src/dynamics/observer.ts';

/** Lets several observers watch one run. */
export class Tee implements Observer {
  private readonly observers: readonly Observer[];

  constructor(...observers: readonly Observer[]) {
    this.observers = observers;
  }

  failed(now: number, mode: number): void {
    for (const one of this.observers) one.failed(now, mode);
  }

  elementChanged(now: number, element: number, up: boolean): void {
    for (const one of this.observers) one.elementChanged(now, element, up);
  }

  memberFailed(now: number, seat: number, serving: boolean): void {
    for (const one of this.observers) one.memberFailed(now, seat, serving);
  }

  alarmed(now: number, seat: number): void {
    for (const one of this.observers) one.alarmed(now, seat);
  }

  expected(now: number, seat: number, mode: number): void {
    for (const one of this.observers) one.expected(now, seat, mode);
  }

  contained(now: number, seat: number, stays: boolean): void {
    for (const one of this.observers) one.contained(now, seat, stays);
  }

  switchedOver(now: number, group: number): void {
    for (const one of this.observers) one.switchedOver(now, group);
  }

  moved(now: number, seat: number, node: number): void {
    for (const one of this.observers) one.moved(now, seat, node);
  }

  raced(now: number, group: number): void {
    for (const one of this.observers) one.raced(now, group);
  }

  coverageDrawn(now: number, seat: number, serving: boolean, covered: boolean): void {
    for (const one of this.observers) one.coverageDrawn(now, seat, serving, covered);
  }

  marked(now: number, seat: number, mark: number): void {
    for (const one of this.observers) one.marked(now, seat, mark);
  }

  elementMarked(now: number, element: number, mark: number): void {
    for (const one of this.observers) one.elementMarked(now, element, mark);
  }

  caseClosed(now: number, seat: number): void {
    for (const one of this.observers) one.caseClosed(now, seat);
  }

  failoverEnded(now: number, seat: number, reason: number, elapsed: number): void {
    for (const one of this.observers) one.failoverEnded(now, seat, reason, elapsed);
  }

  sessionsLost(now: number, group: number, share: number): void {
    for (const one of this.observers) one.sessionsLost(now, group, share);
  }

  sessionsMoved(now: number, group: number, share: number): void {
    for (const one of this.observers) one.sessionsMoved(now, group, share);
  }

  stepChanged(now: number, track: number, step: number, outcome: StepOutcome, waited: number): void {
    for (const one of this.observers) one.stepChanged(now, track, step, outcome, waited);
  }

  groupChanged(now: number, group: number): void {
    for (const one of this.observers) one.groupChanged(now, group);
  }

  serviceChanged(now: number, service: number): void {
    for (const one of this.observers) one.serviceChanged(now, service);
  }
}
