import type { Observer, StepOutcome } from '../../../src/dynamics/observer.ts';
/** Lets several observers watch one run. */
export declare class Tee implements Observer {
  private readonly observers;
  constructor(...observers: readonly Observer[]);
  failed(now: number, mode: number): void;
  elementChanged(now: number, element: number, up: boolean): void;
  memberFailed(now: number, seat: number, serving: boolean): void;
  marked(now: number, seat: number, mark: number): void;
  elementMarked(now: number, element: number, mark: number): void;
  caseClosed(now: number, seat: number): void;
  failoverEnded(now: number, seat: number, reason: number, elapsed: number): void;
  sessionsLost(now: number, group: number, share: number): void;
  stepChanged(now: number, track: number, step: number, outcome: StepOutcome, waited: number): void;
  groupChanged(now: number, group: number): void;
  serviceChanged(now: number, service: number): void;
}
