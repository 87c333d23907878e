import { EMPTY, type Family, type FamilyManager, UNIT } from '../cutsets/family.ts';
import type { CountedModule } from './module.ts';

/**
 * Minimal cut sets of a counted module as a family over its leaves in their order: every choice of as many leaves as
 * are missing to the minimum. Leaves that count at rest are there already, and none that fails could be needed.
 *
 * @param weight least order of each leaf
 * @param maximumOrder cut sets of more blocks than this are left out (Infinity for none)
 * @throws NodeLimitReached when the manager's limit is too small
 */
export function countedFamily(
  manager: FamilyManager,
  { minimum, leaves, turned }: CountedModule,
  weight: ArrayLike<number>,
  maximumOrder: number,
): Family {
  const missing = turned.reduce((count, at) => count - at, minimum);
  if (missing > maximumOrder) return EMPTY;
  // rows[j][o]: choices of j of the leaves walked so far, of order o at the most; one column when orders do not matter.
  const columns = Number.isFinite(maximumOrder) ? maximumOrder + 1 : 1;
  const rows = Array.from({ length: missing + 1 }, (_, j) => new Int32Array(columns).fill(j === 0 ? UNIT : EMPTY));
  for (let l = leaves.length - 1, walked = 0; l >= 0; l--) {
    if (turned[l] === 1) continue;
    walked++;
    for (let j = Math.min(missing, walked); j > 0; j--) {
      for (let o = 0; o < columns; o++) {
        const left = columns === 1 ? 0 : o - weight[l]!;
        if (left >= 0) rows[j]![o] = manager.make(l, rows[j - 1]![left]!, rows[j]![o]!);
      }
    }
  }
  return rows[missing]![columns - 1]!;
}
