import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compile } from '../../compile/compile.ts';
import { type CompiledModel, MANIFESTATION } from '../../compile/model.ts';
import { mean } from '../../model/law.ts';
import { ELEMENT_KINDS, type ElementKind } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { HistoryRunner } from '../../simulate/histories.ts';
import { bigCloud, cloudSize } from './models/cloud.ts';
import { managedCloud } from './models/managed-cloud.ts';
import { assert, assertClose, type Row, ratio, type Suite } from './suite.ts';

/** The smallest cloud is the reference: what an event or a node costs must not depend on how much there is besides. */
const REFERENCE_NODES = 100;
const NODES = [1_000, 10_000];
const MANAGED_NODES = 1_000;
/** Those of the control path and of its monitors. */
const NODES_BESIDES = 4;
const EVENTS = 200_000;
const SEED = 'cloud';
const REPETITIONS = 3;

/** What a cloud of some size costs by itself. */
interface Cost {
  readonly model: CompiledModel;
  /** Processor time, s: of the text to the scenario, and of that to the model; the best of three. */
  readonly reading: number;
  readonly compiling: number;
  /** Bytes of the scenario, its model and one history under way. */
  readonly bytes: number;
}

/**
 * Clouds of 1 000 and 10 000 nodes against one of 100: speed of an event, of reading and of compiling a node, and room for a
 * node. That of 1 000 has 20 000 virtual machines, 64 leaves, 8 spines and 500 groups; once more with everything that
 * manages and watches it.
 */
export const cloudSuite: Suite = {
  name: 'cloud',
  reference: `the same cloud with ${REFERENCE_NODES} nodes, event by event and node by node (processor time, bytes)`,
  run: () => {
    const reference = costOf(REFERENCE_NODES);
    return [...NODES.flatMap((nodes) => cloudRows(nodes, reference)), managedRow(MANAGED_NODES, reference)];
  },
};

/** The cloud with all control services and all monitors (`managedCloud`): an event against one of the small plain cloud. */
function managedRow(nodes: number, reference: Cost): Row {
  const model = compile(readScenario(managedCloud(nodes)).scenario);
  checkSize(model, nodes, NODES_BESIDES);
  const count = checkRun(model, nodes);
  const perSecond = EVENTS / timed(events(model)).seconds;
  const control = model.elements.kind.filter((each) => each === ELEMENT_KINDS.indexOf('control')).length;
  return {
    name: `${nodes} nodes, managed: events`,
    work: `${EVENTS} events`,
    ratio: ratio(
      () => events(model),
      () => events(reference.model),
    ),
    check: `${control} control instances, ${model.slots.count} clocks; ${count} events of 50000 failures; ${Math.round(perSecond / 1000)} thousand events a second on this machine`,
  };
}

function cloudRows(nodes: number, reference: Cost): Row[] {
  const cost = costOf(nodes);
  const { model } = cost;
  checkRun(model, nodes);
  const name = (what: string): string => `${nodes} nodes: ${what}`;
  const growth = nodes / REFERENCE_NODES;
  const machines = `${cloudSize(nodes).machines} virtual machines`;
  const seconds = (time: number): string => `${time.toFixed(2)} s on this machine`;
  return [
    {
      name: name('events'),
      work: `${EVENTS} events`,
      ratio: ratio(
        () => events(model),
        () => events(reference.model),
      ),
      check: machines,
    },
    {
      name: name('reading'),
      work: `${nodes} nodes`,
      ratio: (reference.reading * growth) / cost.reading,
      check: seconds(cost.reading),
    },
    {
      name: name('compiling'),
      work: `${model.elements.count} elements, ${model.slots.count} clocks`,
      ratio: (reference.compiling * growth) / cost.compiling,
      check: seconds(cost.compiling),
    },
    {
      name: name('memory'),
      work: `${nodes} nodes`,
      ratio: (reference.bytes * growth) / cost.bytes,
      check: `${Math.round(cost.bytes / 1e6)} MB for scenario, model and history`,
    },
  ];
}

function costOf(nodes: number): Cost {
  const text = bigCloud(nodes);
  let [reading, compiling] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let repetition = 1; repetition < REPETITIONS; repetition++) {
    const read = timed(() => readScenario(text).scenario);
    reading = Math.min(reading, read.seconds);
    compiling = Math.min(compiling, timed(() => compile(read.value)).seconds);
  }
  const before = bytesInUse();
  const read = timed(() => readScenario(text).scenario);
  const compiled = timed(() => compile(read.value));
  const runner = new HistoryRunner(compiled.value, SEED);
  runner.begin(0, 1e6, 0);
  assert(!runner.advance(EVENTS), 'the history ended before its events did');
  const bytes = bytesInUse() - before;
  checkSize(compiled.value, nodes);
  // Whatever is measured must still be in use.
  assert(!runner.advance(1) && read.value.name === `cloud-${nodes}`, 'the history or its scenario is gone');
  return {
    model: compiled.value,
    reading: Math.min(reading, read.seconds),
    compiling: Math.min(compiling, compiled.seconds),
    bytes,
  };
}

/** Bytes of all that is reachable, in the heap and outside of it. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A history under way that simulates so many events when it is called. */
function events(model: CompiledModel): () => void {
  const runner = new HistoryRunner(model, SEED);
  runner.begin(0, 1e6, 0);
  return () => assert(!runner.advance(EVENTS), 'the history ended before its events did');
}

/** It is the cloud it is meant to be, with so many nodes besides. */
function checkSize(model: CompiledModel, nodes: number, besides = 0): void {
  const size = cloudSize(nodes);
  const ofKind = (kind: ElementKind): number =>
    model.elements.kind.filter((each) => each === ELEMENT_KINDS.indexOf(kind)).length;
  const count = (what: string, found: number, expected: number): void =>
    assert(found === expected, `${nodes} nodes: ${found} ${what} instead of ${expected}`);
  count('nodes', ofKind('node'), nodes + besides);
  count('spines', ofKind('spine'), size.spines);
  count('leaves', ofKind('leaf'), 2 * size.leafPairs);
  count('virtual machines', ofKind('guest'), size.machines);
  count('groups', model.groups.internal.filter((internal) => internal === 0).length, size.groups);
}

/** A history has as many failures as its rates say, and is the same twice, event by event; how many they are. */
function checkRun(model: CompiledModel, nodes: number): number {
  const { modes, laws } = model;
  let perYear = 0;
  for (let mode = 0; mode < modes.count; mode++) {
    if (modes.manifestation[mode] === MANIFESTATION.failStop)
      perYear += SECONDS_PER_YEAR / mean(laws[modes.law[mode]!]!);
  }
  const years = 50_000 / perYear;
  const once = (): { readonly events: number; readonly failures: number } => {
    const { events, elementFailures } = new HistoryRunner(model, SEED).run(0, years, 0);
    return { events, failures: elementFailures.reduce((sum, each) => sum + each, 0) };
  };
  const first = once();
  const second = once();
  // Five standard errors; what is down meanwhile, one in a thousand, does not fail.
  assertClose(first.failures, 50_000, 5 / Math.sqrt(50_000) + 0.002, `${nodes} nodes: failures`);
  assert(first.events === second.events, `${nodes} nodes: ${first.events} events, then ${second.events}`);
  assert(first.events > 2 * first.failures, `${nodes} nodes: ${first.events} events of ${first.failures} failures`);
  return first.events;
}

/** Seconds of processor time. */
function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}
