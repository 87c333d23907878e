import { GATE } from '../compile/model.ts';
import { PARTIAL_WEIGHTS } from '../model/scenario.ts';
import { nextBit } from './bits.ts';
import { type Blame, blameSignal } from './blame.ts';
import { isShortage } from './shortage.ts';
import type { World } from './world.ts';

/** Loss of a service at an instant and whom it is attributed to; the weights sum to what counts. Reused between calls. */
export class ServiceLoss {
  /** Share of the load not served (SEM-01, SEM-04), 0 … 1. */
  loss = 0;
  /** What of it counts as downtime (SEM-05). */
  counted = 0;
  count = 0;
  /** Part of the loss that is nothing but missing capacity (B-33). */
  shortage = 0;
  mode: Int32Array;
  phase: Uint8Array;
  weight: Float64Array;

  constructor(terms: number) {
    this.mode = new Int32Array(terms);
    this.phase = new Uint8Array(terms);
    this.weight = new Float64Array(terms);
  }

  add(mode: number, phase: number, weight: number): void {
    if (this.count === this.mode.length) this.grow();
    this.mode[this.count] = mode;
    this.phase[this.count] = phase;
    this.weight[this.count] = weight;
    this.count++;
  }

  private grow(): void {
    const { mode, phase, weight } = this;
    const room = 2 * this.count + 4;
    this.mode = new Int32Array(room);
    this.phase = new Uint8Array(room);
    this.weight = new Float64Array(room);
    this.mode.set(mode);
    this.phase.set(phase);
    this.weight.set(weight);
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
  let shortage = 0;
  out.count = 0;
  const end = services.termStart[service + 1]!;
  const { impairedTerms } = w;
  for (
    let i = nextBit(impairedTerms, services.termStart[service]!, end);
    i < end;
    i = nextBit(impairedTerms, i + 1, end)
  ) {
    const signal = services.term[i]!;
    const lost = 1 - w.served[signal]!;
    kept *= 1 - lost;
    if (lost > worst) worst = lost;
    sum += lost;
    if (isShortage(w, signal)) shortage += lost;
    blameTerm(w, signal, lost, out);
  }
  let loss = services.aligned[service] === 1 ? worst : 1 - kept;
  if (loss > 0 && 1 - loss <= services.minServiceFraction[service]!) loss = 1;
  out.loss = loss;
  out.counted = countedLoss(services.partialWeight[service]!, loss);
  out.shortage = sum === 0 ? 0 : (loss * shortage) / sum;
  for (let i = 0; i < out.count; i++) out.weight[i] = (out.weight[i]! * out.counted) / sum;
}

/** Who is to blame that the signal loses `lost`: of a weighted gate, every input in proportion to what it withholds. */
function blameTerm(w: World, signal: number, lost: number, out: ServiceLoss): void {
  const { gates, elements, groups } = w.model;
  const gate = signal - elements.count - groups.count;
  if (gate < 0 || gates.kind[gate] !== GATE.weighted) {
    blame.mode = -1;
    blameSignal(w, signal, blame);
    out.add(blame.mode, blame.phase, lost);
    return;
  }
  let withheld = 0;
  for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
    withheld += gates.weight[i]! * (1 - w.served[gates.input[i]!]!);
  }
  for (let i = gates.inputStart[gate]!; i < gates.inputStart[gate + 1]!; i++) {
    const part = gates.weight[i]! * (1 - w.served[gates.input[i]!]!);
    if (part > 0) blameTerm(w, gates.input[i]!, (part / withheld) * lost, out);
  }
}
