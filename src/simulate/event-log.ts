import { type CompiledModel, TRACK } from '../compile/model.ts';
import { SilentObserver, type StepOutcome } from '../dynamics/observer.ts';
import { CloudProcess } from '../dynamics/process.ts';
import { readServiceLoss, ServiceLoss } from '../dynamics/service.ts';
import type { World } from '../dynamics/world.ts';
import { run } from '../kernel/run.ts';
import type { ClusterEvent, EventLogHeader, LoggedEvent } from '../model/events.ts';
import { FAILOVER_REASONS, MARKS } from '../model/flow.ts';
import { CAUSES, type Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../model/time.ts';
import { ClusterBook } from './cluster-book.ts';
import { HistoryClocks } from './history-clocks.ts';

/** Which history, and how it is told apart. */
export interface LoggedHistory {
  readonly scenario: { readonly name: string; readonly digest: string };
  readonly seed: string;
  readonly history: number;
  readonly years: number;
  /** Seconds. */
  readonly warmUp: number;
  /** Of the scenario: those that are clusters have events and records of their own. Absent: nobody asks for these. */
  readonly groups?: Scenario['groups'];
}

/**
 * Everything that happened in one history, event by event (B-69): the same history as `HistoryRunner` runs, since a
 * history is a pure function of model, seed and index. `write` gets the header, then the events in order.
 */
export function logHistory(
  model: CompiledModel,
  plan: LoggedHistory,
  write: (line: EventLogHeader | LoggedEvent) => void,
): void {
  const { scenario, seed, history, years, warmUp } = plan;
  const start = Math.round(warmUp * MICROSECONDS_PER_SECOND);
  const end = start + Math.round(years * MICROSECONDS_PER_YEAR);
  const seconds = (micros: number): number => micros / MICROSECONDS_PER_SECOND;
  write({ format: 'carriergrade/events/1', scenario, seed, history, start: seconds(start), end: seconds(end) });
  const clocks = new HistoryClocks(model, seed);
  const log = new EventLog(model, plan.groups ?? {}, write);
  const process = new CloudProcess(model, clocks, log);
  log.begin(process.world);
  clocks.begin(history);
  process.reset();
  log.created();
  const handler = {
    fire(slot: number, now: number): void {
      clocks.now = now;
      process.fire(slot, now);
    },
  };
  run(clocks.timers, handler, end);
  process.finish(end);
}

/** Events that show the records of their cluster. */
const RECORDED: readonly ClusterEvent[] = ['cluster-created', 'recovery-start', 'recovery-completed'];

/** Writes events down as they happen, each with what it follows from. */
class EventLog extends SilentObserver {
  private readonly model: CompiledModel;
  private readonly write: (event: LoggedEvent) => void;
  private readonly loss: ServiceLoss;
  private world!: World;
  private id = 0;
  /** Per mode: its last event of its own; per seat: the event that opened its case. 0: none. */
  private readonly faultOf: Int32Array;
  private readonly caseOf: Int32Array;
  private readonly lost: Float64Array;
  private readonly book: ClusterBook;

  constructor(model: CompiledModel, groups: Scenario['groups'], write: (event: LoggedEvent) => void) {
    super();
    this.model = model;
    this.write = write;
    this.loss = new ServiceLoss(model.services.term.length);
    this.faultOf = new Int32Array(model.modes.count);
    this.caseOf = new Int32Array(model.seats.count);
    this.lost = new Float64Array(model.services.count);
    this.book = new ClusterBook(model, groups, (now, event, group, seat, entity, value) =>
      this.ofCluster(now, event, group, seat, entity, value),
    );
  }

  begin(world: World): void {
    this.world = world;
  }

  /** Everything is up: the clusters are there. */
  created(): void {
    this.book.begin(this.world, 0);
  }

  override groupChanged(now: number, group: number): void {
    this.book.groupChanged(now, group);
  }

  override failed(now: number, mode: number): void {
    const { names, modes } = this.model;
    this.beginning(now, 'fail', names.elements[modes.element[mode]!]!, mode);
  }

  override alarmed(now: number, seat: number): void {
    const mode = this.world.caseRoot[seat]! - 1;
    this.caseOf[seat] = this.beginning(now, 'false-alarm', this.model.names.seats[seat]!, mode);
  }

  override expected(now: number, seat: number, mode: number): void {
    this.beginning(now, 'predicted', this.model.names.seats[seat]!, mode);
  }

  override elementChanged(now: number, element: number, up: boolean): void {
    const mode = this.world.root[element]! - 1;
    this.note(now, up ? 'element-up' : 'element-down', this.model.names.elements[element]!, mode, '');
  }

  override memberFailed(now: number, seat: number, serving: boolean): void {
    const value = serving ? 'serving' : 'standby';
    this.caseOf[seat] = this.note(now, 'member-failed', this.model.names.seats[seat]!, this.rootOf(seat), value);
  }

  override marked(now: number, seat: number, mark: number): void {
    this.ofCase(now, 'mark', seat, MARKS[mark]!);
    this.book.marked(now, seat, mark);
  }

  override elementMarked(now: number, element: number, mark: number): void {
    const root = this.world.root[element]! - 1;
    this.note(now, 'mark', this.model.names.elements[element]!, root, MARKS[mark]!);
  }

  override caseClosed(now: number, seat: number): void {
    this.ofCase(now, 'case-closed', seat, '');
    this.book.caseClosed(now, seat);
  }

  override failoverEnded(now: number, seat: number, reason: number, _elapsed: number): void {
    this.ofCase(now, 'failover', seat, reason < 0 ? 'success' : FAILOVER_REASONS[reason]!);
  }

  override switchedOver(now: number, group: number): void {
    this.note(now, 'switchover', this.model.names.groups[group]!, this.world.plannedRoot[group]! - 1, '');
  }

  override raced(now: number, group: number): void {
    this.note(now, 'race', this.model.names.groups[group]!, this.world.lastRoot[group]! - 1, '');
  }

  override sessionsLost(now: number, group: number, share: number): void {
    this.note(now, 'sessions-lost', this.model.names.groups[group]!, this.world.lastRoot[group]! - 1, share);
  }

  override stepChanged(now: number, track: number, step: number, outcome: StepOutcome): void {
    const { tracks, names } = this.model;
    const owner = tracks.owner[track]!;
    const value = `${names.steps[step]!.id} ${outcome}`;
    const kind = tracks.kind[track]!;
    this.book.stepChanged(now, track, step, outcome);
    if (kind === TRACK.restore) this.note(now, 'step', names.elements[owner]!, this.world.root[owner]! - 1, value);
    else if (kind === TRACK.shop || kind === TRACK.upgrade)
      this.note(now, 'step', names.stream(tracks.firstSlot + track)[0], -1, value);
    else this.ofCase(now, 'step', owner, value);
  }

  override serviceChanged(now: number, service: number): void {
    readServiceLoss(this.world, service, this.loss);
    const { loss, count, mode, weight } = this.loss;
    if (loss === this.lost[service]) return;
    this.lost[service] = loss;
    let most = -1;
    for (let i = 0; i < count; i++) if (most < 0 || weight[i]! > weight[most]!) most = i;
    this.note(now, 'service', this.model.names.services[service]!, most < 0 ? -1 : mode[most]!, loss);
  }

  /** An event that nothing in the model has brought about: later ones follow from it. */
  private beginning(now: number, event: LoggedEvent['event'], entity: string, mode: number): number {
    const id = this.id + 1;
    if (mode >= 0) this.faultOf[mode] = id;
    return this.put(now, event, entity, 0, mode, mode < 0 ? '' : this.model.names.modes[mode]!);
  }

  private note(now: number, event: LoggedEvent['event'], entity: string, mode: number, value: string | number): number {
    return this.put(now, event, entity, mode < 0 ? 0 : this.faultOf[mode]!, mode, value);
  }

  private ofCase(now: number, event: LoggedEvent['event'], seat: number, value: string): void {
    this.put(now, event, this.model.names.seats[seat]!, this.caseOf[seat]!, this.rootOf(seat), value);
  }

  private ofCluster(
    now: number,
    event: ClusterEvent,
    group: number,
    seat: number,
    entity: string,
    value: string,
  ): void {
    const parent = seat < 0 ? 0 : this.caseOf[seat]!;
    const records = RECORDED.includes(event)
      ? { record: this.book.record(group), members: this.book.members(group) }
      : {};
    this.put(now, event, entity, parent, seat < 0 ? -1 : this.rootOf(seat), value, records);
  }

  private put(
    now: number,
    event: LoggedEvent['event'],
    entity: string,
    parent: number,
    mode: number,
    value: string | number,
    records: Pick<LoggedEvent, 'record' | 'members'> = {},
  ): number {
    const fault = mode < 0 ? 0 : this.faultOf[mode]!;
    this.write({
      id: ++this.id,
      parent: parent === 0 ? null : parent,
      t: now / MICROSECONDS_PER_SECOND,
      event,
      entity,
      fault: fault === 0 ? null : fault,
      cause: mode < 0 ? null : CAUSES[this.model.modes.cause[mode]!]!,
      value,
      ...records,
    });
    return this.id;
  }

  private rootOf(seat: number): number {
    return this.world.caseRoot[seat]! - 1;
  }
}
