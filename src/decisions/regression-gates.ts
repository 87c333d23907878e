import type { CompiledModel } from '../compile/model.ts';
import { judgeExactRegression, judgeRegression, regressionFigures } from '../measures/comparison/regression.ts';
import { looksUpTo, spendingTails } from '../measures/comparison/spending.ts';
import { type RunTotals, sumLists } from '../measures/run-totals.ts';
import { rateInterval } from '../measures/statistics/rate.ts';
import type {
  BaselineScenario,
  BaselineService,
  CheckedMethod,
  CheckedRegression,
  CheckRules,
  Decision,
} from '../model/check.ts';
import { exact } from '../model/estimate.ts';
import type { Scenario } from '../model/scenario.ts';
import { MICROSECONDS_PER_SECOND, SECONDS_PER_YEAR } from '../model/time.ts';
import { longestOutage } from '../simulate/longest-outage.ts';
import { overlapOf } from '../simulate/method.ts';
import { downtimeOf } from './baseline.ts';
import { regressionByCycles } from './paired-cycles.ts';
import { alphaLeft, isRare, type RarePlan } from './rare.ts';

export interface RegressionPlan {
  /** Chance of an error on either side of one gate. */
  readonly alpha: number;
  /** Histories at most; those of the baseline where they are fewer. */
  readonly most: number;
  readonly rules: Pick<CheckRules, 'tolerance' | 'detect'>;
  /** The scenario and the program are those of the baseline: nothing can have changed. */
  readonly isSame: boolean;
}

/** One service against its baseline. */
interface Gate {
  readonly id: string;
  readonly service: number;
  readonly stored: BaselineService;
  /** Downtime (s) of each history of the baseline. */
  readonly before: readonly number[];
  readonly longest: number;
}

/** The downtime of the services of one scenario against a baseline, each open until it is certain. */
export class RegressionGates {
  /** Numbers of histories at which there is something to look at. */
  readonly looks: readonly number[];
  private readonly gates: readonly Gate[];
  private readonly plan: RegressionPlan;
  private readonly years: number;
  private readonly decided = new Map<string, CheckedRegression>();
  private readonly found = new Map<string, CheckedMethod>();
  private readonly model: CompiledModel;
  private readonly solved: ReadonlyMap<string, number>;
  private readonly tails: ReadonlyMap<number, number>;

  /** @param solved unavailability of the services the exact side has solved */
  constructor(
    model: CompiledModel,
    scenario: Scenario,
    entry: BaselineScenario | undefined,
    plan: RegressionPlan,
    solved: ReadonlyMap<string, number>,
  ) {
    this.model = model;
    this.solved = solved;
    this.plan = plan;
    this.years = entry?.years ?? 1;
    this.gates = Object.keys(scenario.services).flatMap((id, service) => {
      const before = entry?.services[id];
      if (before === undefined) return [];
      return [{ id, service, stored: before, before: downtimeOf(before), longest: longestOutage(model, service) }];
    });
    for (const gate of this.gates) {
      const [a, b] = [entry?.services[gate.id]?.exactUnavailability, solved.get(gate.id)];
      if (plan.isSame) this.decided.set(gate.id, this.unchanged(gate));
      else if (a !== undefined && b !== undefined) this.decided.set(gate.id, this.solvedGate(gate.id, a, b));
    }
    const most = Math.min(plan.most, entry?.histories ?? plan.most);
    this.looks = this.isDecided ? [] : looksUpTo(most);
    const tails = this.looks.length === 0 ? [] : spendingTails(this.looks, plan.alpha);
    this.tails = new Map(this.looks.map((look, i) => [look, tails[i]!]));
  }

  /** By service, where cycles were asked whether it is down more. */
  get methods(): ReadonlyMap<string, CheckedMethod> {
    return this.found;
  }

  /** Nothing more can be decided: every gate is certain, or has asked all who know. */
  get isDecided(): boolean {
    return this.gates.every(({ id }) => this.decided.has(id));
  }

  /** Looks at the histories so far; does nothing between the looks that were planned. */
  look(totals: RunTotals): void {
    const tail = this.tails.get(totals.histories);
    if (tail === undefined) return;
    const confidence = 1 - 2 * tail;
    for (const gate of this.gates) {
      if (this.decided.has(gate.id)) continue;
      const verdict = judgeRegression(this.pairs(gate, totals), this.plan.rules, confidence, gate.longest);
      if (verdict === 'undecided') continue;
      this.decided.set(
        gate.id,
        this.measured(gate, totals, {
          verdict,
          by: 'histories',
          histories: totals.histories,
          confidence,
        }),
      );
    }
  }

