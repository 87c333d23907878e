import { type CompiledModel, TRACK } from '../compile/model.ts';
import { SilentObserver, type StepOutcome } from '../dynamics/observer.ts';
import { readServiceLoss, ServiceLoss } from '../dynamics/service.ts';
import type { World } from '../dynamics/world.ts';
import { FAILOVER_REASONS, MARKS, type Mark, PHASES } from '../model/flow.ts';
import type { ClusterState, Trace, TraceService, TraceStep } from '../model/result.ts';
import { ELEMENT_KINDS, type Injection, type Scenario } from '../model/scenario.ts';
import { type Side, sideOf } from '../model/side.ts';
import { MICROSECONDS_PER_SECOND } from '../model/time.ts';
import { ClusterBook } from './cluster-book.ts';
import { PathMonitor } from './path-monitor.ts';
import { mainInjection } from './scripted-strike.ts';
import { type UsersBehindGroups, usersBehindGroups } from './users-behind-groups.ts';

const OF_GUEST: ReadonlySet<number> = new Set([ELEMENT_KINDS.indexOf('guest'), ELEMENT_KINDS.indexOf('app')]);

interface ServiceAccount {
  since: number;
  loss: number;
  outage: number;
  down: number;
  lost: number;
  sessions: number;
  moved: number;
}

/** Writes down every step of a scripted run, the marks of its main case and what each service lost. */
export class TraceWatch extends SilentObserver {
  private readonly model: CompiledModel;
  private readonly scenario: Scenario;
  private readonly origin: number;
  private readonly steps: TraceStep[] = [];
  private readonly marks = new Map<Mark, number>();
  private readonly accounts: ServiceAccount[];
  private readonly loss: ServiceLoss;
  private world: World | undefined;
  private readonly monitor: PathMonitor;
  /** Verdicts of the path monitor at instant `looked`, by site. */
  private readonly looks = new Map<string, string>();
  private looked = -1;
  /** Seat and element the marks belong to: the first struck at or after the origin. */
  private mainSeat = -1;
  private mainElement = -1;
  private mode = '';
  private readonly book: ClusterBook;
  private readonly behind: UsersBehindGroups;
  private before: Readonly<Record<string, ClusterState>> = {};

  constructor(model: CompiledModel, scenario: Scenario, origin: number) {
    super();
    this.model = model;
    this.scenario = scenario;
    this.origin = origin;
    this.monitor = new PathMonitor(model, scenario);
    this.loss = new ServiceLoss(model.services.term.length);
    this.behind = usersBehindGroups(model);
    this.book = new ClusterBook(model, scenario.groups, (now, event, _group, _seat, entity, value) => {
      this.note(now, event, value, entity, event === 'ping-failure' ? 'monitor' : 'cluster');
    });
    this.accounts = model.names.services.map(() => ({
      since: 0,
      loss: 0,
      outage: 0,
      down: 0,
      lost: 0,
      sessions: 0,
      moved: 0,
    }));
  }

  /** What is watched; before the first event. */
  attach(world: World): void {
    this.world = world;
  }

  /** Everything is up; `now`: instant of the first event of the script. */
  begin(now: number): void {
    this.book.begin(this.world!, now);
    this.before = this.clusters();
  }

  private clusters(): Readonly<Record<string, ClusterState>> {
    const states = this.book.groups.map((group): readonly [string, ClusterState] => [
      this.model.names.groups[group]!,
      { record: this.book.record(group), members: this.book.members(group) },
    ]);
    return Object.fromEntries(states);
  }

  override caseClosed(now: number, seat: number): void {
    this.book.caseClosed(now, seat);
  }

  override groupChanged(now: number, group: number): void {
    this.book.groupChanged(now, group);
  }

  override failed(now: number, mode: number): void {
    const element = this.model.modes.element[mode]!;
    if (this.mainElement < 0 && now >= this.origin) {
      this.mainElement = element;
      this.mode = this.model.names.modes[mode]!;
      this.marks.set('failed', 0);
    }
    this.note(now, 'fail', this.model.names.modes[mode]!, this.model.names.elements[element]!, 'fault');
  }

