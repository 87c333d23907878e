import { compile } from '../../../src/compile/compile.ts';
import type { Estimate } from '../../../src/model/estimate.ts';
import type { Scenario } from '../../../src/model/scenario.ts';
import { buildResult } from '../../../src/simulate/result.ts';
import { runHistories } from '../../../src/simulate/run.ts';

export interface CoveragePlan {
  readonly years: number;
  readonly histories: number;
  readonly seeds: number;
  /** Exact unavailability of each service looked at. */
  readonly exact: Readonly<Record<string, number>>;
}

/** Share of runs with different seeds whose interval of the unavailability contains the exact value. */
export interface Coverage {
  /** Of intervals at 95 %. */
  readonly usual: number;
  /** Of intervals at 50 %, which a method that is merely wide would cover as well. */
  readonly half: number;
}

/** Coverage by service, over seeds. */
export async function measureCoverage(scenario: Scenario, plan: CoveragePlan): Promise<Record<string, Coverage>> {
  const model = compile(scenario);
  const hits = Object.keys(plan.exact).map((id) => ({ id, exact: plan.exact[id]!, usual: 0, half: 0 }));
  for (let seed = 0; seed < plan.seeds; seed++) {
    const run = await runHistories(model, scenario, { ...plan, seed: `coverage-${seed}` });
    const estimates = (confidence: number) =>
      buildResult(model, scenario, '', { ...run, facts: { ...run.facts, confidence } }, '', {}).services;
    const usual = estimates(0.95);
    const half = estimates(0.5);
    for (const hit of hits) {
      if (contains(usual[hit.id]!.unavailability, hit.exact)) hit.usual++;
      if (contains(half[hit.id]!.unavailability, hit.exact)) hit.half++;
    }
  }
  const share = (count: number): number => count / plan.seeds;
  return Object.fromEntries(hits.map(({ id, usual, half }) => [id, { usual: share(usual), half: share(half) }]));
}

const contains = ({ lo, hi }: Estimate, exact: number): boolean => lo <= exact && exact <= hi;
