/** The exact side beside a run: by one of its threads where it has hired some, else by this one when it is asked for. */

import { analyseScenario } from './analytic/scenario/exact-side.ts';
import { compile } from './compile/compile.ts';
import type { CompiledModel } from './compile/model.ts';
import type { Scenario } from './model/scenario.ts';
import type { HireCrew } from './simulate/crew.ts';
import { soon } from './simulate/overseer.ts';
import { serviceStateSpace } from './simulate/state-space.ts';
import { hireThreads, type Solved } from './threads.ts';

/** States up to which chains are solved beside a run. */
const MOST_STATES = 20_000;

/** What the exact side says of every service of the scenario, under its own treatment of the control path. */
export function solveBeside(scenario: Scenario, compiled: CompiledModel = compile(scenario)): Solved {
  const { controlTreatment } = scenario;
  const limits = { mostStates: MOST_STATES, thorough: false, compiled };
  return analyseScenario(scenario, [controlTreatment], serviceStateSpace, limits)[controlTreatment];
}

/** The exact side of one run. */
export class ExactBeside {
  private readonly scenario: Scenario;
  private readonly model: CompiledModel;
  private readonly signal: { readonly aborted: boolean } | undefined;
  private underWay: Promise<void> | undefined;
  private solved: Solved | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(scenario: Scenario, model: CompiledModel, signal: { readonly aborted: boolean } | undefined) {
    this.scenario = scenario;
    this.model = model;
    this.signal = signal;
  }

  /** Hires threads, the first of which solves the scenario before anything else. */
  readonly hire: HireCrew = async (plan, size) => {
    const threads = await hireThreads(plan, size);
    this.underWay = threads?.solve().then(
      (solved) => {
        this.solved = solved;
      },
      (error: unknown) => {
        this.failure = { error };
      },
    );
    return threads;
  };

  /** Whoever interrupts a run does not wait for chains to be solved: undefined when they are not. */
  async answer(): Promise<Solved | undefined> {
    for (;;) {
      if (this.solved !== undefined) return this.solved;
      if (this.signal?.aborted === true) return undefined;
      if (this.failure !== undefined) throw this.failure.error;
      if (this.underWay === undefined) this.solved = solveBeside(this.scenario, this.model);
      else await soon(this.underWay);
    }
  }
}
