import { compile } from '../../compile/compile.ts';
import type { CompiledModel } from '../../compile/model.ts';
import { sliceServices } from '../../compile/slice/services.ts';
import { CYCLE } from '../../measures/cycles/measures.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { runCycles } from '../../simulate/cycles/run-cycles.ts';
import { HistoryRunner } from '../../simulate/histories.ts';
import { elementsOf, type LargeCloud, largeCloud } from './models/large.ts';
import { assert, type Row, ratio, type Suite } from './suite.ts';

/** The smallest cloud is the reference: what a service costs must not depend on what else there is. */
const SIZES = [78, 780, 7_800] as const;
const SEED = 'slice';
const PRECISION = { confidence: 0.95, precision: 0.05, isOver: async (): Promise<boolean> => false, seed: SEED };

/** One service of clouds of 1 000, 10 000 and 100 000 elements, by cycles to ±5 %: slicing and estimating, without reading. */
export const sliceSuite: Suite = {
  name: 'slice',
  reference: `the same service of the smallest cloud; seconds are processor time on this machine`,
  long: true,
  run: async () => {
    const rows: Row[] = [];
    for (const replacement of ['in-place', 'pool'] as const) {
      const reference = new Subject({ nodes: SIZES[0], replacement });
      for (const nodes of SIZES) rows.push(await rowOf(new Subject({ nodes, replacement }), reference));
    }
    return rows;
  },
};

class Subject {
  readonly cloud: LargeCloud;
  readonly model: CompiledModel;
  readonly reading: number;
  readonly compiling: number;

  constructor(cloud: LargeCloud) {
    this.cloud = cloud;
    const text = largeCloud(cloud);
    const read = timed(() => readScenario(text).scenario);
    const compiled = timed(() => compile(read.value));
    this.model = compiled.value;
    this.reading = read.seconds;
    this.compiling = compiled.seconds;
    assert(this.model.elements.count === elementsOf(cloud), `${this.model.elements.count} elements`);
  }

  /** Slices by hand: influence and all. */
  slice(): CompiledModel {
    return sliceServices(this.model, [0]).model;
  }
}

async function rowOf(subject: Subject, reference: Subject): Promise<Row> {
  const { cloud, model, reading, compiling } = subject;
  const slicing = timed(() => subject.slice());
  const kept = slicing.value;
  checkHistory(subject, kept);
  const started = process.cpuUsage();
  const cycles = await runCycles({ ...model }, 0, PRECISION);
  const { user, system } = process.cpuUsage(started);
  assert(cycles !== undefined && cycles.stop === 'precision', 'the cycles did not get there');
  const alone = await runCycles(kept, 0, PRECISION);
  assert(alone!.totals.rate(CYCLE.downtime) === cycles!.totals.rate(CYCLE.downtime), 'a slice is what is asked');
  return {
    name: `${elementsOf(cloud)} elements, ${cloud.replacement}`,
    work: `${cycles!.events} events`,
    ratio: ratio(
      () => events(kept),
      () => events(reference.slice()),
    ),
    check: [
      `${kept.elements.count} elements and ${kept.groups.count} of ${model.groups.count} groups kept`,
      `downtime ${(cycles!.totals.rate(CYCLE.downtime) * 31_536_000).toFixed(1)} s/year`,
      `read ${reading.toFixed(2)} s, compiled ${compiling.toFixed(2)} s, sliced ${slicing.seconds.toFixed(2)} s`,
      `sliced and estimated to ±5 % ${((user + system) / 1e6).toFixed(2)} s`,
    ].join(', '),
  };
}

/** In place, the history of the slice is that of the whole; elsewhere it is another one. */
function checkHistory({ cloud, model }: Subject, kept: CompiledModel): void {
  assert(kept.groups.count === 1, `${kept.groups.count} groups are kept`);
  if (cloud.replacement === 'pool') return;
  const of = (one: CompiledModel): string => {
    const { outageService, outageLength } = new HistoryRunner(one, SEED).run(0, 2, 0);
    return outageLength.filter((_, i) => outageService[i] === 0).join();
  };
  const [whole, alone] = [of(model), of(kept)];
  assert(alone.length > 0 && alone === whole, 'the slice has another history');
}

/** A history under way that simulates so many events when it is called. */
function events(model: CompiledModel): () => void {
  const runner = new HistoryRunner(model, SEED);
  runner.begin(0, 1e6, 0);
  return () => assert(!runner.advance(100_000), 'the history ended before its events did');
}

/** Seconds of processor time. */
function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}
