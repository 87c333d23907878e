import type { Law } from '../model/law.ts';

/**
 * The scenario as flat, read-only tables: after this border there are only indices. Counts are E elements, M failure
 * modes, Q seats (member places of groups), G groups, N gates, S services, T tracks, K timer slots, L laws.
 *
 * *Signals* are what can be more or less up: elements 0 … E−1, then groups E … E+G−1, then gates E+G … E+G+N−1.
 * *Timer slots* are failure modes 0 … M−1, then tracks, then detectors, then the user-report slot of each seat, then
 * the re-attachment slot of each group, the lead time of each predicted mode, the split brain of each group, the clean-up
 * of each node with orphans, the blind windows of each seat.
 * *Rows* (`…Start`) are compressed: the items of i are `[start[i], start[i + 1])`.
 */
export interface CompiledModel {
  readonly elements: ElementTable;
  readonly modes: ModeTable;
  readonly strikes: StrikeTable;
  readonly seats: SeatTable;
  readonly groups: GroupTable;
  readonly rooms: RoomTable;
  readonly gates: GateTable;
  readonly networks: NetworkTable;
  readonly standbys: StandbyTable;
  readonly services: ServiceTable;
  readonly watchers: WatcherTable;
  readonly steps: StepTable;
  readonly tracks: TrackTable;
  readonly slots: SlotTable;
  readonly queues: QueueTable;
  readonly orphans: OrphanTable;
  readonly upgrades: UpgradeTable;
  readonly proofTests: ProofTestTable;
  /** Law i, durations in seconds. */
  readonly laws: readonly Law[];
  readonly names: Names;
}

export interface ElementTable {
  readonly count: number;
  /** Index into MODEL_KINDS of the scenario model. */
  readonly kind: Uint8Array;
  /** Element this one statically goes down with, or −1. Outermost layers of placed seats have none: theirs moves. */
  readonly host: Int32Array;
  /** Signal of its inner structure, without which it is down as without a host; −1: none. */
  readonly inner: Int32Array;
  /** Seat this element is a layer of, or −1. */
  readonly seat: Int32Array;
  /** Statically hosted elements (rows). */
  readonly hostedStart: Int32Array;
  readonly hosted: Int32Array;
  /** Failure modes (rows): mode indices are contiguous. */
  readonly modeStart: Int32Array;
  /** Track that brings the element back (restart or repair), or −1. */
  readonly track: Int32Array;
  /** Unit slots for instances; 0 for all but nodes. */
  readonly capacity: Int32Array;
  /** Per node and resource (RESOURCES.length per element): what instances with a flavour may take; empty without flavours. */
  readonly resources: Int32Array;
  /** Domain index of the element at each anti-affinity level: SPREAD_LEVELS.length per element, −1 outside. */
  readonly domains: Int32Array;
  /** Signal of the share of the traffic to and from the element that gets through, or −1: nothing is in between. */
  readonly reach: Int32Array;
  /** Signal of the element's management controller being reachable, or −1: not modelled. */
  readonly bmc: Int32Array;
  /** Per signal (rows): elements whose `reach` or `bmc` it is. */
  readonly attachedStart: Int32Array;
  readonly attached: Int32Array;
  /** Population the element belongs to, or −1; counted elements are one population each. */
  readonly population: Int32Array;
}

export interface ModeTable {
  readonly count: number;
  readonly element: Int32Array;
  /** Law of the operating time to failure. */
  readonly law: Int32Array;
  /** First step of what brings the element back, or −1: the group replaces the instance. */
  readonly program: Int32Array;
  readonly cause: Uint8Array;
  readonly bucket: Uint8Array;
  readonly party: Uint8Array;
  /** Value of MANIFESTATION. */
  readonly manifestation: Uint8Array;
  /** Share of the load lost while a gray fault lasts. */
  readonly loss: Float64Array;
  /** Share of the faults that are predicted, and the slot and law of the time that is left; slot −1: never predicted. */
  readonly predicted: Float64Array;
  readonly leadSlot: Int32Array;
  readonly leadLaw: Int32Array;
  /** Where failed units are replaced by spares: first step of the repair of the unit itself, and its queue; else −1. */
  readonly shop: Int32Array;
  readonly spareQueue: Int32Array;
  /** 1: foreseen work (SEM-11). */
  readonly planned: Uint8Array;
  /** Index into FAULT_LAYERS: what it is a fault of for those who watch. */
  readonly layer: Uint8Array;
  /** 1: foreseen work that nobody has to notice; instances go down with their node and come back with it. */
  readonly announced: Uint8Array;
}

