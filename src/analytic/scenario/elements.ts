import { isInstant } from '../../compile/laws.ts';
import { type CompiledModel, MANIFESTATION, NEED, ON_FAILURE } from '../../compile/model.ts';
import { meanRestore, stepsOf } from '../../compile/programs.ts';
import { isLatent, testIntervals } from '../../compile/proof-tests.ts';
import { mayQueue } from '../../compile/slice/couplings.ts';
import { type Law, mean, moment } from '../../model/law.ts';
import { isShock, shockName, shocksOn } from './shocks.ts';

/** Long-run figures of an element by itself, while what it runs on is up. */
export interface ElementFigures {
  /** Failures per second of operation. */
  readonly rate: number;
  /** Those among them that take any time to restore. */
  readonly interruptions: number;
  /** Mean downtime per failure, s; 0 without failures. */
  readonly meanDown: number;
  readonly unavailability: number;
}

/** Own figures: competing failure modes, each with its mean time to restore. A frozen clock fails nothing (no modes). */
export function elementFigures(model: CompiledModel, element: number): ElementFigures {
  const { elements, modes, laws } = model;
  let rate = 0;
  let interruptions = 0;
  let downPerUp = 0;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    // The others leave the element alive.
    if (modes.manifestation[mode] !== MANIFESTATION.failStop) continue;
    const modeRate = 1 / mean(laws[modes.law[mode]!]!);
    rate += modeRate;
    interruptions += modeRate * (isLatent(model, modes.program[mode]!) ? 1 : lastingShare(model, modes.program[mode]!));
    downPerUp += modeRate * (untilFound(model, element, mode) + meanRestore(model, modes.program[mode]!));
  }
  const meanDown = rate === 0 ? 0 : downPerUp / rate;
  return { rate, interruptions, meanDown, unavailability: downPerUp / (1 + downPerUp) };
}

/** Mean time (s) until a proof test finds the fault, at whatever instant it strikes: the rest of an interval; 0 where it is not latent. */
function untilFound(model: CompiledModel, element: number, mode: number): number {
  if (!isLatent(model, model.modes.program[mode]!)) return 0;
  return Math.min(...testIntervals(model, element).map((interval) => moment(interval, 2) / 2 / mean(interval)));
}

/** Share of failures that are not over at once, such as transient ones that diagnosis in no time finds out. */
function lastingShare(model: CompiledModel, first: number): number {
  const { steps, laws } = model;
  let reached = 1;
  for (const step of stepsOf(model, first)) {
    if (!isInstant(laws[steps.law[step]!]!)) return reached;
    if (steps.onFailure[step] === ON_FAILURE.noFaultFound) reached *= steps.success[step]!;
  }
  return 0;
}

/** Whether the element ever fails by itself. */
export function fails(model: CompiledModel, element: number): boolean {
  const { elements, modes, laws } = model;
  for (let mode = elements.modeStart[element]!; mode < elements.modeStart[element + 1]!; mode++) {
    if (laws[modes.law[mode]!]!.kind !== 'never') return true;
  }
  return false;
}

/** Whether the element is ever down by its own doing or struck by a shock, which has no state of its own. */
export const goesDown = (model: CompiledModel, element: number): boolean =>
  shocksOn(model, element).length > 0 || (fails(model, element) && !isShock(model, element));

/**
 * Why the element's own figures do not stand for it exactly in a structure, or undefined when they do: when, as long as
 * what it runs on is up, it fails and comes back by itself, whatever anything else does. Then its time-shared states are
 * independent of all others and only the means of its laws count (insensitivity), for several failure modes as for one.
 */
export function inexactness(model: CompiledModel, element: number): string | undefined {
  const { elements, modes, laws, names } = model;
  const name = names.elements[element]!;
  const [struck] = shocksOn(model, element);
  if (struck !== undefined)
    return `${name}: ${shockName(model, struck.shock)} strikes it, perhaps together with others`;
  if (!fails(model, element)) return undefined;
  if (elements.seat[element]! >= 0) return `${name}: it is part of an instance, which its group rebuilds`;
  if (model.proofTests.testStart[element]! < model.proofTests.testStart[element + 1]!)
    return `${name}: proof tests find its faults and renew it, together with whatever else they look at`;
  const first = elements.modeStart[element]!;
  const end = elements.modeStart[element + 1]!;
  const masked = canGoDown(model, elements.host[element]!) || elements.inner[element]! >= 0;
  let spread = false;
  for (let mode = first; mode < end; mode++) {
    if (laws[modes.law[mode]!]!.kind === 'never') continue;
    const why = dependentRestore(model, modes.program[mode]!, masked);
    if (why !== undefined) return `${name}: ${why}`;
    spread ||= isSpread(laws[modes.law[mode]!]!);
    for (const step of stepsOf(model, modes.program[mode]!)) spread ||= isSpread(laws[model.steps.law[step]!]!);
  }
  return spread ? undefined : `${name}: it fails at fixed instants, in step with whatever else does`;
}

/** Whether anything in the chain of hosts from here on fails. */
export function canGoDown(model: CompiledModel, element: number): boolean {
  const { elements } = model;
  for (let e = element; e >= 0; e = elements.host[e]!) {
    if (fails(model, e) || elements.seat[e]! >= 0 || elements.inner[e]! >= 0) return true;
    if (shocksOn(model, e).length > 0) return true;
  }
  return false;
}

/** Why the time to restore depends on more than its own laws; `masked`: on a host that goes down at times. */
function dependentRestore(model: CompiledModel, first: number, masked: boolean): string | undefined {
  const { steps, laws } = model;
  for (const step of stepsOf(model, first)) {
    const law = laws[steps.law[step]!]!;
    if (mayQueue(model, steps.queue[step]!)) return 'it may have to wait for a repair crew';
    if (law.kind === 'calendar') return 'its repair waits for a window';
    let needsHost = false;
    for (let i = steps.needStart[step]!; i < steps.needStart[step + 1]!; i++) {
      if (steps.need[i] === NEED.remediated) return 'its repair waits for services to be restored';
      needsHost ||= steps.need[i] === NEED.host;
    }
    if (!masked || isInstant(law)) continue;
    if (!needsHost) return 'its repair goes on while what it runs on is down';
    if (law.kind !== 'exponential') return `its repair (${law.kind} law) starts again when what it runs on goes down`;
  }
  return undefined;
}

/** Whether chance mixes the instants: a law with a density. Events at multiples of one time stay in step for good. */
function isSpread(law: Law): boolean {
  switch (law.kind) {
    case 'exponential':
    case 'weibull':
    case 'gamma':
    case 'lognormal':
      return true;
    case 'uniform':
    case 'probe':
    case 'triangular':
      return law.high > law.low;
    case 'shifted':
      return isSpread(law.law);
    default:
      return false;
  }
}
