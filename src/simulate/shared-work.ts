import { type Crew, claimed, isClaimed, type Offer, offered, type Task } from './crew.ts';
import { soon, turn } from './overseer.ts';

/** Tasks under way or waiting to be absorbed, for each who works: nobody waits, and memory stays bounded. */
const AHEAD = 3;

/** What becomes of an offer. */
interface Piece extends Offer {
  /** Settled as soon as the crew is done with it, one way or the other. */
  readonly settled: Promise<void>;
  /** Claimed by this thread. */
  isOwn?: true;
  answer?: Float64Array;
  error?: unknown;
}

export interface WorkHere {
  /** Does a task in this thread; undefined when the run is over before it is done. */
  readonly here: (task: Task) => Promise<Float64Array | undefined>;
  /** Asked while waiting: true once nobody wants the answers any more. */
  readonly isOver: () => Promise<boolean>;
}

/**
 * Tasks worked off by a crew and this thread, whose answers come strictly in the order of the tasks. The crew is offered what
 * comes next; while the answer in turn is not there, this thread takes the first task that nobody has begun.
 */
export class SharedWork {
  private readonly crew: Crew;
  private readonly coming: Iterator<Task>;
  private readonly work: WorkHere;
  private readonly underWay: Piece[] = [];
  private death: { readonly error: unknown } | undefined;

  constructor(crew: Crew, tasks: Iterable<Task>, work: WorkHere) {
    this.crew = crew;
    this.coming = tasks[Symbol.iterator]();
    this.work = work;
    this.handOut();
  }

  /** Answer to the next task; undefined when the run is over before it is known. */
  async next(): Promise<Float64Array | undefined> {
    for (;;) {
      this.handOut();
      if (this.death !== undefined) throw this.death.error;
      const head = this.underWay[0]!;
      if (head.error !== undefined) throw head.error;
      if (head.answer !== undefined) {
        this.underWay.shift();
        this.handOut();
        return head.answer;
      }
      if (await this.work.isOver()) return undefined;
      const own = this.underWay.find((piece) => claimed(piece));
      if (own === undefined) await soon(head.settled);
      else {
        own.isOwn = true;
        try {
          const answer = await this.work.here(own.task);
          if (answer === undefined) return undefined;
          own.answer = answer;
        } catch (error) {
          // It may be that nobody ever asks for it: told at its turn, as by one thread.
          own.error = error;
        }
        await turn();
      }
    }
  }

  private handOut(): void {
    while (this.underWay.length < AHEAD * (this.crew.size + 1)) {
      const { done, value } = this.coming.next();
      if (done === true) return;
      this.underWay.push(this.piece(offered(value)));
    }
  }

  private piece(offer: Offer): Piece {
    const piece: Piece = {
      ...offer,
      settled: this.crew.simulate(offer).then(
        (answer) => {
          if (answer !== undefined) piece.answer = answer;
        },
        (error: unknown) => {
          // What a task is about is told when its turn comes; that somebody died at none of his own, at once.
          if (piece.isOwn !== true && isClaimed(offer)) piece.error = error;
          else this.death = { error };
        },
      ),
    };
    return piece;
  }
}