  override elementChanged(now: number, element: number, up: boolean): void {
    if (up) this.note(now, 'restore', 'up', this.model.names.elements[element]!, 'element');
  }

  override memberFailed(now: number, seat: number, serving: boolean): void {
    if (this.mainSeat < 0 && now >= this.origin) this.mainSeat = seat;
    this.note(now, 'member-failed', serving ? 'serving' : 'standby', this.model.names.seats[seat]!, 'fault');
  }

  override marked(now: number, seat: number, mark: number): void {
    const name = MARKS[mark]!;
    if (seat === this.mainSeat) this.setMark(name, now);
    const verdict = name === 'localised' ? this.verdict(now, seat) : undefined;
    this.book.marked(now, seat, mark);
    if (name !== 'failed') this.note(now, name, verdict ?? 'mark', this.model.names.seats[seat]!, '');
  }

  override elementMarked(now: number, element: number, mark: number): void {
    if (element === this.mainElement) this.setMark(MARKS[mark]!, now);
  }

  override failoverEnded(now: number, seat: number, reason: number, _elapsed: number): void {
    const outcome = reason < 0 ? 'success' : FAILOVER_REASONS[reason]!;
    this.note(now, 'failover', outcome, this.model.names.seats[seat]!, '');
  }

  override sessionsLost(now: number, group: number, share: number): void {
    this.note(now, 'sessions-lost', `${share}`, this.model.names.groups[group]!, '');
    const { users } = this.model.services;
    const { behind } = this;
    for (let i = behind.start[group]!; i < behind.start[group + 1]!; i++) {
      const service = behind.service[i]!;
      this.accounts[service]!.sessions += share * users[service]! * behind.share[i]!;
    }
  }

  override sessionsMoved(now: number, group: number, share: number): void {
    this.note(now, 'sessions-moved', `${Number(share.toPrecision(12))}`, this.model.names.groups[group]!, 'port-chain');
    const { users } = this.model.services;
    const { behind } = this;
    for (let i = behind.start[group]!; i < behind.start[group + 1]!; i++) {
      const service = behind.service[i]!;
      this.accounts[service]!.moved += share * users[service]! * behind.share[i]!;
    }
  }

  override stepChanged(now: number, track: number, step: number, outcome: StepOutcome, waited: number): void {
    const { names } = this.model;
    const name = names.steps[step]!;
    this.book.stepChanged(now, track, step, outcome);
    this.steps.push({
      t: this.seconds(now),
      step: name.id,
      outcome,
      entity: this.ownerOf(track),
      by: name.by,
      flow: name.flow,
      needs: name.needs,
      waited: waited / MICROSECONDS_PER_SECOND,
      control: this.model.steps.control[step] === 1,
      side: this.sideOf(track, step),
    });
  }

  override alarmed(now: number, seat: number): void {
    if (this.mainSeat < 0 && now >= this.origin) this.mainSeat = seat;
    this.note(now, 'false-alarm', 'suspected', this.model.names.seats[seat]!, 'detector');
  }

  override switchedOver(now: number, group: number): void {
    this.note(now, 'switchover', 'done', this.model.names.groups[group]!, '');
  }

  override raced(now: number, group: number): void {
    this.note(now, 'race', 'started', this.model.names.groups[group]!, '');
  }

  override serviceChanged(now: number, service: number): void {
    if (service >= this.model.services.visible) return;
    const account = this.accounts[service]!;
    this.close(account, now);
    readServiceLoss(this.world!, service, this.loss);
    if (this.loss.loss !== account.loss) {
      account.loss = this.loss.loss;
      // 1 − 0.7 is no readable 0.3.
      this.note(
        now,
        'service',
        `lost ${Number(account.loss.toPrecision(12))}`,
        this.model.names.services[service]!,
        '',
      );
    }
  }

