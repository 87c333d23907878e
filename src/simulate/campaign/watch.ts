import type { CompiledModel } from '../../compile/model.ts';
import { SilentObserver } from '../../dynamics/observer.ts';
import { readServiceLoss, ServiceLoss } from '../../dynamics/service.ts';
import type { World } from '../../dynamics/world.ts';

/** Ended failover: seat, reason (−1 success), µs since its fault. */
export interface EndedFailover {
  readonly seat: number;
  readonly reason: number;
  readonly elapsed: number;
}

/** Adds up what each service loses in one injection, µs; `begin` starts the next one. */
export class CampaignWatch extends SilentObserver {
  readonly outage: Float64Array;
  readonly longest: Float64Array;
  readonly down: Float64Array;
  readonly lost: Float64Array;
  readonly worst: Float64Array;
  readonly failovers: EndedFailover[] = [];
  /** Last instant at which a service's loss changed, and at which anything did. */
  lastLoss = 0;
  lastChange = 0;
  private readonly loss: Float64Array;
  private readonly since: Float64Array;
  private readonly outageSince: Float64Array;
  private readonly reading: ServiceLoss;
  private readonly services: number;
  private world: World | undefined;

  constructor(model: CompiledModel) {
    super();
    this.services = model.services.visible;
    const column = (): Float64Array => new Float64Array(this.services);
    this.outage = column();
    this.longest = column();
    this.down = column();
    this.lost = column();
    this.worst = column();
    this.loss = column();
    this.since = column();
    this.outageSince = column();
    this.reading = new ServiceLoss(model.services.term.length);
  }

  begin(world: World): void {
    this.world = world;
    for (const column of [this.outage, this.longest, this.down, this.lost, this.worst, this.loss]) column.fill(0);
    this.failovers.length = 0;
    this.lastLoss = 0;
    this.lastChange = 0;
  }

  /** Present loss of a service, 0 … 1. */
  lossOf(service: number): number {
    return this.loss[service]!;
  }

  /** Closes the books at `now`. */
  end(now: number): void {
    for (let service = 0; service < this.services; service++) {
      this.accrue(service, now);
      if (this.loss[service]! > 0) this.closeOutage(service, now);
    }
  }

  override serviceChanged(now: number, service: number): void {
    if (service >= this.services) return;
    this.accrue(service, now);
    readServiceLoss(this.world!, service, this.reading);
    const { loss } = this.reading;
    const before = this.loss[service]!;
    if (loss === before) return;
    this.lastLoss = now;
    if (before === 0) this.outageSince[service] = now;
    if (loss === 0) this.closeOutage(service, now);
    if (loss > this.worst[service]!) this.worst[service] = loss;
    this.loss[service] = loss;
  }

  override failoverEnded(_now: number, seat: number, reason: number, elapsed: number): void {
    this.failovers.push({ seat, reason, elapsed });
  }

  override elementChanged(now: number): void {
    this.lastChange = now;
  }

  override marked(now: number): void {
    this.lastChange = now;
  }

  private closeOutage(service: number, now: number): void {
    const length = now - this.outageSince[service]!;
    if (length > this.longest[service]!) this.longest[service] = length;
  }

  private accrue(service: number, now: number): void {
    const elapsed = now - this.since[service]!;
    const loss = this.loss[service]!;
    this.since[service] = now;
    if (loss === 0) return;
    this.outage[service]! += elapsed;
    if (loss === 1) this.down[service]! += elapsed;
    this.lost[service]! += loss * elapsed;
  }
}
