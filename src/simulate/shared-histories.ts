import type { HistoryRecord } from '../measures/history-record.ts';
import { unpackRecords } from '../measures/packed-records.ts';
import type { Crew, HistoryTask } from './crew.ts';
import { SharedWork } from './shared-work.ts';

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

/** Histories computed by a crew, handed out strictly in index order. */
export class SharedHistories {
  private readonly work: SharedWork;
  private ready: HistoryRecord[] = [];

  constructor(crew: Crew, sharing: Sharing, isOver: () => Promise<boolean>) {
    this.work = new SharedWork(crew, tasksOf(sharing, crew.size), isOver);
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
  // The last tasks are to be done at about the same time.
  const fair = Math.ceil((end - first) / (2 * workers));
  const most = Math.max(1, Math.min(byEvents, byNumbers, fair, MOST_PER_TASK));
  for (let coming = first; coming < end; coming += most) {
    yield { first: coming, count: Math.min(most, end - coming) };
  }
}
