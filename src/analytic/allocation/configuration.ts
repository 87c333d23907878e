import { InputError } from '../../model/problem.ts';

/** One way to build a group: what it costs and how unavailable it is then. */
export interface Option {
  readonly name: string;
  readonly cost: number;
  readonly unavailability: number;
}

export interface Configuration {
  /** Chosen option of each group, in the order of the groups. */
  readonly options: readonly Option[];
  readonly cost: number;
  readonly unavailability: number;
}

/** A choice for the first groups: total cost, ln of the availability, and how it was reached. */
interface Choice {
  readonly cost: number;
  readonly log: number;
  readonly option: Option | null;
  readonly before: Choice | null;
}

/**
 * The cheapest choice of one option per group for which the series of all groups meets the target (redundancy
 * allocation, methods 3.7); among equally cheap ones the most available. Exact: keeps, group by group, every choice
 * that no other beats in both cost and availability.
 *
 * @param target unavailability of the whole.
 * @throws InputError `infeasible` when even the best options miss the target.
 */
export function cheapestConfiguration(groups: readonly (readonly Option[])[], target: number): Configuration {
  const limit = Math.log1p(-target);
  /** ln of the best availability that the groups from g on can have: what a choice may still use up. */
  const bestFrom = new Float64Array(groups.length + 1);
  for (let g = groups.length - 1; g >= 0; g--) {
    bestFrom[g] = bestFrom[g + 1]! + Math.max(...groups[g]!.map((option) => Math.log1p(-option.unavailability)));
  }
  let front: Choice[] = [{ cost: 0, log: 0, option: null, before: null }];
  groups.forEach((options, g) => {
    const next: Choice[] = [];
    for (const before of front) {
      for (const option of options) {
        const log = before.log + Math.log1p(-option.unavailability);
        if (log + bestFrom[g + 1]! >= limit) next.push({ cost: before.cost + option.cost, log, option, before });
      }
    }
    front = undominated(next);
  });
  const cheapest = front[0];
  if (cheapest === undefined) {
    throw new InputError([
      {
        level: 'error',
        code: 'infeasible',
        message: `no choice of options reaches an unavailability of ${target}; the best is ${-Math.expm1(bestFrom[0]!)}`,
      },
    ]);
  }
  const chosen: Option[] = [];
  for (let p: Choice | null = cheapest; p?.option != null; p = p.before) chosen.unshift(p.option);
  return { options: chosen, cost: cheapest.cost, unavailability: -Math.expm1(cheapest.log) };
}

/** By cost, keeping only choices that are more available than every cheaper one. */
function undominated(choices: Choice[]): Choice[] {
  choices.sort((a, b) => a.cost - b.cost || b.log - a.log);
  let best = Number.NEGATIVE_INFINITY;
  return choices.filter((choice) => {
    const keep = choice.log > best;
    if (keep) best = choice.log;
    return keep;
  });
}
