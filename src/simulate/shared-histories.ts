import type { HistoryRecord } from '../measures/history-record.ts';
import { unpackRecords } from '../measures/packed-records.ts';
import type { Crew } from './crew.ts';

/** What is known of the histories before they are shared out. */
export interface Sharing {
  /** First history and the end of all. */
  readonly first: number;
  readonly end: number;
  /** Events of a history, and numbers in its packed record; 0: not known yet. */
  readonly events: number;
  readonly numbers: number;
}

/** Events of one task: some 100 ms, so that sending it costs nothing against it. */
const TASK_EVENTS = 200_000;
/** Numbers that come back from one task at most (16 MB). */
const TASK_NUMBERS = 2_000_000;
const MOST_PER_TASK = 1_000;
/** Tasks under way or waiting to be absorbed, per worker: nobody waits, and memory stays bounded. */
const AHEAD = 3;
const LOOK_EVERY_MS = 50;

/** Histories computed by a crew, handed out strictly in index order. */
export class SharedHistories {
  private readonly crew: Crew;
  private readonly tasks: Promise<Float64Array>[] = [];
  private readonly isOver: () => Promise<boolean>;
  private readonly end: number;
  private readonly count: number;
  private coming: number;
  private ready: HistoryRecord[] = [];

  constructor(crew: Crew, { first, end, events, numbers }: Sharing, isOver: () => Promise<boolean>) {
    this.crew = crew;
    this.isOver = isOver;
    this.coming = first;
    this.end = end;
    const byEvents = events === 0 ? 1 : Math.ceil(TASK_EVENTS / events);
    const byNumbers = numbers === 0 ? 1 : Math.floor(TASK_NUMBERS / numbers);
    // The last tasks are to be done at about the same time.
    const fair = Math.ceil((end - first) / (2 * crew.size));
    this.count = Math.max(1, Math.min(byEvents, byNumbers, fair, MOST_PER_TASK));
  }

  /** Record of the next history; undefined when the run is over before it is known. */
  async next(): Promise<HistoryRecord | undefined> {
    if (this.ready.length === 0) {
      this.handOut();
      const answer = await this.answerOf(this.tasks[0]!);
      if (answer === undefined) return undefined;
      this.tasks.shift();
      this.handOut();
      this.ready = unpackRecords(answer).reverse();
    }
    return this.ready.pop();
  }

  private handOut(): void {
    while (this.coming < this.end && this.tasks.length < AHEAD * this.crew.size) {
      const count = Math.min(this.count, this.end - this.coming);
      const task = this.crew.simulate({ first: this.coming, count });
      // It is told when its turn comes; a run that ends before does not care.
      task.catch(() => {});
      this.tasks.push(task);
      this.coming += count;
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
