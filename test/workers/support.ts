import {
  type Crew,
  type HireCrew,
  type HistoryPlan,
  isClaimed,
  type Offer,
  type Task,
} from '../../src/simulate/crew.ts';
import { crewWorker } from '../../src/simulate/crew-worker.ts';

export interface FakeCrew {
  readonly hire: HireCrew;
  /** Those offered. */
  readonly tasks: Task[];
  readonly state: { hired: number; closed: number; underWay: number; mostUnderWay: number };
}

/**
 * A crew in this thread whose answers come in an order of its own: `delay` says after how many turns of the event loop
 * the answer to task i comes, `dies` at which task whoever works at it is no more.
 */
export function fakeCrew(delay: (task: number) => number, dies = Number.POSITIVE_INFINITY): FakeCrew {
  const tasks: Task[] = [];
  const offers = new Set<Offer>();
  const state = { hired: 0, closed: 0, underWay: 0, mostUnderWay: 0 };
  const hire: HireCrew = (plan: HistoryPlan, size: number): Promise<Crew> => {
    state.hired++;
    const work = crewWorker(plan);
    return Promise.resolve({
      size,
      simulate: async (offer) => {
        const number = tasks.push(offer.task) - 1;
        offers.add(offer);
        // Those that somebody else has claimed are nothing that is waited for.
        state.underWay = [...offers].filter((each) => !isClaimed(each)).length;
        state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay);
        for (let turn = delay(number); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
        offers.delete(offer);
        if (number >= dies) throw new Error('a worker died: worker exited with code: 7');
        return work(offer);
      },
      close: () => {
        state.closed++;
        return Promise.resolve();
      },
    });
  };
  return { hire, tasks, state };
}

/** A crew that never answers. */
export const silentCrew: HireCrew = (_plan, size) =>
  Promise.resolve({ size, simulate: () => new Promise(() => {}), close: () => Promise.resolve() });