/**
 * What shocks strike. A victim has a failure mode of its own for each shock that can strike it; such a mode never occurs by
 * itself, and what is attributed to it belongs to its source.
 */
export interface StrikeTable {
  /** Per mode (rows of strikes): what happens when it occurs; failure modes of ordinary elements strike nobody else. */
  readonly start: Int32Array;
  /** Per strike, 1: one victim is drawn, 0: all are struck. */
  readonly one: Uint8Array;
  /** Per strike: chance that a victim is really struck. */
  readonly probability: Float64Array;
  /** Victims of each strike (rows), as their failure modes. */
  readonly victimStart: Int32Array;
  readonly victim: Int32Array;
  /** Per mode: the shock's mode that brings it, itself for every other. */
  readonly source: Int32Array;
}

/** Codes of MANIFESTATIONS of the scenario model. */
export const MANIFESTATION = { failStop: 0, gray: 1, falseAlarm: 2, falsePrediction: 3 } as const;

export interface SeatTable {
  readonly count: number;
  readonly group: Int32Array;
  /** Layers from the outside in (rows of elements). */
  readonly layerStart: Int32Array;
  readonly layer: Int32Array;
  /** Node the seat starts on, or −1 for seats without a modelled host. */
  readonly home: Int32Array;
  readonly remediation: Int32Array;
  readonly recovery: Int32Array;
  readonly manual: Int32Array;
  /** First detector slot; the group's number of detectors follow. */
  readonly detectorSlot: Int32Array;
  /** Slot of the detector that has to confirm; only used in groups that have one. */
  readonly confirmSlot: Int32Array;
  readonly reportSlot: Int32Array;
  /** First blind window: one for each detector of the group that has one, then those of its agent and of its message. */
  readonly blindSlot: Int32Array;
  /** Element that is the monitoring agent in the instance, or −1. */
  readonly agent: Int32Array;
  /** Random stream that decides whether a fault is covered. */
  readonly coverageStream: Int32Array;
  /** Random stream that decides whether a fault is contained. */
  readonly containmentStream: Int32Array;
}

