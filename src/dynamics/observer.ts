/**
 * Whoever watches a run: tallies, trace, event log. The run does not know who watches; nothing an observer does can
 * change it. Times are simulated microseconds; everything else is indices of the compiled model.
 */
export interface Observer {
  /** Failure mode `mode` struck its element. */
  failed(now: number, mode: number): void;
  /** An element became able or unable to do its work, for whatever reason. */
  elementChanged(now: number, element: number, up: boolean): void;
  /** A member fell out; `serving`: it carried the group's traffic. */
  memberFailed(now: number, seat: number, serving: boolean): void;
  /** A healthy member is believed to have failed (SEM-19c). */
  alarmed(now: number, seat: number): void;
  /** A member is expected to fail of `mode`, rightly or not (B-59). */
  expected(now: number, seat: number, mode: number): void;
  /** The fault of a member stays where it is, or takes a neighbour down (SEM-23). */
  contained(now: number, seat: number, stays: boolean): void;
  /** A planned switchover of the group is done (SEM-25). */
  switchedOver(now: number, group: number): void;
  /** A member goes on on another node as it is (live migration, make before break). */
  moved(now: number, seat: number, node: number): void;
  /** Two layers have acted on one fault of the group (SEM-26). */
  raced(now: number, group: number): void;
  /** Whether monitoring can notice the fault of a member at all. */
  coverageDrawn(now: number, seat: number, serving: boolean, covered: boolean): void;
  /** The case of a member reached a mark (index into MARKS). */
  marked(now: number, seat: number, mark: number): void;
  /** The repair of an element reached a mark. */
  elementMarked(now: number, element: number, mark: number): void;
  /** The case of a member is over. */
  caseClosed(now: number, seat: number): void;
  /** An automatic failover ended: reason −1 success, else index into FAILOVER_REASONS; `elapsed` µs since the fault. */
  failoverEnded(now: number, seat: number, reason: number, elapsed: number): void;
  /** Share of the group's sessions lost at this instant. */
  sessionsLost(now: number, group: number, share: number): void;
  /** Share of the group's sessions that a scaling event has sent to other members. */
  sessionsMoved(now: number, group: number, share: number): void;
  /** A step of a flow changed state. */
  stepChanged(now: number, track: number, step: number, outcome: StepOutcome, waited: number): void;
  /** Serving, protection or belief of a group may have changed. */
  groupChanged(now: number, group: number): void;
  /** Loss or blame of a service may have changed. */
  serviceChanged(now: number, service: number): void;
}

export type StepOutcome = 'waiting' | 'started' | 'done' | 'failed' | 'interrupted' | 'abandoned';

/** Watches nothing; observers extend it with what they care about. */
export class SilentObserver implements Observer {
  failed(_now: number, _mode: number): void {}
  elementChanged(_now: number, _element: number, _up: boolean): void {}
  memberFailed(_now: number, _seat: number, _serving: boolean): void {}
  alarmed(_now: number, _seat: number): void {}
  expected(_now: number, _seat: number, _mode: number): void {}
  contained(_now: number, _seat: number, _stays: boolean): void {}
  switchedOver(_now: number, _group: number): void {}
  moved(_now: number, _seat: number, _node: number): void {}
  raced(_now: number, _group: number): void {}
  coverageDrawn(_now: number, _seat: number, _serving: boolean, _covered: boolean): void {}
  marked(_now: number, _seat: number, _mark: number): void {}
  elementMarked(_now: number, _element: number, _mark: number): void {}
  caseClosed(_now: number, _seat: number): void {}
  failoverEnded(_now: number, _seat: number, _reason: number, _elapsed: number): void {}
  sessionsLost(_now: number, _group: number, _share: number): void {}
  sessionsMoved(_now: number, _group: number, _share: number): void {}
  stepChanged(_now: number, _track: number, _step: number, _outcome: StepOutcome, _waited: number): void {}
  groupChanged(_now: number, _group: number): void {}
  serviceChanged(_now: number, _service: number): void {}
}
