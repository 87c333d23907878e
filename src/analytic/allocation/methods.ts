import { InputError } from '../../model/problem.ts';
import type { Split } from './split.ts';

/** What one block may be down, and for AGREE how rarely it may fail. */
export interface BlockTarget {
  readonly unavailability: number;
  readonly mtbfHours?: number;
}

/**
 * Divides an unavailability over the blocks of a checked split, without going into their own splits (methods 3.7).
 *
 * @throws InputError `infeasible` when AGREE asks a block for a negative availability.
 */
export function divide(split: Split, unavailability: number): BlockTarget[] {
  switch (split.method) {
    case 'shares':
      return byShare(
        split.blocks.map((block) => block.share),
        unavailability,
        split.combination,
      );
    case 'equal':
      return byShare(
        split.blocks.map(() => 1 / split.blocks.length),
        unavailability,
        split.combination,
      );
    case 'arinc':
      return byShare(normalised(split.blocks.map((block) => block.failureRate)), unavailability, split.combination);
    case 'feasibility':
      return byShare(
        normalised(split.blocks.map((block) => block.ratings.reduce((product, rating) => product * rating, 1))),
        unavailability,
        split.combination,
      );
    case 'agree':
      return agree(split, unavailability);
    case 'minimum-effort':
      return minimumEffort(
        split.blocks.map((block) => block.unavailability),
        unavailability,
      ).map((u) => ({ unavailability: u }));
    case 'cost':
      return leastCost(split, unavailability);
  }
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function byShare(
  shares: readonly number[],
  unavailability: number,
  combination: 'sum' | 'product' = 'sum',
): BlockTarget[] {
  const logAvailability = Math.log1p(-unavailability);
  return shares.map((share) => ({
    unavailability: combination === 'sum' ? share * unavailability : -Math.expm1(share * logAvailability),
  }));
}

/** θᵢ = N Eᵢ t/(nᵢ·(−ln R)), Rᵢ = 1 − (1 − R^{nᵢ/N})/Eᵢ. */
function agree(split: Extract<Split, { method: 'agree' }>, unavailability: number): BlockTarget[] {
  const logReliability = Math.log1p(-unavailability);
  const parts = split.blocks.reduce((sum, block) => sum + block.parts, 0);
  return split.blocks.map(({ name, parts: own, importance }) => {
    const allowed = -Math.expm1((own / parts) * logReliability) / importance;
    if (allowed >= 1) {
      throw new InputError([
        {
          level: 'error',
          code: 'infeasible',
          message: `block '${name}' matters so little (importance ${importance}) that AGREE asks nothing of it`,
          hint: 'leave it out, or give it an importance nearer to 1',
        },
      ]);
    }
    return { unavailability: allowed, mtbfHours: (parts * importance * split.missionHours) / (own * -logReliability) };
  });
}

/**
 * Albert's minimum effort: the k₀ worst blocks are raised to a common level, the others stay. k₀ is the largest j for
 * which the j-th worst block is worse than the level that j equal blocks would need. Blocks that meet the target
 * together already are left alone. Works on ln A so that six and nine nines can be told apart.
 */
export function minimumEffort(present: readonly number[], unavailability: number): number[] {
  const target = Math.log1p(-unavailability);
  const order = present.map((_, i) => i).sort((a, b) => present[b]! - present[a]! || a - b);
  const log = order.map((i) => Math.log1p(-present[i]!));
  if (log.reduce((sum, value) => sum + value, 0) >= target) return [...present];
  let raised = 0;
  let level = 0;
  let rest = 0;
  // From the best block downwards: `rest` is Σ ln A of the blocks better than the j worst ones.
  for (let j = log.length; j >= 1; j--) {
    const needed = (target - rest) / j;
    if (log[j - 1]! < needed) {
      raised = j;
      level = needed;
      break;
    }
    rest += log[j - 1]!;
  }
  const result = [...present];
  for (let j = 0; j < raised; j++) result[order[j]!] = -Math.expm1(level);
  return result;
}

/** Lagrange conditions: logarithmic Uᵢ = aᵢU/(Iᵢ Σa); reciprocal Uᵢ = U·√(bᵢ/Iᵢ)/Σ√(bⱼIⱼ). */
function leastCost(split: Extract<Split, { method: 'cost' }>, unavailability: number): BlockTarget[] {
  const importance = split.blocks.map((block) => block.importance ?? 1);
  const weight = split.blocks.map((block) => block.weight);
  if (split.cost === 'logarithmic') {
    const total = weight.reduce((sum, a) => sum + a, 0);
    return weight.map((a, i) => ({ unavailability: (a * unavailability) / (importance[i]! * total) }));
  }
  const total = weight.reduce((sum, b, i) => sum + Math.sqrt(b * importance[i]!), 0);
  return weight.map((b, i) => ({ unavailability: (unavailability * Math.sqrt(b / importance[i]!)) / total }));
}
