import type { HistoryRecord } from '../measures/history-record.ts';
import { unpackRecords } from '../measures/packed-records.ts';
import type { Crew, HistoryTask } from './crew.ts';
import { SharedWork, type WorkHere } from './shared-work.ts';

/** What is known of the histories before they are shared out. */
export interface Sharing {
  /** First history and the end of all. */
  readonly first: number;
  readonly end: number;
  /** Events of a history, and numbers in its packed record; 0: not known yet. */
  readonly events: number;
  readonly numbers: number;
}

/** Events of one task: some 50 ms, so that sending it costs nothing against it. */
const TASK_EVENTS = 100_000;
/** Numbers that come back from one task at most (16 MB). */
const TASK_NUMBERS = 2_000_000;
const MOST_PER_TASK = 1_000;

export interface HistoriesHere extends Pick<WorkHere, 'isOver'> {
  readonly here: (task: HistoryTask) => Promise<Float64Array | undefined>;
}

/** Histories computed by a crew and this thread, handed out strictly in index order. */
export class SharedHistories {
  private readonly work: SharedWork;
  private ready: HistoryRecord[] = [];

  constructor(crew: Crew, sharing: Sharing, { here, isOver }: HistoriesHere) {
    this.work = new SharedWork(crew, tasksOf(sharing, crew.size + 1), {
      // Tasks are those of `tasksOf`.
      here: (task) => here(task as HistoryTask),
      isOver,
    });
  }

  /** Record of the next history; undefined when the run is over before it is known. */
  async next(): Promise<HistoryRecord | undefined> {
    if (this.ready.length === 0) {
      const answer = await this.work.next();
      if (answer === undefined) return undefined;
      this.ready = unpackRecords(answer).reverse();
    }
    return this.ready.pop();
  }
}

function* tasksOf({ first, end, events, numbers }: Sharing, workers: number): Generator<HistoryTask> {
  const byEvents = events === 0 ? 1 : Math.ceil(TASK_EVENTS / events);
  const byNumbers = numbers === 0 ? 1 : Math.floor(TASK_NUMBERS / numbers);
  const most = Math.max(1, Math.min(byEvents, byNumbers, MOST_PER_TASK));
  for (let coming = first; coming < end; ) {
    // The last tasks are short, and done at about the same time.
    const count = Math.min(most, Math.ceil((end - coming) / (2 * workers)));
    yield { first: coming, count };
    coming += count;
  }
}
