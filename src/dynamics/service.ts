import { PARTIAL_WEIGHTS } from '../model/scenario.ts';
import { type Blame, blameSignal } from './blame.ts';
import type { World } from './world.ts';

/** Loss of a service at an instant and whom it is attributed to; the weights sum to what counts. Reused between calls. */
export class ServiceLoss {
  /** Share of the load not served (SEM-01, SEM-04), 0 … 1. */
  loss = 0;
  /** What of it counts as downtime (SEM-05). */
  counted = 0;
  count = 0;
  readonly mode: Int32Array;
  readonly phase: Uint8Array;
  readonly weight: Float64Array;

  constructor(terms: number) {
    this.mode = new Int32Array(terms);
    this.phase = new Uint8Array(terms);
    this.weight = new Float64Array(terms);
  }
}

const NONE = PARTIAL_WEIGHTS.indexOf('none');
const FULL = PARTIAL_WEIGHTS.indexOf('full');

/** What a loss counts as downtime: total loss always counts in full. */
function countedLoss(weight: number, loss: number): number {
  if (loss === 0 || loss === 1) return loss;
  if (weight === NONE) return 0;
  return weight === FULL ? 1 : loss;
}

const blame: Blame = { mode: -1, phase: 0 };

/** Reads the loss of `service` off the present state; contributions are in proportion to what each term alone loses. */
export function readServiceLoss(w: World, service: number, out: ServiceLoss): void {
  const { services } = w.model;
  let kept = 1;
  let worst = 0;
  let sum = 0;
  out.count = 0;
  for (let i = services.termStart[service]!; i < services.termStart[service + 1]!; i++) {
    const signal = services.term[i]!;
    const lost = 1 - w.served[signal]!;
    if (lost === 0) continue;
    kept *= 1 - lost;
    if (lost > worst) worst = lost;
    sum += lost;
    blame.mode = -1;
    blameSignal(w, signal, blame);
    out.mode[out.count] = blame.mode;
    out.phase[out.count] = blame.phase;
    out.weight[out.count] = lost;
    out.count++;
  }
  let loss = services.aligned[service] === 1 ? worst : 1 - kept;
  if (loss > 0 && 1 - loss <= services.minServiceFraction[service]!) loss = 1;
  out.loss = loss;
  out.counted = countedLoss(services.partialWeight[service]!, loss);
  for (let i = 0; i < out.count; i++) out.weight[i] = (out.weight[i]! * out.counted) / sum;
}
