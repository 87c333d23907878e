import type { Achieved, AchievedBlock, AllocatedBlock, AllocationRow } from '../../model/allocation.ts';
import { InputError, type Problem } from '../../model/problem.ts';
import { nines, SECONDS_PER_YEAR } from '../../model/time.ts';
import { within } from '../tables/formulas.ts';

/**
 * The inverse of an allocation: from what the blocks really do to the target they achieve together. A block that the
 * allocation divides further is looked up by its own name or, when that is absent, by its parts.
 *
 * @param row one target of an allocation.
 * @param values unavailability of each block, by name.
 * @throws InputError for a block without a value, a value without a block, and a value outside [0, 1].
 */
export function achieved(row: AllocationRow, values: Readonly<Record<string, number>>): Achieved {
  const problems: Problem[] = [];
  const used = new Set<string>();
  const blocks = row.blocks.flatMap((block) => matched(block, values, used, problems));
  for (const name of Object.keys(values)) {
    if (used.has(name)) continue;
    const hint = `its blocks are ${namesOf(row.blocks).join(', ')}`;
    problems.push({ ...problem('unknown-block', `'${name}' is not a block of the allocation`, name), hint });
  }
  if (problems.length > 0) throw new InputError(problems);

  const log = blocks.reduce((sum, block) => sum + Math.log1p(-block.unavailability), 0);
  const unavailability = -Math.expm1(log);
  const worst = blocks.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  return {
    unavailability,
    availability: 1 - unavailability,
    nines: nines(unavailability),
    dpm: unavailability * SECONDS_PER_YEAR,
    addedDpm: blocks.reduce((sum, block) => sum + block.dpm, 0),
    meetsTarget: within(unavailability, row.unavailability),
    supportedUnavailability: worst.ratio * row.unavailability,
    breaking: within(worst.ratio, 1) ? null : worst.name,
    blocks,
  };
}

function matched(
  block: AllocatedBlock,
  values: Readonly<Record<string, number>>,
  used: Set<string>,
  problems: Problem[],
): AchievedBlock[] {
  const value = Object.hasOwn(values, block.name) ? values[block.name] : undefined;
  if (value === undefined) {
    if (block.blocks !== undefined) return block.blocks.flatMap((part) => matched(part, values, used, problems));
    problems.push(problem('missing-block', `block '${block.name}' has no value`, block.name));
    return [];
  }
  used.add(block.name);
  if (!(value >= 0 && value <= 1)) {
    problems.push(
      problem(
        'out-of-range',
        `the unavailability of '${block.name}' is ${value}; it must lie between 0 and 1`,
        block.name,
      ),
    );
  }
  return [
    {
      name: block.name,
      unavailability: value,
      dpm: value * SECONDS_PER_YEAR,
      allowedDpm: block.dpm,
      ratio: value === 0 ? 0 : value / block.unavailability,
    },
  ];
}

/** Every block at every level, outer ones first. */
function namesOf(blocks: readonly AllocatedBlock[]): readonly string[] {
  return blocks.flatMap(({ name, blocks: parts = [] }) => [name, ...namesOf(parts)]);
}

function problem(code: string, message: string, name: string): Problem {
  return { level: 'error', code, message, path: `values.${name}` };
}
