import { type CompiledModel, isOfSeat, TRACK } from '../../compile/model.ts';
import { Influence } from '../../compile/slice/influence.ts';
import { type ServiceSlice, signalsOf, sliceServices } from '../../compile/slice/services.ts';
import type { CycleTotals } from '../../measures/cycles/cycle-totals.ts';
import { attributionKey, attributionParts } from '../../measures/history-record.ts';
import { shapeOf } from '../history-watch.ts';
import { type FailureClasses, type Foreground, failureClasses } from './failure-classes.ts';

/**
 * What cycles of one service look at: whatever can influence it, so that an incident costs what it costs in a cloud of
 * that service alone.
 */

interface Known {
  readonly influence: Influence;
  readonly slices: Map<number, ServiceSlice | undefined>;
}

const known = new WeakMap<CompiledModel, Known>();

/** Elements from which on other services are left out even where nothing else can be: their gates may be over everything. */
const LARGE = 256;

/** The service with all that can influence it; undefined where that is all of a small model, whose draws stay as they are. */
export function ownSlice(model: CompiledModel, service: number): ServiceSlice | undefined {
  let all = known.get(model);
  if (all === undefined) {
    all = { influence: new Influence(model), slices: new Map() };
    known.set(model, all);
  }
  if (!all.slices.has(service)) {
    const slice = sliceServices(model, [service], all.influence);
    const isWhole = slice.model.elements.count === model.elements.count && model.elements.count < LARGE;
    all.slices.set(service, isWhole ? undefined : slice);
  }
  return all.slices.get(service);
}

/** The model that cycles of the service run on, and the service's place there. */
export function ownModel(
  model: CompiledModel,
  service: number,
): { readonly model: CompiledModel; readonly place: number } {
  const slice = ownSlice(model, service);
  return slice === undefined
    ? { model, place: service }
    : { model: slice.model, place: slice.places.service[service]! };
}

/** Tells the attribution of cycles of the service's own slice in the failure modes of the whole model. */
export function tellInWhole(model: CompiledModel, service: number, { attribution }: CycleTotals): void {
  const slice = ownSlice(model, service);
  if (slice === undefined) return;
  const [whole, own] = [shapeOf(model), shapeOf(slice.model)];
  const told = [...attribution].map(([key, time]): [number, number] => {
    const { mode, phase } = attributionParts(own, key);
    return [attributionKey(whole, service, mode < 0 ? mode : slice.rows.mode[mode]!, phase), time];
  });
  attribution.clear();
  for (const [key, time] of told) attribution.set(key, time);
}

/**
 * What the service depends on by itself, and not because it competes with others for something finite, a crew or slots
 * (methods §2.10: these are the background); undefined where there is no other.
 */
export function foreground(model: CompiledModel, service: number): Foreground | undefined {
  const influence = new Influence(model, undefined, false);
  const cone = influence.coneOf(signalsOf(model, [service]));
  const { elements, seats, slots, tracks } = model;
  const has = (element: number): number => (cone.has(influence.entityOf(element)) ? 1 : 0);
  const ofSeat = (seat: number): number => (cone.has(elements.count + seats.group[seat]!) ? 1 : 0);
  const modes = Uint8Array.from(model.modes.element, has);
  if (!modes.includes(0)) return undefined;
  const streams = new Uint8Array(slots.streams).fill(1);
  streams.set(modes);
  for (let track = 0; track < tracks.count; track++) {
    const kind = tracks.kind[track]!;
    const owner = tracks.owner[track]!;
    if (kind === TRACK.restore) streams[slots.count + track] = has(owner);
    else if (isOfSeat(kind)) streams[slots.count + track] = ofSeat(owner);
  }
  // Coverage and containment of the members come after the outcomes of tracks.
  for (let seat = 0; seat < seats.count; seat++) {
    streams[slots.count + tracks.count + seat] = ofSeat(seat);
    streams[slots.count + tracks.count + seats.count + seat] = ofSeat(seat);
  }
  return { modes, seats: Uint8Array.from(seats.group, (_, seat) => ofSeat(seat)), streams };
}

/** Failure classes by which incidents of a service are sampled: what it depends on by itself apart from all else. */
export function classesOf(model: CompiledModel, service: number): FailureClasses {
  const plain = failureClasses(model);
  const own = plain.ageing ? undefined : foreground(model, service);
  return own === undefined ? plain : failureClasses(model, own);
}
