import { campaignSteps, guestPrograms } from '../catalogue/upgrade-flows.ts';
import type { Step } from '../model/flow.ts';
import type { FailureMode, Scenario } from '../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { DESTINATIONS, UPGRADE_ORDERS, type Upgrade } from '../model/upgrade.ts';
import type { ElementList } from './elements.ts';
import type { ElementTable, GroupTable, ModeTable, RoomTable, StrikeTable, TrackTable, UpgradeTable } from './model.ts';
import { BOUND, TRACK } from './model.ts';
import { lowerBound, packRows } from './rows.ts';
import type { ProgramContext, StepList } from './steps.ts';

/** A campaign before it becomes rows of tables: its starts, and the failure mode each of its targets gets. */
export interface UpgradeDraft {
  readonly id: string;
  readonly upgrade: Upgrade;
  /** Of its own element: the first start of a periodic campaign, then the start that is the root of all it does. */
  readonly starts: readonly FailureMode[];
  /** One per target. */
  readonly struck: readonly FailureMode[];
}

/** Campaigns as drafts; they ask nothing of the rest of the scenario. */
export function listUpgrades(scenario: Scenario): readonly UpgradeDraft[] {
  return Object.entries(scenario.upgrades ?? {}).map(([id, upgrade]): UpgradeDraft => {
    const facts = { cause: 'procedural', bucket: upgrade.bucket, party: upgrade.bucket, planned: true } as const;
    const period = SECONDS_PER_YEAR / upgrade.perYear;
    const start = (mode: string, timeToFailure: FailureMode['timeToFailure']): FailureMode => ({
      id: mode,
      timeToFailure,
      restore: { by: 'replacement' },
      ...facts,
    });
    const starts =
      upgrade.start === 'random'
        ? [start('start', { kind: 'exponential', mean: period })]
        : [
            start('first', { kind: 'uniform', low: 0, high: period }),
            start('start', { kind: 'deterministic', value: period }),
          ];
    const constrained = new Set(upgrade.constraints.map(([, later]) => later));
    const how = upgrade.mode === 'forced' ? 'forced' : 'announced';
    // Targets that come back alike share one mode, and with it the program that brings them back.
    const modes = new Map<boolean, FailureMode>();
    const struck = upgrade.targets.map((_, target): FailureMode => {
      const known = modes.get(constrained.has(target));
      if (known !== undefined) return known;
      const mode: FailureMode = {
        id: `${id}:upgrade`,
        timeToFailure: { kind: 'never' },
        restore: { by: 'itself', after: upgrade.nodeTime },
        upgrade: { how, constrained: constrained.has(target) },
        ...facts,
      };
      modes.set(constrained.has(target), mode);
      return mode;
    });
    return { id, upgrade, starts, struck };
  });
}

/** The modes that campaigns bring, by name of the element they take out. */
export function struckByUpgrades(drafts: readonly UpgradeDraft[]): Map<string, readonly FailureMode[]> {
  const struck = new Map<string, readonly FailureMode[]>();
  for (const { upgrade, struck: modes } of drafts) {
    upgrade.targets.forEach((name, i) => {
      struck.set(name, [...(struck.get(name) ?? []), modes[i]!]);
    });
  }
  return struck;
}

interface Context {
  readonly drafts: readonly UpgradeDraft[];
  readonly scenario: Scenario;
  readonly list: ElementList;
  readonly modes: ModeTable;
  readonly strikes: StrikeTable;
  readonly tracks: TrackTable;
  readonly elements: ElementTable;
  readonly groups: GroupTable;
  readonly rooms: RoomTable;
  /** First of the random streams for choices of campaigns. */
  readonly firstStream: number;
}

export type UpgradePrograms = Pick<UpgradeTable, 'program' | 'switchover' | 'pause' | 'swap'>;

/** Programs of campaigns and of what they start on members. */
export function upgradePrograms(drafts: readonly UpgradeDraft[], steps: StepList): UpgradePrograms {
  const context = (flow: string, always: readonly number[]): ProgramContext => ({
    flow,
    time: none,
    probability: none,
    control: () => undefined,
    queue: () => -1,
    always,
  });
  const guests = drafts.map(({ upgrade }) => guestPrograms(upgrade));
  const onGuest = (pick: (programs: ReturnType<typeof guestPrograms>) => Step, always: readonly number[]): Int32Array =>
    Int32Array.from(guests.map((programs) => steps.add([pick(programs)], context('FL-18', always))));
  return {
    program: Int32Array.from(drafts.map(({ upgrade }) => steps.add(campaignSteps(upgrade), context('FL-18', [])))),
    switchover: onGuest(({ switchover }) => switchover, []),
    pause: onGuest(({ pause }) => pause, []),
    swap: onGuest(({ swap }) => swap, []),
  };
}

