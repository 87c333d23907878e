import type { Crew, HireCrew, HistoryPlan } from './crew.ts';

/** Events still to come that are worth a crew: some 0.5 s. A little of them tells what the rest costs. */
const WORTH_A_CREW = 1_000_000;
const CLEAR = 0.05;

/** How far a piece of work is: units are histories or samples. */
export interface WorkLeft {
  /** Units that are done, and the events they took. */
  readonly done: number;
  readonly events: number;
  /** Units still to come. */
  readonly left: number;
}

/** Hires a crew once the work turns out to be worth one, for all of a run: who hired whom cannot be seen in its result. */
export class Hiring {
  private readonly plan: HistoryPlan;
  private readonly workers: number;
  private readonly hire: HireCrew | undefined;
  private readonly worth: number;
  private hired: Crew | undefined;
  private asked = false;

  /**
   * @param workers threads at work, this one among them
   * @param worth events still to come that are worth a crew; default 1 million
   */
  constructor(plan: HistoryPlan, workers: number, hire: HireCrew | undefined, worth = WORTH_A_CREW) {
    this.plan = plan;
    this.workers = workers;
    this.hire = hire;
    this.worth = worth;
  }

  /** Threads at work. */
  get size(): number {
    return (this.hired?.size ?? 0) + 1;
  }

  /** The crew for the rest of a piece of work; undefined where it is little or there is no crew to be had. */
  async crewFor({ done, events, left }: WorkLeft): Promise<Crew | undefined> {
    if (left < 2) return undefined;
    if (this.hired !== undefined) return this.hired;
    if (this.asked || this.workers < 2 || this.hire === undefined || events < CLEAR * this.worth) return undefined;
    if ((left * events) / Math.max(1, done) < this.worth) return undefined;
    this.asked = true;
    this.hired = await this.hire(this.plan, Math.min(this.workers - 1, left));
    return this.hired;
  }

  async close(): Promise<void> {
    await this.hired?.close();
  }
}
