/** What runs in each thread of a run: `dist/worker.js`, started by `adapters/piscina.ts` with the plan as its data. */
import { workerData } from 'node:worker_threads';
import type { HistoryPlan } from './simulate/crew.ts';
import { crewWorker } from './simulate/crew-worker.ts';
import type { Solved } from './threads.ts';

const plan = workerData as HistoryPlan;

export default crewWorker(plan);

/** The exact side of the plan's scenario, loaded when it is asked for. */
export async function solve(): Promise<Solved> {
  const { solveBeside } = await import('./beside.ts');
  return solveBeside(plan.scenario);
}
