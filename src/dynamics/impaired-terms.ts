import { setBit } from './bits.ts';
import type { World } from './world.ts';

/** The signal's share has changed: notes for every service with it as a term whether it does all of its work. */
export function noteTerms(w: World, signal: number): void {
  const { services } = w.model;
  const isImpaired = w.served[signal] !== 1;
  for (let i = services.readerStart[signal]!; i < services.readerStart[signal + 1]!; i++) {
    setBit(w, w.impairedTermsAt, services.termStart[services.reader[i]!]! + services.place[i]!, isImpaired);
  }
}
