import type { CompiledModel } from '../compile/model.ts';
import type { FinishedWork, Part, Shard } from '../model/part.ts';
import { InputError } from '../model/problem.ts';
import type { Scenario } from '../model/scenario.ts';
import { runCycles } from './cycles/run-cycles.ts';
import { Hiring } from './hiring.ts';
import { historySpan } from './history-span.ts';
import { HistorySupply } from './history-supply.ts';
import { overseer } from './overseer.ts';
import { CYCLE_PRECISION, NothingFinished, type RunHelp, runPlan, type SimulateOptions } from './run.ts';

/** Histories of a shard: consecutive ones, shards differ by one at most. */
export function historiesOf({ index, of }: Shard, histories: number): Part['histories'] {
  return { first: Math.floor(((index - 1) * histories) / of), end: Math.floor((index * histories) / of) };
}

/**
 * Does the work of one shard and leaves all of it in `finished`: its histories and, where cycles are asked for, those of
 * every so-manieth service. What depends on all histories, as the choice of a method does, is left to those who merge.
 *
 * @throws InputError when it is not known beforehand how many histories there are
 * @throws NothingFinished when it was broken off
 */
export async function runShard(
  model: CompiledModel,
  scenario: Scenario,
  shard: Shard,
  options: SimulateOptions,
  help: RunHelp & { readonly finished: FinishedWork },
): Promise<Part['histories']> {
  const { plan, method, wanted, precision, most } = runPlan(scenario, options);
  if (precision !== undefined && options.histories === undefined) {
    refuse(
      'a shard of a run that stops at a precision needs to know how many histories there may be',
      'give --histories, the same to all shards',
    );
  }
  if ((options.maxTime ?? scenario.simulation.maxTime) !== undefined) {
    refuse('a shard does all of its work: what a time limit leaves out would be missing', 'leave the time limit out');
  }
  const isOver = overseer(options);
  const { finished } = help;
  const hiring = new Hiring(plan, options.workers ?? 1, help.hire, help.worthACrew);
  const { first, end } = historiesOf(shard, most);
  const supply = new HistorySupply(model, plan, { hiring, finished, first, isOver });
  let events = 0;
  try {
    for (let index = first; index < end; index++) {
      const record = (await isOver()) ? undefined : await supply.next(end, end);
      if (record === undefined) throw new NothingFinished();
      events += record.events;
      const histories = index + 1 - first;
      options.onProgress?.({ histories, of: end - first, years: histories * plan.years, events, workers: hiring.size });
    }
    for (let service = 0; method === 'cycles' && service < model.services.visible; service++) {
      if (service % shard.of !== shard.index - 1) continue;
      const { seed } = plan;
      const { confidence } = scenario.simulation;
      const found = await runCycles(model, service, {
        seed,
        confidence,
        precision: wanted ?? CYCLE_PRECISION,
        isOver,
        hiring,
        finished,
        span: historySpan(plan),
      });
      if (found === undefined || (await isOver())) throw new NothingFinished();
    }
  } finally {
    await hiring.close();
  }
  return { first, end };
}

function refuse(message: string, hint: string): never {
  throw new InputError([{ level: 'error', code: 'bad-use', message, hint }]);
}
