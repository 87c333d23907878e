/** What runs in each thread of a run: `dist/worker.js`, started by `adapters/piscina.ts` with the plan as its data. */
import { workerData } from 'node:worker_threads';
import type { HistoryPlan } from './simulate/crew.ts';
import { crewWorker } from './simulate/crew-worker.ts';

export default crewWorker(workerData as HistoryPlan);
