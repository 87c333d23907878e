import type { CompiledModel } from '../../compile/model.ts';
import { SilentObserver } from '../../dynamics/observer.ts';
import { readServiceLoss, ServiceLoss } from '../../dynamics/service.ts';
import type { World } from '../../dynamics/world.ts';
import type { RootWitness } from './roots/root-states.ts';

/** Counts the incidents of a history that hurt one service. */
export class HarmWitness extends SilentObserver implements RootWitness {
  events = 0;
  harmful = 0;
  /** From the start of the history to that of its last incident, which is not counted, µs. */
  time = 0;
  private readonly service: number;
  private readonly loss: ServiceLoss;
  private world!: World;
  private lostSince = 0;
  private isLost = false;
  private hurts = false;

  constructor(model: CompiledModel, service: number) {
    super();
    this.service = service;
    this.loss = new ServiceLoss(model.services.term.length);
  }

  begin(world: World): void {
    this.world = world;
  }

  incidentBegins(now: number, events: number): void {
    this.events = events;
    if (this.hurts) this.harmful++;
    this.hurts = false;
    this.time = now;
  }

  override serviceChanged(now: number, service: number): void {
    if (service !== this.service) return;
    if (this.isLost && now > this.lostSince) this.hurts = true;
    readServiceLoss(this.world, service, this.loss);
    this.isLost = this.loss.counted > 0;
    this.lostSince = now;
  }
}
