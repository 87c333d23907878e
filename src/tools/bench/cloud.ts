import { compile } from '../../compile/compile.ts';
import { type CompiledModel, MANIFESTATION } from '../../compile/model.ts';
import { mean } from '../../model/law.ts';
import { ELEMENT_KINDS, type ElementKind } from '../../model/scenario.ts';
import { SECONDS_PER_YEAR } from '../../model/time.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { HistoryRunner } from '../../simulate/histories.ts';
import { bigCloud, cloudSize } from './models/cloud.ts';
import { assert, assertClose, type Row, ratio, type Suite } from './suite.ts';

/** The smallest cloud is the reference: what an event costs must not depend on how much there is besides. */
const REFERENCE_NODES = 100;
const NODES = [REFERENCE_NODES, 300, 1_000, 3_000, 10_000];
const EVENTS = 200_000;
const SEED = 'cloud';

/** Clouds of 100 to 10 000 nodes; that of 1 000 has 20 000 virtual machines, 64 leaves, 8 spines and 500 groups. */
export const cloudSuite: Suite = {
  name: 'cloud',
  reference: `the same cloud with ${REFERENCE_NODES} nodes, event by event; times are processor time on this machine`,
  long: true,
  run: () => {
    const reference = compile(readScenario(bigCloud(REFERENCE_NODES)).scenario);
    return NODES.map((nodes) => cloudRow(nodes, reference));
  },
};

function cloudRow(nodes: number, reference: CompiledModel): Row {
  const text = bigCloud(nodes);
  const reading = timed(() => readScenario(text).scenario);
  const compiling = timed(() => compile(reading.value));
  const model = compiling.value;
  checkSize(model, nodes);
  checkRun(model, nodes);
  const microseconds = Math.min(timed(events(model)).seconds, timed(events(model)).seconds) * (1e6 / EVENTS);
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  return {
    name: `${nodes} nodes, ${cloudSize(nodes).machines} virtual machines`,
    work: `${EVENTS} events`,
    ratio: ratio(
      () => events(model),
      () => events(reference),
    ),
    check: [
      `read in ${reading.seconds.toFixed(2)} s, compiled in ${compiling.seconds.toFixed(2)} s`,
      `${Math.round(1e6 / microseconds)} events a second, ${megabytes} MB in all`,
    ].join(', '),
  };
}

/** A history under way that simulates so many events when it is called. */
function events(model: CompiledModel): () => void {
  const runner = new HistoryRunner(model, SEED);
  runner.begin(0, 1e6, 0);
  return () => assert(!runner.advance(EVENTS), 'the history ended before its events did');
}

/** It is the cloud it is meant to be. */
function checkSize(model: CompiledModel, nodes: number): void {
  const size = cloudSize(nodes);
  const ofKind = (kind: ElementKind): number =>
    model.elements.kind.filter((each) => each === ELEMENT_KINDS.indexOf(kind)).length;
  const count = (what: string, found: number, expected: number): void =>
    assert(found === expected, `${nodes} nodes: ${found} ${what} instead of ${expected}`);
  count('nodes', ofKind('node'), nodes);
  count('spines', ofKind('spine'), size.spines);
  count('leaves', ofKind('leaf'), 2 * size.leafPairs);
  count('virtual machines', ofKind('guest'), size.machines);
  count('groups', model.groups.internal.filter((internal) => internal === 0).length, size.groups);
}

/** A history has as many failures as its rates say, and is the same twice, event by event. */
function checkRun(model: CompiledModel, nodes: number): void {
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
}

/** Seconds of processor time. */
function timed<T>(work: () => T): { readonly value: T; readonly seconds: number } {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return { value, seconds: (user + system) / 1e6 };
}
