import type { AllocatedBlock, Allocation } from '../../model/allocation.ts';
import { InputError, type Problem } from '../../model/problem.ts';
import { nines, SECONDS_PER_YEAR } from '../../model/time.ts';
import { checkSplit } from './check.ts';
import { divide } from './methods.ts';
import type { Split } from './split.ts';

/**
 * Divides each target over the blocks of the split, and each block over its own split, to any depth.
 *
 * @param targets unavailabilities in (0, 1); turn a written availability into one with `complement`.
 * @throws InputError for targets out of range and for every problem of the split (see `checkSplit`).
 */
export function allocate(targets: readonly number[], split: Split): Allocation {
  const problems: Problem[] = targets.flatMap((unavailability, i) =>
    unavailability > 0 && unavailability < 1
      ? []
      : [
          {
            level: 'error' as const,
            code: 'out-of-range',
            message: `target ${i + 1} is an unavailability of ${unavailability}; it must lie between 0 and 1`,
            path: `targets[${i}]`,
          },
        ],
  );
  if (problems.length > 0) throw new InputError(problems);
  checkSplit(split);
  return {
    format: 'carriergrade/allocation/1',
    rows: targets.map((unavailability) => ({
      target: 1 - unavailability,
      unavailability,
      nines: nines(unavailability),
      dpm: unavailability * SECONDS_PER_YEAR,
      blocks: divideDeeply(split, unavailability),
    })),
  };
}

function divideDeeply(split: Split, whole: number): AllocatedBlock[] {
  return divide(split, whole).map(({ unavailability, mtbfHours }, i) => {
    const block = split.blocks[i]!;
    return {
      name: block.name,
      share: unavailability / whole,
      dpm: unavailability * SECONDS_PER_YEAR,
      availability: 1 - unavailability,
      unavailability,
      nines: nines(unavailability),
      ...(mtbfHours === undefined ? {} : { mtbfHours }),
      ...(block.split === undefined ? {} : { blocks: divideDeeply(block.split, unavailability) }),
    };
  });
}
