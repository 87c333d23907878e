import type { Law } from '../model/law.ts';

/** Gives equal laws one index. */
export class LawTable {
  readonly laws: Law[] = [];
  private readonly known = new Map<string, number>();
  private readonly met = new Map<Law, number>();

  add(law: Law): number {
    let index = this.met.get(law);
    if (index === undefined) {
      index = this.enter(law);
      this.met.set(law, index);
    }
    return index;
  }

  private enter(law: Law): number {
    const key = JSON.stringify(law);
    let index = this.known.get(key);
    if (index === undefined) {
      index = this.laws.length;
      this.laws.push(law);
      this.known.set(key, index);
    }
    return index;
  }
}

/** No time at all. */
export const INSTANT: Law = { kind: 'deterministic', value: 0 };

export const isInstant = (law: Law): boolean => law.kind === 'deterministic' && law.value === 0;
