import type { RootState } from './root-states.ts';

/** Correlation of states next to each other from which on they are no draws of their own: 1 000 are worth 670 independent ones. */
const CORRELATED = 0.2;
/** Chance that two of them differ, below which nothing is to be learned of that. */
const NEARLY_ALL_ALIKE = 0.01;
/** Of Fowler, Noll and Vo: offset and prime of 32 bits. */
const [OFFSET, PRIME] = [0x811c9dc5, 0x01000193];

/**
 * Whether states that a history has met one after the other are as different as any two of them. Who is active and where members
 * run may outlast many incidents: then the history was too short to tell how often each is so.
 */
export function areMixed(states: readonly RootState[]): boolean {
  const marks = states.map(({ ints }) => markOf(ints));
  const counts = new Map<number, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  let alike = 0;
  for (const count of counts.values()) alike += (count / marks.length) ** 2;
  if (1 - alike < NEARLY_ALL_ALIKE) return true;
  const same = marks.reduce((sum, mark, i) => sum + Number(i > 0 && mark === marks[i - 1]), 0) / (marks.length - 1);
  return same - alike <= CORRELATED * (1 - alike);
}

function markOf(ints: Int32Array): number {
  let hash = OFFSET;
  for (let i = 0; i < ints.length; i++) hash = Math.imul(hash ^ ints[i]!, PRIME);
  return hash;
}
