import type { CompiledModel } from '../compile/model.ts';
import { gated, relativeWidth } from '../measures/comparison/gate.ts';
import { looksUpTo, spendingTails } from '../measures/comparison/spending.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import { judge } from '../measures/targets.ts';
import type { CheckedTarget } from '../model/check.ts';
import { type Estimate, exact } from '../model/estimate.ts';
import type { TargetResult } from '../model/result.ts';
import type { Scenario, Target } from '../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import { buildResult } from '../simulate/result.ts';

export interface SequentialPlan {
  /** Chance of an error on either side of one gate. */
  readonly alpha: number;
  /** Number of histories at most. */
  readonly most: number;
  readonly seed: string;
  readonly years: number;
}

/** The targets of one scenario, each open until it is certain. */
export class TargetGates {
  private readonly model: CompiledModel;
  private readonly scenario: Scenario;
  private readonly plan: SequentialPlan;
  private readonly decided = new Map<string, CheckedTarget>();
  private readonly tails: ReadonlyMap<number, number>;
  /** As of the last look. */
  private latest: readonly TargetResult[] = [];

  /** @param solved unavailability of the services the exact side has solved */
  constructor(model: CompiledModel, scenario: Scenario, plan: SequentialPlan, solved: ReadonlyMap<string, number>) {
    this.model = model;
    this.scenario = scenario;
    this.plan = plan;
    for (const target of scenario.targets) {
      const estimate = exactOf(target, solved);
      if (estimate === undefined) continue;
      const verdict = estimate.value <= target.limit ? 'pass' : 'fail';
      const { id, of, metric, limit, text, level } = target;
      const known = { id, of, metric, limit, text, level, estimate, verdict } as const;
      this.decided.set(id, { ...known, by: 'exact', histories: 0, confidence: 1 });
    }
    const looks = this.isDecided ? [] : looksUpTo(plan.most);
    const tails = looks.length === 0 ? [] : spendingTails(looks, plan.alpha);
    this.tails = new Map(looks.map((look, i) => [look, tails[i]!]));
  }

  get isDecided(): boolean {
    return this.scenario.targets.every(({ id }) => this.decided.has(id));
  }

  /** Whether every open interval is within `relative` of its value. */
  areNarrow(relative: number): boolean {
    const open = this.latest.filter(({ id }) => !this.decided.has(id));
    return open.every(({ estimate }) => estimate !== null && relativeWidth(estimate) <= relative);
  }

  /** Looks at the histories so far; does nothing between the looks that were planned. */
  look(totals: RunTotals): void {
    const tail = this.tails.get(totals.histories);
    if (tail === undefined || this.isDecided) return;
    const confidence = 1 - 2 * tail;
    this.latest = this.measured(totals, confidence);
    for (const target of this.latest) {
      if (this.decided.has(target.id) || target.verdict === 'undecided') continue;
      this.decided.set(target.id, { ...target, by: 'histories', histories: totals.histories, confidence });
    }
  }

  /** In the order of the scenario; what is still open has the interval that the next look would have gone by. */
  results(totals: RunTotals): readonly CheckedTarget[] {
    const { histories } = totals;
    const looks = [...this.tails.keys()];
    const tail = this.tails.get(looks.find((look) => look >= histories) ?? looks[looks.length - 1] ?? 0);
    const confidence = tail === undefined ? 1 : 1 - 2 * tail;
    const open = this.isDecided || histories === 0 ? [] : this.measured(totals, confidence);
    return this.scenario.targets.map((target, i) => {
      const known = this.decided.get(target.id);
      if (known !== undefined) return known;
      const result = open[i] ?? judge(target, undefined, undefined);
      return { ...result, verdict: 'undecided', by: 'histories', histories, confidence };
    });
  }

  private measured(totals: RunTotals, confidence: number): readonly TargetResult[] {
    const { model, scenario, plan } = this;
    const { seed, years } = plan;
    const { histories, events } = totals;
    const simulatedYears = histories * years;
    const facts = { seed, method: 'histories', histories, simulatedYears, events, confidence, stop: 'budget' } as const;
    const { targets } = buildResult(model, scenario, '', { totals, facts, choices: [], asked: 'histories' }, '', {});
    return targets.map((target) => gated(target, confidence));
  }
}

/** What the exact side says to a target: unavailability, or downtime a year, of a whole service. */
function exactOf({ of, metric }: Target, solved: ReadonlyMap<string, number>): Estimate | undefined {
  const unavailability = solved.get(of);
  if (unavailability === undefined) return undefined;
  if (metric === 'availability') return exact(unavailability);
  return metric === 'dpm' ? exact(unavailability * SECONDS_PER_YEAR) : undefined;
}
