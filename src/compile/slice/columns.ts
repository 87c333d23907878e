import type { CompiledModel } from '../model.ts';

/**
 * What the columns of a compiled model say of which rows: the one place that knows, for influence (what a row refers to
 * because its course depends on it) and for slicing (what is renumbered when rows are left out). A column that is added to
 * a table has to be entered here before anything compiles.
 */

/** Kinds of things that columns are about. Signals are elements, groups, gates in a row; detectors, vertices, orphans are rows of their tables. */
export const SPACES = [
  'element',
  'mode',
  'strike',
  'seat',
  'group',
  'detector',
  'room',
  'gate',
  'network',
  'vertex',
  'service',
  'step',
  'track',
  'queue',
  'slot',
  'stream',
  'law',
  'population',
  'orphan',
  'signal',
] as const;
export type Space = (typeof SPACES)[number];

export type Column =
  /** How many rows there are. */
  | { readonly is: 'count'; readonly of: Space }
  /** One plain number per row. */
  | { readonly is: 'value'; readonly per: Space }
  /** One row of `to` per row; negative numbers are codes. `needed`: the row's course depends on it. */
  | { readonly is: 'refers'; readonly per: Space; readonly to: Space; readonly needed: boolean }
  /** Each row of `per` has the rows `[start, next start)` of `of` as its own. */
  | { readonly is: 'owns'; readonly per: Space; readonly of: Space }
  /** Each row of `per` has a list in the columns `items`, which are entered as `item`. */
  | { readonly is: 'lists'; readonly per: Space; readonly items: readonly string[] }
  /** What a list says: rows of `to`, or plain numbers. */
  | { readonly is: 'item'; readonly list: string; readonly to?: Space; readonly needed: boolean }
  /** Laid out anew, see `slice.ts`. */
  | { readonly is: 'own' };

type TableName = Exclude<keyof CompiledModel, 'laws' | 'names'>;
export type Columns = {
  readonly [T in TableName]: { readonly [C in keyof CompiledModel[T]]: Column };
};

const own: Column = { is: 'own' };
const count = (of: Space): Column => ({ is: 'count', of });
const value = (per: Space): Column => ({ is: 'value', per });
/** The course of a row depends on what it refers to. */
const needs = (per: Space, to: Space): Column => ({ is: 'refers', per, to, needed: true });
/** A row can tell something, or is told; without it the course of the row is the same. */
const knows = (per: Space, to: Space): Column => ({ is: 'refers', per, to, needed: false });
const owns = (per: Space, of: Space): Column => ({ is: 'owns', per, of });
const lists = (per: Space, ...items: readonly string[]): Column => ({ is: 'lists', per, items });
const needed = (list: string, to: Space): Column => ({ is: 'item', list, to, needed: true });
const known = (list: string, to: Space): Column => ({ is: 'item', list, to, needed: false });
const plain = (list: string): Column => ({ is: 'item', list, needed: false });