export interface GroupTable {
  readonly count: number;
  /** Index into SCHEMES of the redundancy room. */
  readonly scheme: Uint8Array;
  readonly seatStart: Int32Array;
  /** First steps of the flow's parts; −1 where a part is empty. `escalation` waits, then runs on into `manual`. */
  readonly remediation: Int32Array;
  readonly recovery: Int32Array;
  /** Step of `recovery` at which a member that came back by itself goes on: it joins, or replication starts; or −1. */
  readonly resync: Int32Array;
  readonly escalation: Int32Array;
  readonly manual: Int32Array;
  /** Step of `recovery` at which an instance is built anew whose guest is gone, in flows that else restart it; or −1. */
  readonly rebuild: Int32Array;
  /** Detectors (rows): latency law and needs. */
  readonly detectorStart: Int32Array;
  readonly detectorLaw: Int32Array;
  readonly detectorNeedStart: Int32Array;
  readonly detectorNeed: Int32Array;
  /** Per detector: bit i set, it sees faults of FAULT_LAYERS[i]. */
  readonly detectorSees: Int32Array;
  /** Per detector: law of the time from the start of an instance to the first look at it, or −1. */
  readonly detectorDelay: Int32Array;
  /** Per detector: law of its latency once it is configured anew, or −1; 1: also while the group is known to be exposed. */
  readonly detectorLater: Int32Array;
  readonly detectorWhileExposed: Uint8Array;
  /** Per detector: which of the blind windows of a seat is its own, or −1. */
  readonly detectorBlind: Int32Array;
  /** Law of the installation of an agent, and its window among the blind ones of a seat; −1: it is there at once. */
  readonly agentDelay: Int32Array;
  readonly agentBlind: Int32Array;
  /** Chance that a new agent is registered. */
  readonly agentRegistered: Float64Array;
  /** Law of the time until somebody has been told of a fault that was noticed, and its window; −1: nobody is. */
  readonly messageLaw: Int32Array;
  readonly messageBlind: Int32Array;
  readonly coverage: Float64Array;
  readonly coverageExposed: Float64Array;
  readonly uncoveredLaw: Int32Array;
  /** 1: a fault that users report goes to the manual path, 0: to the flow. */
  readonly uncoveredManual: Uint8Array;
  readonly standbyCoverage: Float64Array;
  /** Latency of standby faults instead of the detectors', or −1. */
  readonly standbyLaw: Int32Array;
  /** What `standbyLaw` needs (rows): signals of gates and NEED.peer. */
  readonly standbyNeedStart: Int32Array;
  readonly standbyNeed: Int32Array;
  readonly auditLaw: Int32Array;
  /** 1: a failover makes latent standby faults known. */
  readonly revealsLatent: Uint8Array;
  readonly alertWhileExposed: Uint8Array;
  readonly recoveryAtDetection: Uint8Array;
  /** 0: no limit. */
  readonly recoveryConcurrency: Int32Array;
  readonly takeoverAtOnce: Uint8Array;
  readonly standbyRate: Float64Array;
  readonly stateful: Uint8Array;
  readonly stateRequired: Uint8Array;
  /** Share of sessions a clean failover loses: 0, 1, or the share younger than the snapshot. */
  readonly cleanLoss: Float64Array;
  /** Signal of the store, an element or a group (sessions are lost while it is down); −1 none, −2 one that never fails. */
  readonly store: Int32Array;
  /** Replication element (standbys are stale while it is down), or −1. */
  readonly replication: Int32Array;
  /** 1: state lives with the peers, so a member that was down holds none until it is synchronised. */
  readonly peerState: Uint8Array;
  readonly reattachLaw: Int32Array;
  readonly reattachSlot: Int32Array;
  /** Law of the wait for the next retry after a control function is back, or −1: at once. */
  readonly retryLaw: Int32Array;
  /** Members that carry traffic at the start, the first ones. */
  readonly carriers: Int32Array;
  /** Members that must serve for the group to be up; 0: capacity counts in proportion. */
  readonly required: Int32Array;
  /** Share of the offered load one member can carry. */
  readonly unitCapacity: Float64Array;
  /** 1: each member's sessions are copied to the next one, around the ring. */
  readonly ring: Uint8Array;
  /** 1: standbys of several members hold the state of all. */
  readonly stateForAll: Uint8Array;
  /** 1: while the store is down nothing is served. */
  readonly storeFails: Uint8Array;
  /** First step of the planned switchover back to where the traffic was, or −1 (SEM-30). */
  readonly switchBack: Int32Array;
  /** Step of `recovery` at which a member that carries traffic catches up with the state alone, or −1. */
  readonly catchUp: Int32Array;
  /** Last members that do not exist at the start; −1: nobody ever comes or goes. */
  readonly dormant: Int32Array;
  /** Step of `recovery` that deletes what has been set aside, or −1: nothing ever is. */
  readonly removal: Int32Array;
  /** First steps of the hop's scaling events, or −1. */
  readonly scaleOut: Int32Array;
  readonly scaleIn: Int32Array;
  /** Latency of the detector that has to confirm the others, or −1; and its needs (rows). */
  readonly confirmLaw: Int32Array;
  readonly confirmNeedStart: Int32Array;
  readonly confirmNeed: Int32Array;
  /** Microseconds. */
  readonly failoverDeadline: Float64Array;
  readonly failoverTarget: Float64Array;
  /** Room among whose nodes members run, or −1: members have no host. */
  readonly room: Int32Array;
  readonly inPlace: Uint8Array;
  readonly slotsPerMember: Int32Array;
  /** Per group and resource: what one member takes beside its slots; empty when no group has a flavour. */
  readonly demand: Int32Array;
  /** Anti-affinity level, index into SPREAD_LEVELS; −1 none. */
  readonly spreadLevel: Int8Array;
  readonly spreadHard: Uint8Array;
  /** Level whose domain a replacement does not leave (index into SPREAD_LEVELS), −1: any node will do. */
  readonly withinLevel: Int8Array;
  /** 1: a part of a fabric, whose members are links that come back by themselves; not a group of the scenario. */
  readonly internal: Uint8Array;
  /** First steps of a planned switchover, of fail-fast before the remediation, of a race of two layers; −1: none. */
  readonly switchover: Int32Array;
  readonly failFast: Int32Array;
  readonly race: Int32Array;
  /** Gray faults: coverage and latency; law −1: that of the detectors. */
  readonly grayCoverage: Float64Array;
  readonly grayLaw: Int32Array;
  /** Share lost while two members are active, how long that lasts, and its slot. */
  readonly splitLoss: Float64Array;
  readonly splitLaw: Int32Array;
  readonly splitSlot: Int32Array;
  /** Probability that a fault stays where it is, and what it hits otherwise: a group, or a code of NEIGHBOUR. */
  readonly containment: Float64Array;
  readonly neighbour: Int32Array;
  /** Groups that a wrong localisation can hit (rows). */
  readonly siblingStart: Int32Array;
  readonly sibling: Int32Array;
}

