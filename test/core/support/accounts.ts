import type { CompiledModel } from '../../../src/compile/model.ts';
import { SilentObserver } from '../../../src/dynamics/observer.ts';
import type { World } from '../../../src/dynamics/world.ts';
import { PARTIAL_WEIGHTS } from '../../../src/model/scenario.ts';
import { sharesLoad } from './audit-sharing.ts';

/** A ring member's sessions are with itself and with the next one. */
const COMPLETE = 1;

/** A second set of books: what a history's record must say, added up from the state after each event. Times in µs. */
export interface ServiceBook {
  up: number;
  partial: number;
  partialWeighted: number;
  total: number;
  /** Loss-free gaps shorter than the merge gap belong to the outage. */
  outages: Outage[];
  loss: number;
}

export interface Outage {
  start: number;
  end: number;
  total: boolean;
  open: boolean;
}

export interface GroupBook {
  protected: number;
  exposed: number;
  down: number;
}

export class Accounts extends SilentObserver {
  readonly services: ServiceBook[];
  readonly groups: GroupBook[];
  readonly elementDown: Float64Array;
  readonly elementFailures: Float64Array;
  /** Failovers that ended, by seat, since the seat's present case began; more than one is an error. */
  readonly doubleEnds: string[] = [];
  private readonly ends: Int32Array;
  private readonly model: CompiledModel;
  readonly from: number;
  private readonly elementsDown: Uint8Array;
  private readonly groupState: (keyof GroupBook)[];
  private since = 0;

  /** Counts from `from` on, the end of the warm-up. */
  constructor(model: CompiledModel, from: number) {
    super();
    this.model = model;
    this.from = from;
    this.services = model.names.services.map(() => ({
      up: 0,
      partial: 0,
      partialWeighted: 0,
      total: 0,
      outages: [],
      loss: 0,
    }));
    this.groups = model.names.groups.map(() => ({ protected: 0, exposed: 0, down: 0 }));
    this.groupState = model.names.groups.map(() => 'protected');
    this.elementDown = new Float64Array(model.elements.count);
    this.elementFailures = new Float64Array(model.elements.count);
    this.elementsDown = new Uint8Array(model.elements.count);
    this.ends = new Int32Array(model.seats.count);
  }

  override failed(now: number, mode: number): void {
    if (now >= this.from) this.elementFailures[this.model.modes.element[mode]!]!++;
  }

  override memberFailed(_now: number, seat: number, _serving: boolean): void {
    this.ends[seat] = 0;
  }

  override alarmed(_now: number, seat: number): void {
    this.ends[seat] = 0;
  }

  override failoverEnded(now: number, seat: number, _reason: number, _elapsed: number): void {
    if (++this.ends[seat]! > 1) this.doubleEnds.push(`${this.model.names.seats[seat]} at ${now}`);
  }

  /** The state of `w` holds from `now` on. */
  after(w: World, now: number): void {
    this.accrue(now);
    const { elements, groups } = this.model;
    for (let e = 0; e < elements.count; e++) this.elementsDown[e] = w.served[e] === 1 ? 0 : 1;
    for (let group = 0; group < groups.count; group++) this.groupState[group] = stateOf(w, group);
    this.services.forEach((book, service) => {
      const loss = lossOf(w, service);
      if (!(loss >= 0 && loss <= 1)) throw new Error(`a loss of ${loss} at ${now}`);
      const last = book.outages[book.outages.length - 1];
      if (loss > 0 && !(last?.open === true)) this.open(book, now, w.model.services.mergeGap[service]!);
      const current = book.outages[book.outages.length - 1];
      if (loss === 1 && current !== undefined) current.total = true;
      if (loss === 0 && current?.open === true) {
        current.open = false;
        current.end = now;
      }
      book.loss = loss;
    });
  }

  finish(end: number): void {
    this.accrue(end);
    for (const { outages } of this.services) {
      const last = outages[outages.length - 1];
      if (last?.open === true) last.end = end;
    }
  }

  /** Outages of a service within the observed time, those of no length left out. */
  outages(service: number): Outage[] {
    return this.services[service]!.outages.map((outage) => ({
      ...outage,
      start: Math.max(outage.start, this.from),
    })).filter(({ start, end }) => end > start);
  }

  /** Downtime, weighted by the lost share. */
  downtime(service: number): number {
    return this.services[service]!.total + this.services[service]!.partialWeighted;
  }

  private open(book: ServiceBook, now: number, mergeGap: number): void {
    const last = book.outages[book.outages.length - 1];
    if (last !== undefined && now - last.end < mergeGap) last.open = true;
    else book.outages.push({ start: now, end: now, total: false, open: true });
  }

  private accrue(now: number): void {
    const elapsed = now - Math.max(this.since, this.from);
    this.since = now;
    if (elapsed <= 0) return;
    const weights = Array.from(this.model.services.partialWeight, (code) => PARTIAL_WEIGHTS[code]!);
    for (const [i, book] of this.services.entries()) {
      if (book.loss === 0) book.up += elapsed;
      else if (book.loss === 1) book.total += elapsed;
      else {
        book.partial += elapsed;
        book.partialWeighted += weights[i]! === 'none' ? 0 : (weights[i]! === 'full' ? 1 : book.loss) * elapsed;
      }
    }
    this.groups.forEach((book, group) => {
      book[this.groupState[group]!] += elapsed;
    });
    for (let e = 0; e < this.elementsDown.length; e++) if (this.elementsDown[e] === 1) this.elementDown[e]! += elapsed;
  }
}

/** SEM-01, SEM-04: the loss of a service from the shares of its terms. */
export function lossOf(w: World, service: number): number {
  const { services } = w.model;
  const losses: number[] = [];
  for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) {
    losses.push(1 - w.served[services.term[i]!]!);
  }
  const loss =
    services.aligned[service] === 1 ? Math.max(0, ...losses) : 1 - losses.reduce((kept, lost) => kept * (1 - lost), 1);
  return loss > 0 && 1 - loss <= services.minServiceFraction[service]! ? 1 : loss;
}

/** SEM-24: a detector has not found the member yet, or its agent is not there yet; being told is something else. */
function waitsForDetectors(w: World, seat: number): boolean {
  const { slots, seats, groups } = w.model;
  const told = groups.messageBlind[seats.group[seat]!]!;
  return slots.blindSeat.some((owner, i) => {
    const slot = slots.blind + i;
    return owner === seat && slot !== seats.blindSlot[seat]! + told && w.isRunning(slot);
  });
}

function stateOf(w: World, group: number): keyof GroupBook {
  const { groups, elements } = w.model;
  if (w.served[elements.count + group] === 0) return 'down';
  for (let seat = groups.seatStart[group]!; seat < groups.seatStart[group + 1]!; seat++) {
    if (w.down[seat] === 1 || w.synced[seat] === 0 || w.suspect[seat] !== 0) return 'exposed';
    if (sharesLoad(w.model, group) && w.rotation[seat] === 0) return 'exposed';
    if (groups.ring[group] === 1 && w.copy[seat] !== COMPLETE) return 'exposed';
    if (waitsForDetectors(w, seat)) return 'exposed';
  }
  return 'protected';
}
