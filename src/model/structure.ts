/**
 * A boolean failure structure: blocks that fail independently, gates over them, one top. Every variable and gate is
 * *failure-oriented*: true means failed, so a series system is an `or` and a redundant pair an `and`. Plain data.
 */

/** Input of a gate or the top of a structure: block `i` is written `i`, gate `g` is written `~g` (negative). */
export type Ref = number;

/** Reference to gate number `gate`. */
export function gateRef(gate: number): Ref {
  return ~gate;
}

/** Lognormal uncertainty of one block's parameter; `errorFactor` = 95th percentile over median, ≥ 1. */
export interface BlockUncertainty {
  readonly errorFactor: number;
  /** Blocks naming the same parameter share one draw (state-of-knowledge correlation); absent: a draw of its own. */
  readonly parameter?: string;
  /**
   * What is scaled by the draw: the failure rate of a repaired unit (its repair rate stays), the hazard of a unit that
   * is not repaired (1 − U to the power of the draw), or the unavailability itself.
   */
  readonly on: 'rate' | 'hazard' | 'unavailability';
  /** What the stated value is: the median (default) or the mean of the law. */
  readonly nominal?: 'median' | 'mean';
}

/** A unit that is up or down by itself, independently of every other block. */
export interface Block {
  readonly name: string;
  /** Probability of being down, in [0, 1]. */
  readonly unavailability: number;
  /**
   * Failures per hour of calendar time, 1/(MUT + MDT) for a repaired unit; absent when not known, and then the
   * frequencies of the top are absent too.
   */
  readonly frequencyPerHour?: number;
  readonly uncertainty?: BlockUncertainty;
}

/** A graph whose nodes and links fail; true when some terminal is cut off. */
export interface Network {
  readonly nodeCount: number;
  /** For each node the position in the gate's `inputs` of what makes it fail, or −1 when it cannot. */
  readonly nodeInput: readonly number[];
  readonly links: readonly { readonly from: number; readonly to: number; readonly input: number }[];
  /** Directed: links lead one way and every other terminal must be reachable from the first. */
  readonly directed: boolean;
  /** Nodes that must be connected, at least one; a failed terminal counts as cut off. */
  readonly terminals: readonly number[];
}

interface GateBase {
  readonly name?: string;
  readonly inputs: readonly Ref[];
}

/** Gates; `xor` is odd parity and `iff` its complement, as in the Open-PSA model exchange format. */
export type Gate =
  | (GateBase & { readonly kind: 'and' | 'or' | 'nand' | 'nor' | 'xor' | 'iff' })
  /** One input. */
  | (GateBase & { readonly kind: 'not' })
  /** Two inputs: first implies second. */
  | (GateBase & { readonly kind: 'imply' })
  /** At least `minimum` of the inputs; an input listed twice counts twice. */
  | (GateBase & { readonly kind: 'atleast'; readonly minimum: number })
  /** At least `minimum` and at most `maximum` of the inputs. */
  | (GateBase & { readonly kind: 'cardinality'; readonly minimum: number; readonly maximum: number })
  /** No inputs. */
  | (GateBase & { readonly kind: 'constant'; readonly value: boolean })
  | (GateBase & { readonly kind: 'disconnected'; readonly network: Network });

/** How a gate puts its inputs together. */
export type GateKind = Gate['kind'];

/** Blocks that also fail together from one cause; every member has the same total unavailability. */
export interface CommonCauseGroup {
  readonly name: string;
  readonly members: readonly number[];
  readonly model: 'beta-factor' | 'mgl' | 'alpha-factor' | 'phi-factor';
  /**
   * beta-factor: [β]; mgl: [β, γ, δ, …] (levels 2 … n); alpha-factor: [α1 … αn], scaled to their own sum;
   * phi-factor: [φ1 … φn].
   */
  readonly factors: readonly number[];
  /** Total probability of one member's failure; absent: the members' own unavailability. */
  readonly unavailability?: number;
}