/** Lists of nodes among which groups choose, each once, with the places of a tree over their free slots (`rooms.ts`). */
export interface RoomTable {
  readonly count: number;
  /** Nodes of each room (rows), in the order of preference. */
  readonly nodeStart: Int32Array;
  readonly node: Int32Array;
  /** Tree of each room in the column of free slots: from here on, inner places 1 …, then as many leaves. */
  readonly treeStart: Int32Array;
  /** Per element (rows): its leaves in that column. */
  readonly placeStart: Int32Array;
  readonly place: Int32Array;
}

/** Codes of anti-affinity levels in the order of `ElementTable.domains`. */
export const SPREAD_LEVELS = ['node', 'rack', 'site', 'leaf-pair', 'recovery-region'] as const;

/**
 * What the share of a gate is. `threshold`: up while at least `threshold` inputs are; with partly served inputs the
 * threshold-th largest share. `product`: of all shares, what gets through one after the other. `weighted`: what a load
 * spread by weight over the inputs gets when `spare` of the weights may be lost without harm,
 * 1 − (Σ weight·(1 − share) − spare)⁺ / total. `present`: 1 while anything gets through.
 * `connected`: 1 while a path of working inputs joins two ends, see `NetworkTable`. `standby`: 1 while the first input, or a
 * spare among the others that it has taken, is up (`dynamics/standby.ts`).
 */
export const GATE = { threshold: 0, product: 1, weighted: 2, present: 3, connected: 4, standby: 5 } as const;

export const NEIGHBOUR = { peer: -1, host: -2 } as const;

export interface GateTable {
  readonly count: number;
  /** Value of GATE. */
  readonly kind: Uint8Array;
  readonly threshold: Int32Array;
  /** Weighted gates: weight per input (parallel to `input`), what the weights are parts of, and how much is spare. */
  readonly weight: Float64Array;
  readonly total: Float64Array;
  readonly spare: Float64Array;
  /** Network of the first gate of each network, −1 for all others. */
  readonly network: Int32Array;
  /** 1: every input is either up or down, so counting is enough. */
  readonly counting: Uint8Array;
  readonly inputStart: Int32Array;
  /** Signals. */
  readonly input: Int32Array;
  /** Per signal (E+G+N rows): gates that read it. */
  readonly readerStart: Int32Array;
  readonly reader: Int32Array;
}

