import type { Crew, Task } from './crew.ts';

/** Tasks under way or waiting to be absorbed, per worker: nobody waits, and memory stays bounded. */
const AHEAD = 3;
const LOOK_EVERY_MS = 50;

/** Tasks worked off by a crew, whose answers come strictly in the order of the tasks. */
export class SharedWork {
  private readonly crew: Crew;
  private readonly coming: Iterator<Task>;
  private readonly isOver: () => Promise<boolean>;
  private readonly underWay: Promise<Float64Array>[] = [];

  /** @param isOver asked while waiting: true once nobody wants the answers any more */
  constructor(crew: Crew, tasks: Iterable<Task>, isOver: () => Promise<boolean>) {
    this.crew = crew;
    this.coming = tasks[Symbol.iterator]();
    this.isOver = isOver;
  }

  /** Answer to the next task; undefined when the run is over before it is known. */
  async next(): Promise<Float64Array | undefined> {
    this.handOut();
    const answer = await this.answerOf(this.underWay[0]!);
    if (answer === undefined) return undefined;
    this.underWay.shift();
    this.handOut();
    return answer;
  }

  private handOut(): void {
    while (this.underWay.length < AHEAD * this.crew.size) {
      const { done, value } = this.coming.next();
      if (done === true) return;
      const task = this.crew.simulate(value);
      // It is told when its turn comes; a run that ends before does not care.
      task.catch(() => {});
      this.underWay.push(task);
    }
  }

  private async answerOf(task: Promise<Float64Array>): Promise<Float64Array | undefined> {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const pause = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), LOOK_EVERY_MS);
      });
      const answer = await Promise.race([task, pause]).finally(() => clearTimeout(timer));
      if (answer !== undefined) return answer;
      if (await this.isOver()) return undefined;
    }
  }
}