  /** The trace of the whole run; losses still open are counted to the present clock. */
  trace(digest: string, element: string, script: readonly Injection[]): Trace {
    const services: Record<string, TraceService> = {};
    const scaled = script.some(({ operation }) => operation === 'scaleOut' || operation === 'scaleIn');
    this.accounts.slice(0, this.model.services.visible).forEach((account, service) => {
      this.close(account, this.world!.now);
      services[this.model.names.services[service]!] = {
        outageSeconds: account.outage / MICROSECONDS_PER_SECOND,
        downSeconds: account.down / MICROSECONDS_PER_SECOND,
        lostShare: account.lost / MICROSECONDS_PER_SECOND,
        sessionsLost: account.sessions,
        ...(scaled ? { sessionsMoved: account.moved } : {}),
      };
    });
    const marks = Object.fromEntries(MARKS.map((mark) => [mark, this.marks.get(mark) ?? null])) as Record<
      Mark,
      number | null
    >;
    return {
      format: 'carriergrade/trace/1',
      scenario: { name: this.scenario.name, title: this.scenario.title, digest },
      element,
      mode: script.length === 0 ? '' : (mainInjection(script).operation ?? this.mode),
      marks,
      steps: this.steps,
      services,
      ...(this.book.groups.length === 0 ? {} : { clusters: this.changes() }),
    };
  }

  private changes(): NonNullable<Trace['clusters']> {
    const after = this.clusters();
    return Object.fromEntries(Object.entries(this.before).map(([id, before]) => [id, { before, after: after[id]! }]));
  }

  /** What the path monitor makes of its probes when a fabric reroutes; one look per instant (SEM-20b). */
  private verdict(now: number, seat: number): string | undefined {
    const group = this.model.seats.group[seat]!;
    if (this.model.groups.internal[group] === 0) return undefined;
    if (this.looked !== now) this.looks.clear();
    this.looked = now;
    const site = this.model.names.groups[group]!.split('/')[0]!;
    let verdict = this.looks.get(site);
    if (verdict === undefined) {
      verdict = this.monitor.verdict(this.world!, site);
      this.looks.set(site, verdict);
    }
    return verdict;
  }

  private close(account: ServiceAccount, now: number): void {
    const elapsed = now - account.since;
    if (account.loss > 0) account.outage += elapsed;
    if (account.loss === 1) account.down += elapsed;
    account.lost += account.loss * elapsed;
    account.since = now;
  }

  private ownerOf(track: number): string {
    const { tracks, names } = this.model;
    const owner = tracks.owner[track]!;
    const kind = tracks.kind[track];
    if (kind === TRACK.shop || kind === TRACK.upgrade) return names.stream(tracks.firstSlot + track)[0];
    return kind === TRACK.restore ? names.elements[owner]! : names.seats[owner]!;
  }

  /** The guest answers for what its members and itself do without asking a control function. */
  private sideOf(track: number, step: number): Side {
    const { tracks, steps, elements } = this.model;
    const kind = tracks.kind[track];
    if (kind === TRACK.shop || kind === TRACK.upgrade || steps.control[step] === 1) return 'infrastructure';
    if (kind === TRACK.restore && !OF_GUEST.has(elements.kind[tracks.owner[track]!]!)) return 'infrastructure';
    return sideOf('APP', PHASES[steps.phase[step]!]!);
  }

  private setMark(mark: Mark, now: number): void {
    if (!this.marks.has(mark)) this.marks.set(mark, this.seconds(now));
  }

  private note(now: number, step: string, outcome: string, entity: string, by: string): void {
    const t = this.seconds(now);
    this.steps.push({ t, step, outcome, entity, by, flow: '', needs: [], waited: 0, control: false, side: null });
  }

  private seconds(now: number): number {
    return (now - this.origin) / MICROSECONDS_PER_SECOND;
  }
}