/**
 * Graphs behind the gates of kind `connected`: each vertex of a network has such a gate, up while the vertex works and a
 * path of working vertices and edges joins it to an exit. The first gate of a network has all its elements as inputs,
 * and one search answers for all.
 */
export interface NetworkTable {
  readonly count: number;
  /** Vertices of each network (rows): element, gate, and 1 where traffic leaves. */
  readonly vertexStart: Int32Array;
  readonly vertexElement: Int32Array;
  readonly vertexGate: Int32Array;
  readonly isExit: Uint8Array;
  /** Per vertex (rows): element of the edge and vertex at its other end. */
  readonly edgeStart: Int32Array;
  readonly edgeElement: Int32Array;
  readonly edgeEnd: Int32Array;
}

/** Spares of standby gates. */
export interface StandbyTable {
  /** Per element: rate of its failures while it rests as a spare; empty where nothing stands by. */
  readonly rate: Float64Array;
  /** Per element that fails less often while it rests (rows): gates that it is a spare of, and as which input. */
  readonly placeStart: Int32Array;
  readonly place: Int32Array;
  readonly placeInput: Int32Array;
  /** Those elements by gate. */
  readonly restingStart: Int32Array;
  readonly resting: Int32Array;
  /** Per gate (rows): other gates that want the same spares. */
  readonly rivalStart: Int32Array;
  readonly rival: Int32Array;
}

/**
 * Who looks again when a signal changes (rows per signal): tracks with a step that needs it, groups that depend on it,
 * elements whose inner structure it is.
 */
export interface WatcherTable {
  readonly trackStart: Int32Array;
  readonly track: Int32Array;
  readonly groupStart: Int32Array;
  readonly group: Int32Array;
  readonly elementStart: Int32Array;
  readonly element: Int32Array;
}

/** A service loses 1 − Π(1 − loss) or max(loss) over its terms. */
export interface ServiceTable {
  readonly count: number;
  /** Services of the scenario; those after them are stages of chains, measured like services. */
  readonly visible: number;
  /** Per service: the chain it is a stage of, −1. */
  readonly chainOf: Int32Array;
  readonly termStart: Int32Array;
  /** Signals. */
  readonly term: Int32Array;
  /** Per signal (rows): services with the signal as a term, and which of their terms it is. */
  readonly readerStart: Int32Array;
  readonly reader: Int32Array;
  readonly place: Int32Array;
  /** 1: stages lose the same users (max), 0: independently (product). */
  readonly aligned: Uint8Array;
  readonly users: Float64Array;
  readonly minServiceFraction: Float64Array;
  /** Index into PARTIAL_WEIGHTS: what a partial loss counts as downtime. */
  readonly partialWeight: Uint8Array;
  /** Microseconds. */
  readonly minOutage: Float64Array;
  readonly reportable: Float64Array;
  readonly mergeGap: Float64Array;
  readonly mission: Float64Array;
}

/** What a step needs besides gates (which are their signal number): negative codes. */
export const NEED = {
  standby: -1,
  peer: -2,
  host: -3,
  slot: -4,
  crew: -5,
  replication: -6,
  remediated: -7,
  confirmed: -8,
  bmc: -9,
  spare: -10,
  'guest-agent': -11,
  registration: -12,
  'proof-test': -13,
  redundant: -21,
  'targets-back': -22,
  'guest-settled': -23,
  'guest-whole': -24,
  'version-fits': -25,
} as const;
export const ON_FAILURE = { retry: 0, manual: 1, loseState: 2, noFaultFound: 3 } as const;

