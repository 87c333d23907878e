import { holds, type Step } from '../model/flow.ts';
import { FAULT_LAYERS } from '../model/monitoring.ts';
import { type Detector, type Group, LOAD_SHARING, SCHEMES, type Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import type { ElementList } from './elements.ts';
import { failFastSteps, faultManagementColumns, raceStep, switchoverSteps, taken } from './imperfect.ts';
import type { LawTable } from './laws.ts';
import { type GroupTable, NEED, SPREAD_LEVELS } from './model.ts';
import { demandOf } from './resources.ts';
import { packRows } from './rows.ts';
import type { ProgramContext, StepList } from './steps.ts';

export interface GroupContext {
  readonly scenario: Scenario;
  readonly list: ElementList;
  readonly laws: LawTable;
  readonly steps: StepList;
  readonly control: (id: string) => number | undefined;
  /** Signals of an element, of all members of a counted one, or of a group. */
  readonly signals: (name: string) => readonly number[];
  /** Signal of a control function or an element. */
  readonly signal: (name: string) => number;
  readonly slotQueue: number;
  /** Queue of a control function that works on a limited number of requests, −1 for any other name. */
  readonly limit: (id: string) => number;
  readonly rooms: Rooms;
  /** Re-attachment slot of group i. */
  readonly reattachSlot: (group: number) => number;
  readonly splitSlot: (group: number) => number;
}

/** Lists of nodes, each once however many groups share it, and the index of its list per group, −1 for none. */
export interface Rooms {
  readonly lists: readonly (readonly number[])[];
  readonly of: readonly number[];
}

export function roomsOf(scenario: Scenario, list: ElementList): Rooms {
  const lists: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const of = Object.values(scenario.groups).map((group) => {
    const key = group.placement.pools.join(' ');
    let room = known.get(key);
    if (room === undefined) {
      const nodes = nodesOf(group, list);
      room = nodes.length === 0 ? -1 : lists.push(nodes) - 1;
      known.set(key, room);
    }
    return room;
  });
  return { lists, of };
}

/** Groups as columns. Programs of their flows go to the step list, laws to the law table. */
export function compileGroups(context: GroupContext): GroupTable {
  const { scenario, list, laws } = context;
  const groups = Object.entries(scenario.groups);
  // The many links of a fabric follow few rules, and counted groups are one.
  const shared = new Map<Group | Group['times'], GroupPrograms>();
  const programs = groups.map(([id, group]) => {
    const key = group.existing === undefined ? group : group.times;
    const own = shared.get(key) ?? groupPrograms(id, group, context);
    shared.set(key, own);
    return own;
  });
  const detectors = groups.map(([, group]) => group.detection.detectors);
  const flat = detectors.flat();
  const needs = packRows(flat.map((detector) => detector.needs.flatMap((need) => detectorNeed(need, context))));
  const standbyNeeds = packRows(
    groups.map(([, group]) => (group.detection.standby.needs ?? []).flatMap((need) => detectorNeed(need, context))),
  );
  const confirmNeeds = packRows(
    groups.map(([, group]) => (group.detection.confirm?.needs ?? []).flatMap((need) => detectorNeed(need, context))),
  );
  let seat = 0;
  const seatStart = Int32Array.from([0, ...groups.map(([, group]) => (seat += group.members))]);
  let detector = 0;
  const detectorStart = Int32Array.from([0, ...detectors.map((some) => (detector += some.length))]);
  const ints = (pick: (group: Group, index: number) => number): Int32Array =>
    Int32Array.from(groups.map(([, group], i) => pick(group, i)));
  const flags = (pick: (group: Group) => boolean): Uint8Array =>
    Uint8Array.from(groups.map(([, group]) => (pick(group) ? 1 : 0)));
  const reals = (pick: (group: Group) => number): Float64Array =>
    Float64Array.from(groups.map(([, group]) => pick(group)));
  const elementOf = (name: string | undefined, missing: number): number =>
    name === undefined ? missing : list.indexOf.get(name)!;
  const groupOf = new Map(groups.map(([id], group) => [id, group]));
  const storeOf = (name: string | undefined): number => {
    const group = groupOf.get(name ?? '');
    return group === undefined ? elementOf(name, -2) : list.elements.length + group;
  };
  return {
    count: groups.length,
    scheme: Uint8Array.from(groups.map(([, group]) => SCHEMES.indexOf(group.scheme))),
    seatStart,
    remediation: ints((_, i) => programs[i]!.remediation),
    recovery: ints((_, i) => programs[i]!.recovery),
    resync: ints((_, i) => programs[i]!.resync),
    escalation: ints((_, i) => programs[i]!.escalation),
    manual: ints((_, i) => programs[i]!.manual),
    rebuild: ints((_, i) => programs[i]!.rebuild),
    detectorStart,
    detectorLaw: Int32Array.from(flat.map((one) => laws.add(one.latency))),
    detectorNeedStart: needs.start,
    detectorNeed: needs.items,
    detectorSees: Int32Array.from(flat, sees),
    detectorDelay: Int32Array.from(flat, ({ delay }) => (delay === undefined ? -1 : laws.add(delay))),
    detectorLater: Int32Array.from(flat, ({ reconfigured }) =>
      reconfigured === undefined ? -1 : laws.add(reconfigured.latency),
    ),
    detectorWhileExposed: Uint8Array.from(flat, ({ reconfigured }) => (reconfigured?.whileExposed === true ? 1 : 0)),
    detectorBlind: Int32Array.from(detectors.flatMap(blindWindows)),
    agentDelay: ints(({ agent }) => (agent === undefined ? -1 : laws.add(agent.install))),
    agentBlind: ints(agentWindow),
    agentRegistered: reals(({ agent }) => agent?.registered ?? 1),
    messageLaw: ints(({ detection }) => (detection.message === undefined ? -1 : laws.add(detection.message))),
    messageBlind: ints((group) => (group.detection.message === undefined ? -1 : blindSlots(group) - 1)),
    coverage: reals((group) => group.detection.coverage),
    coverageExposed: reals((group) => group.detection.coverageExposed),
    uncoveredLaw: ints((group) => laws.add(group.detection.uncovered.detect)),
    uncoveredManual: flags((group) => group.detection.uncovered.then === 'manual'),
    standbyCoverage: reals((group) => group.detection.standby.coverage),
    standbyLaw: ints(({ detection }) =>
      detection.standby.latency === undefined ? -1 : laws.add(detection.standby.latency),
    ),
    standbyNeedStart: standbyNeeds.start,
    standbyNeed: standbyNeeds.items,
    revealsLatent: flags((group) => group.detection.standby.revealedByFailover ?? true),
    auditLaw: ints((group) => laws.add(group.detection.standby.audit)),
    alertWhileExposed: flags((group) => group.detection.whileExposed === 'immediate'),
    recoveryAtDetection: flags((group) => group.recovery.starts === 'detected'),
    recoveryConcurrency: ints(({ recovery }) => (Number.isFinite(recovery.concurrency) ? recovery.concurrency : 0)),
    takeoverAtOnce: flags((group) => group.recovery.takeover === 'immediate'),
    standbyRate: reals(({ standby }) => (standby.kind === 'cold' ? 0 : standby.rateFactor)),
    stateful: flags((group) => group.state.stateful),
    stateRequired: flags((group) => group.state.required),
    cleanLoss: reals(cleanLoss),
    store: ints((group) => (group.state.protection === 'external' ? storeOf(group.state.store) : -1)),
    replication: ints((group) => (isReplicated(group) ? elementOf(group.state.replication, -1) : -1)),
    peerState: flags(isReplicated),
    reattachLaw: ints((group) => laws.add({ kind: 'deterministic', value: group.state.reattach })),
    reattachSlot: ints((_, i) => context.reattachSlot(i)),
    retryLaw: ints((group) => (group.retry > 0 ? laws.add({ kind: 'calendar', period: group.retry, phase: 0 }) : -1)),
    carriers: ints(carriersOf),
    required: ints(({ sharing }) => sharing?.required ?? 0),
    unitCapacity: reals(({ sharing }) => (sharing === undefined ? 1 : sharing.unitCapacity / sharing.load)),
    ring: flags(({ state }) => state.stateful && state.protection === 'peer-ring'),
    stateForAll: flags(({ state }) => state.stateForAll ?? true),
    storeFails: flags(({ state }) => state.stateful && state.storeMode === 'fail' && state.store !== undefined),
    switchBack: ints((_, i) => programs[i]!.switchBack),
    catchUp: ints((_, i) => programs[i]!.catchUp),
    dormant: ints((group) => group.dormant ?? -1),
    removal: ints((_, i) => programs[i]!.removal),
    scaleOut: ints((_, i) => programs[i]!.scaleOut),
    scaleIn: ints((_, i) => programs[i]!.scaleIn),
    confirmLaw: ints(({ detection }) => (detection.confirm === undefined ? -1 : laws.add(detection.confirm.latency))),
    confirmNeedStart: confirmNeeds.start,
    confirmNeed: confirmNeeds.items,
    failoverDeadline: reals((group) => group.failoverDeadline * MICROSECONDS_PER_SECOND),
    failoverTarget: reals((group) => group.failoverTarget * MICROSECONDS_PER_SECOND),
    room: Int32Array.from(context.rooms.of),
    inPlace: flags((group) => group.placement.replacement === 'in-place'),
    slotsPerMember: ints((group) => group.placement.slots),
    demand: demandOf(scenario),
    spreadLevel: Int8Array.from(groups.map(([, group]) => spreadLevelOf(group))),
    spreadHard: flags((group) => group.placement.antiAffinity.hard),
    withinLevel: Int8Array.from(groups.map(([, { placement }]) => withinLevelOf(placement.replacement))),
    internal: flags((group) => group.existing !== undefined),
    switchover: ints((_, i) => programs[i]!.switchover),
    failFast: ints((_, i) => programs[i]!.failFast),
    race: ints((_, i) => programs[i]!.race),
    ...faultManagementColumns(scenario, laws, context.splitSlot),
  };
}

function spreadLevelOf({ placement }: Group): number {
  const { level } = placement.antiAffinity;
  return level === 'none' ? -1 : SPREAD_LEVELS.indexOf(level);
}

function withinLevelOf(replacement: Group['placement']['replacement']): number {
  return replacement === 'recovery-region' || replacement === 'site' ? SPREAD_LEVELS.indexOf(replacement) : -1;
}

interface GroupPrograms {
  readonly remediation: number;
  readonly recovery: number;
  readonly resync: number;
  readonly catchUp: number;
  readonly removal: number;
  readonly scaleOut: number;
  readonly scaleIn: number;
  readonly switchBack: number;
  readonly escalation: number;
  readonly manual: number;
  readonly rebuild: number;
  readonly switchover: number;
  readonly failFast: number;
  readonly race: number;
}

function groupPrograms(id: string, group: Group, context: GroupContext): GroupPrograms {
  const flow = context.scenario.flows[group.flow]!;
  const program: ProgramContext = {
    flow: flow.id,
    time: (parameter) => required(group.times[parameter], `groups.${id}.times.${parameter}`),
    probability: (parameter) => required(group.probabilities[parameter], `groups.${id}.probabilities.${parameter}`),
    control: (id) => context.control(id) ?? context.signals(id)[0],
    signal: context.signal,
    queue: (need) => (need === 'slot' && group.placement.pools.length > 0 ? context.slotQueue : -1),
    limit: context.limit,
    always: [],
  };
  const applies = (step: Step): boolean => holds(step.when, group.state);
  const cold = (step: Step): Step =>
    group.standby.kind === 'cold' && step.effects.includes('promote') ? { ...step, duration: 'coldStart' } : step;
  const recoverySteps = taken(flow.recovery, applies);
  const inPlace: readonly number[] = group.placement.replacement === 'in-place' ? [NEED.host] : [];
  const recovery = context.steps.add(recoverySteps, { ...program, always: inPlace });
  const syncAt = recoverySteps.findIndex((step) => step.effects.includes('sync'));
  const joinAt = recoverySteps.findIndex((step) => step.effects.includes('join'));
  const restarts = recoverySteps.some((step) => step.effects.includes('restart'));
  const anewAt = recoverySteps.findIndex((step) => step.effects.includes('terminate'));
  const resyncAt = joinAt < 0 ? syncAt : joinAt;
  const removalAt = recoverySteps.findIndex((step) => step.effects.includes('delete'));
  const built = recoverySteps.findIndex((step) => step.effects.includes('available'));
  const byHand: Step = {
    id: 'restore-by-hand',
    by: 'operator',
    duration: 'manualRestore',
    needs: [],
    effects: ['connect-by-hand'],
    phase: 'manual',
  };
  const escalate: Step = {
    id: 'escalate',
    by: 'operator',
    duration: { kind: 'deterministic', value: group.manualEscalation },
    needs: [],
    effects: [],
    phase: 'control-wait',
  };
  const rebuild: Step = { ...byHand, effects: ['connect-by-hand', 'rebuild-by-hand'] };
  const switchBack: Step = {
    id: 'switch-back',
    by: 'operator',
    duration: 'switchover',
    needs: [],
    effects: ['revert'],
    phase: 'switchover',
  };
  // Nothing in a failover goes on without the member that takes over; where all carry traffic, all others do.
  const always: readonly number[] = LOAD_SHARING.includes(group.scheme) ? [] : [NEED.standby];
  const remediation = taken(flow.remediation, applies).map(cold);
  const failover: ProgramContext = { ...program, always };
  const redundant = group.members > 1;
  const { failFast, raceLoss } = group;
  const { scaling } = flow;
  // Only a script scales: nobody else pays for its steps.
  const scaled = (steps: readonly Step[] | undefined): number =>
    steps === undefined || group.dormant === undefined
      ? -1
      : context.steps.add(taken(steps, applies), { ...program, always: inPlace });
  return {
    remediation: context.steps.add(remediation, failover),
    switchover: redundant ? context.steps.add(switchoverSteps(remediation, group.times), failover) : -1,
    failFast:
      redundant && failFast !== undefined ? context.steps.add(failFastSteps(failFast, remediation), failover) : -1,
    race: redundant && raceLoss !== undefined ? context.steps.add([raceStep(raceLoss)], program) : -1,
    recovery,
    rebuild: restarts && anewAt >= 0 ? recovery + anewAt : -1,
    resync: built >= 0 && resyncAt > built ? recovery + resyncAt : -1,
    catchUp: built >= 0 && syncAt > built ? recovery + syncAt : -1,
    removal: removalAt < 0 ? -1 : recovery + removalAt,
    scaleOut: scaled(scaling?.out),
    scaleIn: scaled(scaling?.in),
    switchBack: group.revertive === true ? context.steps.add([switchBack], program) : -1,
    escalation: Number.isFinite(group.manualEscalation) ? context.steps.add([escalate, rebuild], program) : -1,
    manual: group.members > 1 && group.existing === undefined ? context.steps.add([byHand], program) : -1,
  };
}

const isReplicated = (group: Group): boolean => holds('state-replicated', group.state);

/**
 * Share of sessions a failover without mishap loses: all without protection, none with checkpoints, lockstep or a
 * store. A snapshot of age U(0, I) misses the sessions begun since, of those alive: E[1 − e^(−age/H)] for holding time H.
 */
function cleanLoss({ state }: Group): number {
  if (state.protection === 'none') return 1;
  if (state.protection !== 'snapshot') return 0;
  const ratio = state.snapshotInterval / state.sessionHold;
  return ratio === 0 ? 0 : 1 + Math.expm1(-ratio) / ratio;
}

/** Members that carry traffic when all is well. */
function carriersOf({ members, sharing, dormant = 0 }: Group): number {
  return sharing === undefined ? 1 : members - sharing.standbys - dormant;
}

/** Timer slots for the detectors of one member: one at least, and one for the detector that has to confirm. */
export function detectorSlots({ detection }: Group): number {
  return Math.max(1, detection.detectors.length) + (detection.confirm === undefined ? 0 : 1);
}

/** Blind windows of one member: one per detector that does not look from the start of an instance on, its agent's, its message's. */
export function blindSlots(group: Group): number {
  const { detectors, message } = group.detection;
  const delayed = detectors.filter(({ delay }) => delay !== undefined).length;
  return delayed + (installs(group) ? 1 : 0) + (message === undefined ? 0 : 1);
}

/** Window of the agent's installation among them, −1 where it is there at once. */
function agentWindow(group: Group): number {
  return installs(group) ? group.detection.detectors.filter(({ delay }) => delay !== undefined).length : -1;
}

/** Something happens to the agent after an instance has started: it is installed, or registered, or not. */
function installs({ agent }: Group): boolean {
  if (agent === undefined) return false;
  const { install } = agent;
  return agent.registered !== undefined || install.kind !== 'deterministic' || install.value > 0;
}

/** Index of each detector's own among them, −1 for none. */
function blindWindows(detectors: readonly Detector[]): number[] {
  let next = 0;
  return detectors.map(({ delay }) => (delay === undefined ? -1 : next++));
}

/** Bits of the fault layers a detector sees. */
function sees({ unseen = [] }: Detector): number {
  return FAULT_LAYERS.reduce((bits, layer, i) => (unseen.includes(layer) ? bits : bits | (1 << i)), 0);
}

function nodesOf(group: Group, list: ElementList): number[] {
  return group.placement.pools.flatMap((pool) => list.members.get(pool)!.map((name) => list.indexOf.get(name)!));
}

function detectorNeed(need: string, context: GroupContext): number[] {
  if (need === 'peer' || need === 'guest-agent' || need === 'registration') return [NEED[need]];
  const signal = context.control(need);
  return signal === undefined ? [...context.signals(need)] : [signal];
}

function required<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new Error(`${path} is used by the flow and has no value`);
  return value;
}
