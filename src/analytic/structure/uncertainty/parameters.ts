import { InputError } from '../../../model/problem.ts';
import type { Block, Structure } from '../../../model/structure.ts';
import { normalQuantile } from './normal.ts';

/** Standard normal 95 % quantile: an error factor is e^{σ·this}. */
const Z95 = 1.6448536269514722;

/** One uncertain parameter and the blocks it governs. */
export interface UncertainParameter {
  readonly name: string;
  /** σ of the logarithm: ln EF / 1.644854. */
  readonly sigma: number;
  readonly blocks: readonly number[];
}

/**
 * Uncertain parameters of a structure in order of first mention: blocks that name the same parameter share it
 * (state-of-knowledge correlation), a block that names none has one of its own, called like the block.
 *
 * @throws InputError `error-factor` for factors below 1, `shared-parameter` when sharers state different ones
 */
export function uncertainParameters(structure: Structure): UncertainParameter[] {
  const found = new Map<string, { name: string; factor: number; blocks: number[] }>();
  structure.blocks.forEach(({ name, uncertainty }, block) => {
    if (uncertainty === undefined) return;
    const { errorFactor, parameter } = uncertainty;
    if (!(errorFactor >= 1 && errorFactor < Number.POSITIVE_INFINITY)) {
      throw problem('error-factor', `Block "${name}": error factor ${errorFactor} is not a finite number ≥ 1.`);
    }
    const key = parameter === undefined ? `block ${block}` : `parameter ${parameter}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { name: parameter ?? name, factor: errorFactor, blocks: [block] });
    else if (known.factor !== errorFactor) {
      const both = `${known.factor} and ${errorFactor}`;
      throw problem('shared-parameter', `Blocks sharing parameter "${parameter}" state error factors ${both}.`);
    } else known.blocks.push(block);
  });
  return [...found.values()].map(({ name, factor, blocks }) => ({ name, sigma: Math.log(factor) / Z95, blocks }));
}

/** Unavailability of a block when the parameter is at cumulative probability `p` of its lognormal law. */
export function unavailabilityAtQuantile(block: Block, sigma: number, p: number): number {
  const { on, nominal = 'median' } = block.uncertainty!;
  const factor = Math.exp(sigma * normalQuantile(p) - (nominal === 'mean' ? (sigma * sigma) / 2 : 0));
  const u = block.unavailability;
  if (on === 'unavailability') return Math.min(1, u * factor);
  if (on === 'hazard') return u === 1 ? 1 : -Math.expm1(factor * Math.log1p(-u));
  // λ·factor against the same μ: U = λ/(λ + μ), so λ/μ = U/(1 − U).
  return u === 1 ? 1 : (u * factor) / (1 - u + u * factor);
}

function problem(code: string, message: string): InputError {
  return new InputError([{ level: 'error', code, message }]);
}