/** Steps of every program, each program contiguous and ended by `last`. */
export interface StepTable {
  readonly count: number;
  readonly law: Int32Array;
  readonly needStart: Int32Array;
  readonly need: Int32Array;
  /** Success probability; 1: certain. */
  readonly success: Float64Array;
  readonly onFailure: Uint8Array;
  /** Index into FAILOVER_REASONS, or −1. */
  readonly reason: Int8Array;
  /** Bit i set: EFFECTS[i]. */
  readonly effects: Uint32Array;
  /** Index into MARKS, or −1. */
  readonly mark: Int8Array;
  readonly phase: Uint8Array;
  /** Last of its program in the table. */
  readonly last: Uint8Array;
  /** Step that follows, −1: the program ends. */
  readonly next: Int32Array;
  /** Step to go to on failure instead of `onFailure`, or −1. */
  readonly otherwise: Int32Array;
  /** Signals without which the step fails, or −1 − an index into CAMPAIGN_CONDITIONS (rows). */
  readonly requiredStart: Int32Array;
  readonly required: Int32Array;
  /** 1: nobody is served while it runs. */
  readonly interrupts: Uint8Array;
  /** Index into CAMPAIGN_ACTS. */
  readonly act: Uint8Array;
  /** 1: the member is no redundancy while it runs. */
  readonly exposes: Uint8Array;
  /** 1: a gate (control function) is among the needs. */
  readonly control: Uint8Array;
  /** Queue of a step that needs a crew or a slot, or −1. */
  readonly queue: Int32Array;
}

export const TRACK = { restore: 0, remediation: 1, recovery: 2, manual: 3, shop: 4, upgrade: 5 } as const;

/** Whether tracks of this kind are a member's: their owner is a seat. */
export const isOfSeat = (kind: number): boolean =>
  kind === TRACK.remediation || kind === TRACK.recovery || kind === TRACK.manual;

/** Places where a program can run: one per repairable element, places of the repair shops, three per seat. Timer slot of track i is `firstSlot + i`. */
export interface TrackTable {
  readonly count: number;
  readonly firstSlot: number;
  readonly kind: Uint8Array;
  /** Element (restore), repair policy (shop), campaign (upgrade) or seat (else). */
  readonly owner: Int32Array;
  /** Stream that decides the outcome of its steps. */
  readonly outcomeStream: Int32Array;
}

/** Order at one instant (design: failures, restores, detections, actions). */
export const RANK = { failure: 0, restore: 1, detection: 2, action: 3 } as const;

export interface SlotTable {
  readonly count: number;
  /** Value of RANK. */
  readonly rank: Uint8Array;
  /** First slots of the detector, report, re-attachment, lead-time, split-brain, clean-up and blind-window ranges. */
  readonly detector: number;
  readonly report: number;
  readonly reattach: number;
  readonly lead: number;
  readonly split: number;
  readonly cleanup: number;
  readonly blind: number;
  /** Seat of each detector slot, from `detector` on. */
  readonly detectorSeat: Int32Array;
  /** Seat of each blind window, from `blind` on. */
  readonly blindSeat: Int32Array;
  /** Mode of each lead-time slot, from `lead` on. */
  readonly leadMode: Int32Array;
  /** Random streams: one per slot, then those for outcomes. */
  readonly streams: number;
}

/**
 * Finite resources tracks queue for: the crews of each repair policy, the instance slots of the nodes, the control
 * functions that work on a limited number of requests, and last the spares of each policy that has some.
 */
export interface QueueTable {
  readonly count: number;
  /** Crews of the policy; 0 means nobody waits. Unused for slots, which the placement counts. */
  readonly crews: Int32Array;
  readonly inElementOrder: Uint8Array;
  /** 1: who comes first in that order takes the crew of who comes last. */
  readonly preemptive: Uint8Array;
  readonly slotQueue: number;
  /** Tracks that may wait here (rows). */
  readonly trackStart: Int32Array;
  readonly track: Int32Array;
  /** 1: what is taken here comes back from the repair shop, not at the end of the step. */
  readonly spares: Uint8Array;
  /** 1: the places are a control function's; a request whose needs are gone is no longer in the queue. */
  readonly control: Uint8Array;
  /** Places in the repair shop of each spares queue (rows of tracks). */
  readonly shopStart: Int32Array;
  readonly shop: Int32Array;
}