/** Campaigns as columns; what is attributed to the mode of a target belongs to the start of its campaign. */
export function compileUpgrades(context: Context, programs: UpgradePrograms): UpgradeTable {
  const { drafts, list, modes, strikes, tracks, groups, elements } = context;
  const campaignOf = new Int32Array(drafts.length === 0 ? 0 : modes.count).fill(-1);
  const rootOf = Int32Array.from(strikes.source);
  const first = new Int32Array(drafts.length).fill(-1);
  const start = new Int32Array(drafts.length);
  const targets: number[][] = [];
  const targetMode: number[] = [];
  const before: number[][] = [];
  drafts.forEach(({ id, upgrade, starts, struck }, campaign) => {
    const own = lowerBound(modes.element, list.indexOf.get(id)!);
    starts.forEach((_, i) => {
      campaignOf[own + i] = campaign;
    });
    start[campaign] = own + starts.length - 1;
    if (starts.length > 1) {
      first[campaign] = own;
      rootOf[own] = start[campaign]!;
    }
    const offset = targetMode.length;
    targets.push(upgrade.targets.map((name) => list.indexOf.get(name)!));
    upgrade.targets.forEach((name, i) => {
      const element = list.indexOf.get(name)!;
      const mode = lowerBound(modes.element, element) + list.elements[element]!.failures.indexOf(struck[i]!);
      targetMode.push(mode);
      rootOf[mode] = start[campaign]!;
      before.push(upgrade.constraints.filter(([, later]) => later === i).map(([earlier]) => offset + earlier));
    });
  });
  const targetRows = packRows(targets);
  const beforeRows = packRows(before);
  const groupRows = packRows(targets.map((some) => groupsConcerned(some, context)));
  const column = (pick: (upgrade: Upgrade) => number): number[] => drafts.map(({ upgrade }) => pick(upgrade));
  const firstTrack = tracks.kind.indexOf(TRACK.upgrade);
  return {
    count: drafts.length,
    campaignOf,
    rootOf,
    first,
    start,
    track: Int32Array.from(drafts, (_, campaign) => firstTrack + campaign),
    ...programs,
    replaces: Uint8Array.from(column(({ mode }) => (mode === 'replace' ? 1 : 0))),
    degradation: Float64Array.from(column(({ copyDegradation }) => copyDegradation)),
    batch: Int32Array.from(column(({ batch }) => batch)),
    order: Uint8Array.from(column(({ order }) => UPGRADE_ORDERS.indexOf(order))),
    destination: Uint8Array.from(column(({ destination }) => DESTINATIONS.indexOf(destination))),
    targetStart: targetRows.start,
    target: targetRows.items,
    targetMode: Int32Array.from(targetMode),
    beforeStart: beforeRows.start,
    before: beforeRows.items,
    groupStart: groupRows.start,
    group: groupRows.items,
    live: Uint8Array.from(column(({ mode }) => (mode === 'migrate' ? 1 : 0))),
    bound: Uint8Array.from(Object.values(context.scenario.groups), (group, i) =>
      groups.inPlace[i] === 1 || groups.room[i]! < 0
        ? BOUND.place
        : group.passthrough === true
          ? BOUND.hardware
          : BOUND.free,
    ),
    targetStream: Int32Array.from(drafts, (_, campaign) => context.firstStream + campaign),
    moveStream: Int32Array.from(
      { length: drafts.length === 0 ? 0 : elements.seat.reduce((most, seat) => Math.max(most, seat + 1), 0) },
      (_, seat) => context.firstStream + drafts.length + seat,
    ),
  };
}

/** Groups that members of live on the targets, or may; and those whose members are targets. */
function groupsConcerned(targets: readonly number[], { elements, groups, rooms, list }: Context): number[] {
  const found = new Set<number>();
  const nodes = new Set(targets);
  for (const target of targets) {
    const seat = elements.seat[target]!;
    if (seat >= 0) found.add(list.seats[seat]!.group);
  }
  for (let group = 0; group < groups.count; group++) {
    const room = groups.room[group]!;
    if (room < 0) continue;
    for (let i = rooms.nodeStart[room]!; i < rooms.nodeStart[room + 1]!; i++) {
      if (nodes.has(rooms.node[i]!)) found.add(group);
    }
  }
  return [...found].filter((group) => groups.internal[group] === 0).sort((a, b) => a - b);
}

/** Random streams that campaigns need: one each, and one per member for where it goes. */
export const upgradeStreams = (drafts: number, seats: number): number => (drafts === 0 ? 0 : drafts + seats);

function none(what: string): never {
  throw new Error(`steps of a campaign have no parameter ${what}`);
}
