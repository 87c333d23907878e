import type { FinishedWork } from '../../model/part.ts';
import type { Crew, CyclesTask } from '../crew.ts';
import type { Hiring } from '../hiring.ts';
import { SharedWork } from '../shared-work.ts';

/** What an event costs here, in events of histories. */
export const COST_OF_EVENT = 3;

/** Who may help with batches and what of them is known. */
export interface BatchHelp {
  readonly hiring?: Hiring | undefined;
  readonly finished?: FinishedWork | undefined;
}

/** Answers to batches of cycles in their order, from this thread, from a crew, or from work that was finished before. */
export class BatchSupply {
  private readonly run: (task: CyclesTask) => Float64Array;
  private readonly name: (task: CyclesTask) => string;
  private readonly help: BatchHelp;
  private readonly isOver: () => Promise<boolean>;
  private crew: Crew | undefined;
  /** Samples done here and their events. */
  private done = 0;
  private events = 0;

  /** @param name what the answer to a task is called in finished work */
  constructor(
    run: (task: CyclesTask) => Float64Array,
    name: (task: CyclesTask) => string,
    help: BatchHelp,
    isOver: () => Promise<boolean>,
  ) {
    this.run = run;
    this.name = name;
    this.help = help;
    this.isOver = isOver;
  }

  /**
   * Answers to `tasks` one by one; it ends early when the run is over.
   *
   * @param later samples that will be asked for after these, at least
   */
  async *answers(tasks: readonly CyclesTask[], later = 0): AsyncGenerator<Float64Array> {
    const { finished } = this.help;
    let left = tasks.reduce((sum, { count }) => sum + count, later);
    let shared: SharedWork | undefined;
    for (const [i, task] of tasks.entries()) {
      if (await this.isOver()) return;
      const name = this.name(task);
      let answer = shared === undefined ? finished?.find(name) : undefined;
      if (answer === undefined) {
        this.crew ??= await this.help.hiring?.crewFor({
          done: this.done,
          events: COST_OF_EVENT * this.events,
          left,
        });
        if (shared === undefined && this.crew !== undefined) {
          shared = new SharedWork(this.crew, tasks.slice(i), {
            // Tasks are those above.
            here: (own) => Promise.resolve(this.here(own as CyclesTask)),
            isOver: this.isOver,
          });
        }
        answer = shared === undefined ? this.here(task) : await shared.next();
        if (answer === undefined) return;
        finished?.keep(name, answer);
      }
      left -= task.count;
      yield answer;
    }
  }

  private here(task: CyclesTask): Float64Array {
    const answer = this.run(task);
    this.done += task.count;
    this.events += answer[0]!;
    return answer;
  }
}
