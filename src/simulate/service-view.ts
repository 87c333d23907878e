/** No outage is under way. */
export const NO_TIME = -1;

/** Present loss of a service and the outage under way. */
export interface ServiceView {
  since: number;
  loss: number;
  /** What of it counts as downtime. */
  counted: number;
  /** What of it has an upgrade as its root, and what else while redundancy is missing for one. */
  upgraded: number;
  exposed: number;
  /** Contributions to what counts: how many, attribution keys and weights; the lists only grow. */
  terms: number;
  keys: number[];
  weights: number[];
  /** Start of the outage under way (µs), −1 none. */
  outageStart: number;
  /** When the loss ended; the outage goes on if it returns within the merge gap. */
  outageEnd: number;
  outageTotal: boolean;
  /** Part of the loss that is missing capacity, and by how much it exceeds all else in the outage under way (share · µs). */
  shortage: number;
  outageShortage: number;
  outageWeighted: number;
  year: number;
  yearDowntime: number;
  /** The last mission period that an outage reached into, −1 none. */
  lastBroken: number;
}

export function freshView(): ServiceView {
  return {
    since: 0,
    loss: 0,
    counted: 0,
    upgraded: 0,
    exposed: 0,
    terms: 0,
    keys: [],
    weights: [],
    outageStart: NO_TIME,
    outageEnd: NO_TIME,
    outageTotal: false,
    shortage: 0,
    outageShortage: 0,
    outageWeighted: 0,
    year: 0,
    yearDowntime: 0,
    lastBroken: -1,
  };
}