/** A block diagram or fault tree: blocks, the gates over them, and the gate or block that is asked about. */
export interface Structure {
  readonly name?: string;
  readonly blocks: readonly Block[];
  readonly gates: readonly Gate[];
  readonly top: Ref;
  readonly commonCauses?: readonly CommonCauseGroup[];
}

/** One way through an event tree. */
export interface EventTreePath {
  /** Product of the probabilities collected on the way. */
  readonly factor: number;
  /** What must be true of the structure; absent: nothing. */
  readonly condition?: Ref;
  /** Constant gates of the structure that have another value on this way. */
  readonly constants: readonly { readonly gate: number; readonly value: boolean }[];
}

/** Sequences of events after an initiating event, over one structure (whose own top means nothing here). */
export interface EventTree {
  readonly name: string;
  readonly initiatingEvent: string;
  readonly structure: Structure;
  /** The ways that end in each sequence exclude each other. */
  readonly sequences: readonly { readonly name: string; readonly paths: readonly EventTreePath[] }[];
}

/** Block of a repaired unit with mean up and down times in hours (any laws, own repair: only the means matter). */
export function repairedBlock(name: string, meanUpHours: number, meanDownHours: number): Block {
  const cycle = meanUpHours + meanDownHours;
  return { name, unavailability: meanDownHours / cycle, frequencyPerHour: 1 / cycle };
}

/** Importance of one block for the top's unavailability Q; Q₀ and Q₁ are Q with the block never and always down. */
export interface BlockImportance {
  readonly block: string;
  /** Q₁ − Q₀ = ∂Q/∂q. */
  readonly birnbaum: number;
  /** q·(Q₁ − Q₀)/Q. */
  readonly criticality: number;
  /** 1 − Q₀/Q: share of Q that needs the block down. Equal to criticality, Q being linear in q. */
  readonly fussellVesely: number;
  /** Risk achievement worth Q₁/Q. */
  readonly raw: number;
  /** Risk reduction worth Q/Q₀; Infinity when nothing is left without the block. */
  readonly rrw: number;
  /** Q − Q₀. */
  readonly improvementPotential: number;
}

/** Minimal cut sets of a structure: how many, of what order, and the most probable ones. */
export interface CutSetSummary {
  /** Minimal cut sets (of orders up to `truncatedAt` when that is present); rounded above 2⁵³. */
  readonly count: number;
  /** All digits, only where `count` is rounded. */
  readonly countExact?: string;
  /** Number by order; index = order, so index 0 is 0 unless the top is failed with every block up. */
  readonly byOrder: readonly number[];
  /** Largest order looked at, when that is not all of them. */
  readonly truncatedAt?: number;
  /** Most probable ones, largest first. */
  readonly top: readonly { readonly blocks: readonly string[]; readonly probability: number }[];
}

/** Result of analysing a structure: `carriergrade/structure/1`. */
export interface StructureResult {
  readonly format: 'carriergrade/structure/1';
  /**
   * Of the top. With method "bounds" the values are those of the upper bound `hi`; `dpm` is seconds of downtime per
   * year of 365 days. Frequencies are absent when some block's is not known or the method is "bounds".
   */
  readonly top: {
    readonly unavailability: number;
    readonly availability: number;
    readonly nines: number;
    readonly dpm: number;
    readonly frequencyPerYear?: number;
    readonly mtbfHours?: number;
    readonly mutHours?: number;
    readonly mdtHours?: number;
  };
  readonly method: 'exact' | 'bounds';
  /** Bounds on the unavailability; with method "bounds" only. */
  readonly lo?: number;
  readonly hi?: number;
  /** In the order of the structure's blocks; empty with method "bounds" or when not asked for. */
  readonly importance: readonly BlockImportance[];
  readonly cutSets?: CutSetSummary;
  readonly size: { readonly blocks: number; readonly gates: number; readonly nodes: number };
}
