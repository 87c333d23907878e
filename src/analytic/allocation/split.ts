import { InputError, type Problem } from '../../model/problem.ts';

/** What every block of a split has; `split` divides its own part again (2.11, sub-allocation). */
interface Block {
  readonly name: string;
  readonly split?: Split;
}

/**
 * How an unavailability is divided over the blocks of a series system.
 *
 * Methods that give shares — `shares`, `equal`, `arinc`, `feasibility` — divide the unavailability itself by default
 * (`sum`; downtimes add up, slightly conservative, DX-03), or the availability as a product (`product`, Aᵢ = A^wᵢ).
 */
export type Split =
  /** Fractions that sum to 1. */
  | {
      readonly method: 'shares';
      readonly combination?: Combination;
      readonly blocks: readonly (Block & { readonly share: number })[];
    }
  | { readonly method: 'equal'; readonly combination?: Combination; readonly blocks: readonly Block[] }
  /** In proportion to the present failure rates (any common unit). */
  | {
      readonly method: 'arinc';
      readonly combination?: Combination;
      readonly blocks: readonly (Block & { readonly failureRate: number })[];
    }
  /** In proportion to the product of ratings such as intricacy, state of the art, time, environment (each > 0). */
  | {
      readonly method: 'feasibility';
      readonly combination?: Combination;
      readonly blocks: readonly (Block & { readonly ratings: readonly number[] })[];
    }
  /**
   * AGREE: by number of parts and by importance, the probability in (0, 1] that the system fails when the block does.
   * `missionHours` also gives each block a mean time between failures.
   */
  | {
      readonly method: 'agree';
      readonly missionHours: number;
      readonly blocks: readonly (Block & { readonly parts: number; readonly importance: number })[];
    }
  /** Albert: raise only the worst blocks, to a common level, from where they are now. */
  | { readonly method: 'minimum-effort'; readonly blocks: readonly (Block & { readonly unavailability: number })[] }
  /**
   * Least total cost Σ cᵢ(Uᵢ) with Σ Iᵢ Uᵢ = U: `logarithmic` cost a·ln(1/U), `reciprocal` cost b/U. `importance` Iᵢ is
   * Birnbaum's (1 in a series system, the default).
   */
  | {
      readonly method: 'cost';
      readonly cost: 'logarithmic' | 'reciprocal';
      readonly blocks: readonly (Block & { readonly weight: number; readonly importance?: number })[];
    };

/** Whether parts add up in unavailability (`sum`) or multiply in availability (`product`). */
export type Combination = 'sum' | 'product';

/**
 * Reads shares written like `HW=10,ISW<=VIM=10,OPER=80`, in percent; a percent sign after the number is allowed. The
 * name is everything before the last `=`. Sums are checked by `allocate`.
 *
 * @throws InputError `bad-share` for an entry that is not of this form.
 */
export function parseShares(text: string): Extract<Split, { method: 'shares' }> {
  const problems: Problem[] = [];
  const blocks = text.split(',').map((entry, i) => {
    const [, name, share] = /^\s*(.*\S)\s*=\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(entry) ?? [];
    if (name === undefined || share === undefined) {
      problems.push({
        level: 'error',
        code: 'bad-share',
        message: `'${entry.trim()}' is not of the form NAME=PERCENT`,
        hint: 'for example HW=10,APP=70,OPER=20',
        path: `split.blocks[${i}]`,
      });
    }
    return { name: name ?? '', share: Number(`${share ?? 0}e-2`) };
  });
  if (problems.length > 0) throw new InputError(problems);
  return { method: 'shares', blocks };
}