  /**
   * Asks rare-event cycles about services that histories meet too seldom, each once; does nothing between the looks. What they
   * leave open stays so: they have spent what chance of an error there was.
   */
  async lookAtRare(totals: RunTotals, rare: RarePlan): Promise<void> {
    const { model, plan } = this;
    if (!this.tails.has(totals.histories)) return;
    for (const { id, service, stored } of this.gates) {
      if (this.decided.has(id) || this.found.has(id) || !isRare(model, totals, service, plan.most)) continue;
      const { count } = totals.outageEvents[service]!;
      const seen = `${count} ${count === 1 ? 'outage' : 'outages'} in ${totals.histories} histories`;
      const alpha = alphaLeft(plan.alpha, totals, Math.max(...this.looks));
      const overlap = overlapOf(totals);
      const looked =
        overlap !== undefined || alpha <= 0
          ? { refused: overlap ?? 'the histories have spent all chance of an error' }
          : await regressionByCycles(model, service, stored, this.solved.get(id), rare, plan.rules, alpha);
      if ('refused' in looked) {
        this.found.set(id, { method: 'histories', because: `${seen}; no cycles: ${looked.refused}` });
        continue;
      }
      const { figures, verdict, confidence, arePairs } = looked;
      const samples = arePairs ? 'the same incidents as in the baseline' : 'incidents of its own';
      this.found.set(id, { method: 'cycles', because: `${seen}; ${samples}` });
      const decision = { verdict, by: 'cycles', histories: totals.histories, confidence } as const;
      this.decided.set(id, { service: id, metric: 'dpm', ...figures, ...decision });
    }
  }

  /** In the order of the scenario. */
  results(totals: RunTotals): readonly CheckedRegression[] {
    const last = this.looks.findLast((look) => look <= totals.histories) ?? this.looks[0];
    const confidence = last === undefined ? 1 : 1 - 2 * this.tails.get(last)!;
    const decision = { verdict: 'undecided', by: 'histories', histories: totals.histories, confidence } as const;
    return this.gates.map((gate) => this.decided.get(gate.id) ?? this.measured(gate, totals, decision));
  }

  private pairs({ service, before }: Gate, totals: RunTotals) {
    const micros = sumLists(totals.service(service, 'totalTime'), totals.service(service, 'partialWeighted'));
    const n = Math.min(before.length, micros.length);
    return {
      a: before.slice(0, n),
      b: micros.slice(0, n).map((one) => one / MICROSECONDS_PER_SECOND),
      exposures: new Array<number>(n).fill(this.years),
    };
  }

  private measured(gate: Gate, totals: RunTotals, decision: Decision): CheckedRegression {
    const figures =
      totals.histories === 0
        ? this.unknown()
        : regressionFigures(this.pairs(gate, totals), decision.confidence, gate.longest);
    return { service: gate.id, metric: 'dpm', ...figures, ...decision };
  }

  /** Nothing was simulated: the interval is everything. */
  private unknown(): Pick<CheckedRegression, 'a' | 'b' | 'difference' | 'ratio'> {
    const open = { value: 0, lo: 0, hi: Number.POSITIVE_INFINITY, method: 'histories', n: 0 } as const;
    return { a: open, b: open, difference: { ...open, lo: Number.NEGATIVE_INFINITY }, ratio: null };
  }

  private unchanged({ id, before, longest }: Gate): CheckedRegression {
    const exposures = new Array<number>(before.length).fill(this.years);
    const confidence = 1 - 2 * this.plan.alpha;
    const a = rateInterval(before, exposures, confidence, { largest: longest });
    return {
      service: id,
      metric: 'dpm',
      a,
      b: a,
      difference: exact(0),
      ratio: a.value === 0 ? null : exact(1),
      verdict: 'pass',
      by: 'digest',
      histories: 0,
      confidence,
    };
  }

  private solvedGate(id: string, unavailabilityA: number, unavailabilityB: number): CheckedRegression {
    const [a, b] = [unavailabilityA * SECONDS_PER_YEAR, unavailabilityB * SECONDS_PER_YEAR];
    return {
      service: id,
      metric: 'dpm',
      a: exact(a),
      b: exact(b),
      difference: exact(b - a),
      ratio: a === 0 ? null : exact(b / a),
      verdict: judgeExactRegression(a, b, this.plan.rules),
      by: 'exact',
      histories: 0,
      confidence: 1,
    };
  }
}