export const COLUMNS: Columns = {
  elements: {
    count: count('element'),
    kind: value('element'),
    host: needs('element', 'element'),
    inner: needs('element', 'signal'),
    // An instance comes back when its group builds it anew.
    seat: needs('element', 'seat'),
    hostedStart: lists('element', 'hosted'),
    hosted: known('hostedStart', 'element'),
    modeStart: owns('element', 'mode'),
    track: knows('element', 'track'),
    // Less what members that are left out take for good.
    capacity: own,
    resources: own,
    domains: own,
    reach: needs('element', 'signal'),
    bmc: needs('element', 'signal'),
    attachedStart: lists('signal', 'attached'),
    attached: known('attachedStart', 'element'),
    population: knows('element', 'population'),
  },
  modes: {
    count: count('mode'),
    element: needs('mode', 'element'),
    law: knows('mode', 'law'),
    program: needs('mode', 'step'),
    cause: value('mode'),
    bucket: value('mode'),
    party: value('mode'),
    manifestation: value('mode'),
    loss: value('mode'),
    predicted: value('mode'),
    leadSlot: knows('mode', 'slot'),
    leadLaw: knows('mode', 'law'),
    shop: needs('mode', 'step'),
    spareQueue: knows('mode', 'queue'),
    planned: value('mode'),
    layer: value('mode'),
  },
  strikes: {
    start: owns('mode', 'strike'),
    one: value('strike'),
    probability: value('strike'),
    // Where one victim is drawn all others take part in the draw: see `influence.ts`.
    victimStart: lists('strike', 'victim'),
    victim: known('victimStart', 'mode'),
    source: needs('mode', 'mode'),
  },
  seats: {
    count: count('seat'),
    group: needs('seat', 'group'),
    layerStart: lists('seat', 'layer'),
    layer: needed('layerStart', 'element'),
    home: needs('seat', 'element'),
    remediation: knows('seat', 'track'),
    recovery: knows('seat', 'track'),
    manual: knows('seat', 'track'),
    detectorSlot: knows('seat', 'slot'),
    confirmSlot: knows('seat', 'slot'),
    reportSlot: knows('seat', 'slot'),
    blindSlot: knows('seat', 'slot'),
    agent: needs('seat', 'element'),
    coverageStream: knows('seat', 'stream'),
    containmentStream: knows('seat', 'stream'),
  },
  groups: {
    count: count('group'),
    scheme: value('group'),
    seatStart: owns('group', 'seat'),
    remediation: needs('group', 'step'),
    recovery: needs('group', 'step'),
    resync: needs('group', 'step'),
    escalation: needs('group', 'step'),
    manual: needs('group', 'step'),
    rebuild: needs('group', 'step'),
    removal: needs('group', 'step'),
    dormant: value('group'),
    demand: own,
    detectorStart: owns('group', 'detector'),
    detectorLaw: knows('detector', 'law'),
    detectorNeedStart: lists('detector', 'detectorNeed'),
    detectorNeed: needed('detectorNeedStart', 'signal'),
    detectorSees: value('detector'),
    detectorDelay: knows('detector', 'law'),
    detectorLater: knows('detector', 'law'),
    detectorWhileExposed: value('detector'),
    // Windows are counted from the first of their seat.
    detectorBlind: value('detector'),
    agentDelay: knows('group', 'law'),
    agentBlind: value('group'),
    agentRegistered: value('group'),
    messageLaw: knows('group', 'law'),
    messageBlind: value('group'),
    coverage: value('group'),
    coverageExposed: value('group'),
    uncoveredLaw: knows('group', 'law'),
    uncoveredManual: value('group'),
    standbyCoverage: value('group'),
    standbyLaw: knows('group', 'law'),
    standbyNeedStart: lists('group', 'standbyNeed'),
    standbyNeed: needed('standbyNeedStart', 'signal'),
    auditLaw: knows('group', 'law'),
    revealsLatent: value('group'),
    alertWhileExposed: value('group'),
    recoveryAtDetection: value('group'),
    recoveryConcurrency: value('group'),
    takeoverAtOnce: value('group'),
    standbyRate: value('group'),
    stateful: value('group'),
    stateRequired: value('group'),
    cleanLoss: value('group'),
    store: needs('group', 'signal'),
    replication: needs('group', 'element'),
    peerState: value('group'),
    reattachLaw: knows('group', 'law'),
    reattachSlot: knows('group', 'slot'),
    retryLaw: knows('group', 'law'),
    carriers: value('group'),
    required: value('group'),
    unitCapacity: value('group'),
    ring: value('group'),
    stateForAll: value('group'),
    storeFails: value('group'),
    switchBack: needs('group', 'step'),
    catchUp: needs('group', 'step'),
    confirmLaw: knows('group', 'law'),
    confirmNeedStart: lists('group', 'confirmNeed'),
    confirmNeed: needed('confirmNeedStart', 'signal'),
    failoverDeadline: value('group'),
    failoverTarget: value('group'),
    // Its nodes matter to those who move: see `influence.ts`.
    room: knows('group', 'room'),
    inPlace: value('group'),
    slotsPerMember: value('group'),
    spreadLevel: value('group'),
    spreadHard: value('group'),
    withinLevel: value('group'),
    internal: value('group'),
    switchover: needs('group', 'step'),
    failFast: needs('group', 'step'),
    race: needs('group', 'step'),
    grayCoverage: value('group'),
    grayLaw: knows('group', 'law'),
    splitLoss: value('group'),
    splitLaw: knows('group', 'law'),
    splitSlot: knows('group', 'slot'),
    containment: value('group'),
    // Who is hit also depends on who hits: see `couplings.ts`.
    neighbour: needs('group', 'group'),
    siblingStart: lists('group', 'sibling'),
    sibling: needed('siblingStart', 'group'),
  },
  rooms: { count: own, nodeStart: own, node: own, treeStart: own, placeStart: own, place: own },
  gates: {
    count: count('gate'),
    kind: value('gate'),
    threshold: value('gate'),
    weight: plain('inputStart'),
    total: value('gate'),
    spare: value('gate'),
    network: needs('gate', 'network'),
    counting: value('gate'),
    inputStart: lists('gate', 'input', 'weight'),
    input: needed('inputStart', 'signal'),
    readerStart: lists('signal', 'reader'),
    reader: known('readerStart', 'gate'),
  },
  networks: {
    count: count('network'),
    vertexStart: owns('network', 'vertex'),
    vertexElement: needs('vertex', 'element'),
    vertexGate: needs('vertex', 'gate'),
    isExit: value('vertex'),
    edgeStart: lists('vertex', 'edgeElement', 'edgeEnd'),
    edgeElement: needed('edgeStart', 'element'),
    edgeEnd: needed('edgeStart', 'vertex'),
  },
  services: {
    count: count('service'),
    visible: own,
    chainOf: knows('service', 'service'),
    termStart: lists('service', 'term'),
    term: needed('termStart', 'signal'),
    readerStart: lists('signal', 'reader'),
    reader: known('readerStart', 'service'),
    aligned: value('service'),
    users: value('service'),
    minServiceFraction: value('service'),
    partialWeight: value('service'),
    minOutage: value('service'),
    reportable: value('service'),
    mergeGap: value('service'),
    mission: value('service'),
  },
  watchers: {
    trackStart: lists('signal', 'track'),
    track: known('trackStart', 'track'),
    groupStart: lists('signal', 'group'),
    group: known('groupStart', 'group'),
    elementStart: lists('signal', 'element'),
    element: known('elementStart', 'element'),
  },
  steps: {
    count: count('step'),
    law: knows('step', 'law'),
    needStart: lists('step', 'need'),
    need: needed('needStart', 'signal'),
    success: value('step'),
    onFailure: value('step'),
    reason: value('step'),
    effects: value('step'),
    mark: value('step'),
    phase: value('step'),
    last: value('step'),
    next: needs('step', 'step'),
    otherwise: needs('step', 'step'),
    requiredStart: lists('step', 'required'),
    required: needed('requiredStart', 'signal'),
    interrupts: value('step'),
    control: value('step'),
    queue: knows('step', 'queue'),
  },
  tracks: {
    count: count('track'),
    firstSlot: own,
    kind: value('track'),
    owner: own,
    outcomeStream: knows('track', 'stream'),
  },
  slots: {
    count: count('slot'),
    rank: value('slot'),
    detector: own,
    report: own,
    reattach: own,
    lead: own,
    split: own,
    cleanup: own,
    blind: own,
    detectorSeat: own,
    blindSeat: own,
    leadMode: own,
    streams: count('stream'),
  },
  queues: {
    count: count('queue'),
    crews: value('queue'),
    inElementOrder: value('queue'),
    slotQueue: own,
    trackStart: lists('queue', 'track'),
    track: known('trackStart', 'track'),
    spares: value('queue'),
    control: value('queue'),
    shopStart: lists('queue', 'shop'),
    shop: known('shopStart', 'track'),
  },
  orphans: {
    node: knows('orphan', 'element'),
    place: knows('element', 'orphan'),
    law: own,
  },
};
