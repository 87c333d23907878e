import type { CauseClass, ElementKind, SchemeId } from './scenario.ts';

/** What the cloud looks like and what its services stand on, small enough to be drawn: equal parts are one box. */
export interface Picture {
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  /** What must be up for each service, as a block diagram. */
  readonly diagrams: Readonly<Record<string, Diagram>>;
  /** Largest roots of the downtime of each service, largest first. */
  readonly roots: Readonly<Record<string, readonly PictureRoot[]>>;
}

/** A failure where downtime begins, and how much. */
export interface PictureRoot {
  /** `element:mode`; of several equal elements what their names share, with `*`. */
  readonly name: string;
  /** Elements it stands for, ≥ 1. */
  readonly count: number;
  /** s/year. */
  readonly seconds: number;
}

/** A box of the drawn cloud: an element, a group, or several that are alike. */
export interface PictureBox {
  /** Name of the element or group; of several, what their names share, with `*`. */
  readonly id: string;
  readonly kind: ElementKind | 'group';
  /** Elements it stands for, ≥ 1; of a group its members. */
  readonly count: number;
  /** Region or site it is drawn in, '' for none. */
  readonly place: string;
  /** Only of groups. */
  readonly scheme?: SchemeId;
  /** Service downtime whose root lies here, s/year over all services. */
  readonly causedDpm: number;
}

/** A line between two boxes, given by their ids. */
export interface PictureLine {
  readonly from: string;
  readonly to: string;
  /** A link of the fabric, a place that goes down with another, or members that run on nodes. */
  readonly kind: 'link' | 'stands-in' | 'runs-on';
  /** Links it stands for, ≥ 1. */
  readonly count: number;
  readonly causedDpm: number;
}

/** What must be up, from the whole to its parts; `share` is partly up. */
export type Diagram =
  | DiagramBlock
  | { readonly kind: 'all' | 'any' | 'share'; readonly inputs: readonly Diagram[] }
  | { readonly kind: 'atLeast'; readonly atLeast: number; readonly inputs: readonly Diagram[] };

/** A box of a block diagram. */
export interface DiagramBlock {
  readonly kind: 'block';
  /** As in `PictureBox`. */
  readonly id: string;
  readonly count: number;
  readonly scheme?: SchemeId;
  /** Downtime of this service whose root lies in the block, s/year. */
  readonly causedDpm: number;
}

/**
 * One outage as it happened, of the root that causes most downtime: of its outages in the first history the one in which
 * the middle second of their downtime lies.
 */
export interface OutageExample {
  /** `element:mode`. */
  readonly root: string;
  readonly cause: CauseClass;
  /** Fault, since the beginning of the history, s. */
  readonly at: number;
  /** From the fault, s. */
  readonly began: number;
  readonly ended: number;
  /** Largest share lost, (0, 1]. */
  readonly lost: number;
  /** Outages of this root seen in the history. */
  readonly seen: number;
  /** What happened because of the fault, in order; times from the fault, s. */
  readonly steps: readonly {
    readonly t: number;
    readonly event: string;
    readonly entity: string;
    readonly value: string;
  }[];
}

/** Outages of about the same length. */
export interface LengthBin {
  /** s, exclusive and inclusive edge. */
  readonly from: number;
  readonly to: number;
  /** Outages a year, and their time, s/year. */
  readonly perYear: number;
  readonly secondsPerYear: number;
}