/** Slots that failed operations leave taken (B-80); empty in scenarios without such operations. */
export interface OrphanTable {
  /** Nodes that may have orphans. */
  readonly node: Int32Array;
  /** Place of an element in `node`, or −1; empty when `node` is. */
  readonly place: Int32Array;
  /** Law of the clean-up, −1 when there are no nodes. */
  readonly law: number;
}

/**
 * Upgrade campaigns (FL-18). Each is an element that never fails, whose failure modes are its starts; its targets have a
 * failure mode of their own for it, as victims of shocks have. Empty in scenarios without campaigns.
 */
export interface UpgradeTable {
  readonly count: number;
  /** Per mode: campaign whose start it is, −1. Empty without campaigns. */
  readonly campaignOf: Int32Array;
  /** Per mode: what is to blame for it: the shock or the campaign that brings it, itself for every other. */
  readonly rootOf: Int32Array;
  /** Mode of the first start of a periodic campaign (−1: none), and of all others, which is the root of what it does. */
  readonly first: Int32Array;
  readonly start: Int32Array;
  readonly track: Int32Array;
  readonly program: Int32Array;
  /** Programs it starts on members: a planned switchover, the pause of a live migration, the change to a successor. */
  readonly switchover: Int32Array;
  readonly pause: Int32Array;
  readonly swap: Int32Array;
  /** 1: members that move have a successor before they go. */
  readonly replaces: Uint8Array;
  /** Performance missing while a member is copied. */
  readonly degradation: Float64Array;
  readonly batch: Int32Array;
  /** Index into UPGRADE_ORDERS, into DESTINATIONS. */
  readonly order: Uint8Array;
  readonly destination: Uint8Array;
  /** Targets (rows): elements, the modes by which they are taken out, and 1 for nodes. */
  readonly targetStart: Int32Array;
  readonly target: Int32Array;
  readonly targetMode: Int32Array;
  /** Per target (rows): targets that must run the new version before it. */
  readonly beforeStart: Int32Array;
  readonly before: Int32Array;
  /** Groups that have to be whole before the next batch (rows). */
  readonly groupStart: Int32Array;
  readonly group: Int32Array;
  /** 1: members move as they are, with their memory. */
  readonly live: Uint8Array;
  /** Per group, value of BOUND: why its members cannot be moved. */
  readonly bound: Uint8Array;
  /** Random stream of the choice of targets of each campaign, of the destination of each seat. */
  readonly targetStream: Int32Array;
  readonly moveStream: Int32Array;
}

/** Each proof test is an element that never fails, whose failure mode is its next occurrence. */
export interface ProofTestTable {
  /** Per mode (rows): elements that are looked at when it occurs; nobody for everything but proof tests. */
  readonly elementStart: Int32Array;
  readonly element: Int32Array;
  /** Per mode, 1: a proof test after which all it looks at is as new, rather than what it found failed. */
  readonly renewsAll: Uint8Array;
  /** Per element (rows): modes of the tests that look at it. */
  readonly testStart: Int32Array;
  readonly test: Int32Array;
}

/** Members go anywhere, nowhere as they are (SR-IOV, pass-through), or nowhere at all (in place, no modelled host). */
export const BOUND = { free: 0, hardware: 1, place: 2 } as const;

/** The only place that maps indices back to names. */
export interface Names {
  readonly elements: readonly string[];
  readonly modes: readonly string[];
  readonly seats: readonly string[];
  readonly groups: readonly string[];
  /** Gates that are control functions carry their id, others their structure path. */
  readonly gates: readonly string[];
  readonly services: readonly string[];
  readonly steps: readonly StepName[];
  readonly detectors: readonly string[];
  readonly populations: readonly string[];
  /** Element or seat, and purpose, of each slot and each further random stream: what messages and stream keys use. */
  readonly stream: (stream: number) => readonly [name: string, purpose: string];
}

export interface StepName {
  readonly id: string;
  readonly by: string;
  readonly flow: string;
  readonly needs: readonly string[];
}
