import type { CompiledModel } from '../compile/model.ts';
import { gated, relativeWidth } from '../measures/comparison/gate.ts';
import { looksUpTo, spendingTails } from '../measures/comparison/spending.ts';
import type { RunTotals } from '../measures/run-totals.ts';
import { judge } from '../measures/targets.ts';
import type { CheckedMethod, CheckedTarget } from '../model/check.ts';
import { type Estimate, exact } from '../model/estimate.ts';
import type { TargetResult } from '../model/result.ts';
import type { Scenario, Target } from '../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../model/time.ts';
import type { MethodChoice } from '../simulate/method.ts';
import { buildResult } from '../simulate/result.ts';
import { askCycles, isRare, type RarePlan } from './rare.ts';

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
  private readonly found = new Map<string, CheckedMethod>();
  private readonly open = new Map<string, CheckedTarget>();
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

  /** By service, where its targets were not decided by histories as a matter of course. */
  get methods(): ReadonlyMap<string, CheckedMethod> {
    return this.found;
  }

  /** Nothing more can be decided: every gate is certain, or has asked all who know. */
  get isDecided(): boolean {
    return this.scenario.targets.every(({ id }) => this.decided.has(id) || this.open.has(id));
  }

  /** Whether every open interval is within `relative` of its value. */
  areNarrow(relative: number): boolean {
    const open = this.latest.filter(({ id }) => !this.isClosed(id));
    return open.every(({ estimate }) => estimate !== null && relativeWidth(estimate) <= relative);
  }

  /** Looks at the histories so far; does nothing between the looks that were planned. */
  look(totals: RunTotals): void {
    const tail = this.tails.get(totals.histories);
    if (tail === undefined || this.isDecided) return;
    const confidence = 1 - 2 * tail;
    this.latest = this.measured(totals, confidence, []);
    for (const target of this.latest) {
      if (this.isClosed(target.id) || target.verdict === 'undecided') continue;
      this.decided.set(target.id, { ...target, by: 'histories', histories: totals.histories, confidence });
    }
  }

  /** In the order of the scenario; what is still open has the interval that the next look would have gone by. */
  results(totals: RunTotals): readonly CheckedTarget[] {
    const { histories } = totals;
    const looks = [...this.tails.keys()];
    const tail = this.tails.get(looks.find((look) => look >= histories) ?? looks[looks.length - 1] ?? 0);
    const confidence = tail === undefined ? 1 : 1 - 2 * tail;
    const open = this.isDecided || histories === 0 ? [] : this.measured(totals, confidence, []);
    return this.scenario.targets.map((target, i) => {
      const known = this.decided.get(target.id) ?? this.open.get(target.id);
      if (known !== undefined) return known;
      const result = open[i] ?? judge(target, undefined, undefined);
      return { ...result, verdict: 'undecided', by: 'histories', histories, confidence };
    });
  }

  /**
   * Asks rare-event cycles about services that histories meet too seldom, each once; does nothing between the looks. What
   * cycles leave open stays so: they have spent what chance of an error there was.
   */
  async lookAtRare(totals: RunTotals, plan: RarePlan): Promise<void> {
    const { model, scenario, plan: own } = this;
    if (!this.tails.has(totals.histories)) return;
    for (const [service, id] of Object.keys(scenario.services).entries()) {
      const asked = scenario.targets.filter((target) => target.of === id && !this.isClosed(target.id));
      if (asked.length === 0 || this.found.has(id) || !isRare(model, totals, service, own.most)) continue;
      const ids = asked.map((target) => target.id);
      const looked = await askCycles(model, totals, service, plan, own.alpha, (choice, confidence) => {
        const choices: MethodChoice[] = [];
        choices[service] = choice;
        const results = this.measured(totals, confidence, choices).filter((target) => ids.includes(target.id));
        const found = results.map((target) => ({
          ...target,
          by: 'cycles' as const,
          histories: totals.histories,
          confidence,
        }));
        return { found, isCertain: found.every(({ verdict }) => verdict !== 'undecided') };
      });
      if ('refused' in looked) {
        this.found.set(id, { method: 'histories', because: looked.refused });
        continue;
      }
      this.found.set(id, { method: 'cycles', because: looked.choice.because });
      for (const target of looked.found)
        (target.verdict === 'undecided' ? this.open : this.decided).set(target.id, target);
    }
  }

  private isClosed(id: string): boolean {
    return this.decided.has(id) || this.open.has(id);
  }

  private measured(
    totals: RunTotals,
    confidence: number,
    choices: readonly (MethodChoice | undefined)[],
  ): readonly TargetResult[] {
    const { model, scenario, plan } = this;
    const { seed, years } = plan;
    const { histories, events } = totals;
    const simulatedYears = histories * years;
    const facts = { seed, method: 'histories', histories, simulatedYears, events, confidence, stop: 'budget' } as const;
    const { targets } = buildResult(model, scenario, '', { totals, facts, choices, asked: 'histories' }, '', {});
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
