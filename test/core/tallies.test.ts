import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { attributionOf } from '../../src/measures/attribution.ts';
import { groupResult, populationResult } from '../../src/measures/group-result.ts';
import {
  attributionKey,
  attributionParts,
  GROUP_MEASURES,
  type GroupMeasure,
  type HistoryRecord,
  POPULATION_MEASURES,
  SERVICE_MEASURES,
  type ServiceMeasure,
} from '../../src/measures/history-record.ts';
import { RunTotals, sumLists } from '../../src/measures/run-totals.ts';
import { FAILOVER_REASONS, MARKS, PHASES } from '../../src/model/flow.ts';
import type { Law } from '../../src/model/law.ts';
import type { Group, Scenario, Service } from '../../src/model/scenario.ts';
import { HistoryRunner } from '../../src/simulate/histories.ts';
import { shapeOf } from '../../src/simulate/history-watch.ts';
import {
  all,
  any,
  control,
  detector,
  element,
  fixed,
  flow,
  group,
  HOUR,
  itself,
  mode,
  NEVER,
  policy,
  REPLACEMENT,
  repair,
  scenario,
  service,
  step,
  withDetection,
  YEAR,
} from './support/build.ts';

const S = 1e6;

function record(of: Scenario, seconds: number, warmUp = 0): HistoryRecord {
  return new HistoryRunner(compile(of), 'tallies').run(0, seconds / YEAR, warmUp);
}

const of = (found: HistoryRecord, measure: ServiceMeasure, index = 0): number =>
  found.services[index * SERVICE_MEASURES.length + SERVICE_MEASURES.indexOf(measure)]!;

const ofGroup = (found: HistoryRecord, measure: GroupMeasure): number => found.groups[GROUP_MEASURES.indexOf(measure)]!;

/** Up 100 s, down 10 s, and so on: down in [100, 110), [210, 220), … */
const cycling = (rest: Partial<Service> = {}, down = 10): Scenario =>
  scenario({
    elements: { u: element([mode(fixed(100), itself(fixed(down)))]) },
    services: { s: service('u', rest) },
  });

describe('a service that is down 10 s in every 110 s', () => {
  it('time, outages and lengths', () => {
    const found = record(cycling(), 1000);
    expect(found.horizon).toBe(1000 * S);
    expect(of(found, 'totalTime')).toBe(90 * S);
    expect(of(found, 'partialTime')).toBe(0);
    expect(of(found, 'totalOutages')).toBe(9);
    expect(of(found, 'countedWeighted')).toBe(90 * S);
    expect(of(found, 'censored')).toBe(0);
    expect(found.outageLength).toEqual(Array(9).fill(10 * S));
    expect([...found.elementFailures]).toEqual([9]);
    expect([...found.elementDowntime]).toEqual([90 * S]);
    expect([found.repairs, found.repairTime]).toEqual([9, 90 * S]);
  });

  it('an outage that is open at the end counts its time, counts, and is censored (SEM-10)', () => {
    const found = record(cycling(), 985);
    expect(of(found, 'totalTime')).toBe(85 * S);
    expect(of(found, 'totalOutages')).toBe(9);
    expect(of(found, 'censored')).toBe(1);
    expect(found.outageLength.at(-1)).toBe(5 * S);
    expect(found.repairs).toBe(8);
  });

  it('outages up to the threshold are hits, longer ones count whole (SEM-03)', () => {
    const hits = record(cycling({ minOutageThreshold: 10 }), 1000);
    expect([of(hits, 'hits'), of(hits, 'totalOutages'), of(hits, 'countedWeighted')]).toEqual([9, 0, 0]);
    // Hits are downtime all the same (SEM-02).
    expect(of(hits, 'totalTime')).toBe(90 * S);
    const outages = record(cycling({ minOutageThreshold: 9.999999 }), 1000);
    expect([of(outages, 'hits'), of(outages, 'totalOutages'), of(outages, 'countedWeighted')]).toEqual([0, 9, 90 * S]);
  });

  it('reportable is longer than the threshold, not as long', () => {
    expect(of(record(cycling({ reportableThreshold: 10 }), 1000), 'reportable')).toBe(0);
    expect(of(record(cycling({ reportableThreshold: 9.999999 }), 1000), 'reportable')).toBe(9);
  });

  it('outages closer than the merge gap are one (SEM-08)', () => {
    const apart = record(cycling({ mergeGap: 100 }), 1000);
    expect(apart.outageLength).toEqual(Array(9).fill(10 * S));
    const together = record(cycling({ mergeGap: 100.000001 }), 1000);
    expect(together.outageLength).toEqual([890 * S]);
    expect(of(together, 'countedWeighted')).toBe(90 * S);
    expect(of(together, 'totalTime')).toBe(90 * S);
  });

  it('nothing before the end of the warm-up counts', () => {
    const found = record(cycling(), 1000, 105);
    // [105, 110) of the first, and eight whole ones up to 1 105 s; the tenth begins at 1 090 s.
    expect(found.horizon).toBe(1000 * S);
    expect(of(found, 'totalTime')).toBe((5 + 8 * 10 + 10) * S);
    expect(found.outageLength[0]).toBe(5 * S);
    expect([...found.elementFailures]).toEqual([9]);
    expect(found.repairs).toBe(9);
  });

  it('users and their time', () => {
    const found = record(cycling({ users: 50 }), 1000);
    expect(of(found, 'userTime')).toBe(50 * 90 * S);
  });
});

describe('years', () => {
  const aroundNewYear = (count: number): Scenario =>
    scenario({
      elements: { u: element([mode(fixed(YEAR - 5), itself(fixed(10)))], { count }) },
      services: { s: service(any('u')) },
    });

  it('downtime over the turn of a year belongs to both', () => {
    const found = record(aroundNewYear(1), 2 * YEAR - 100);
    expect(found.yearDowntime).toEqual([5 * S, 5 * S]);
    expect(found.yearService).toEqual([0, 0]);
  });

  it('element-years with downtime, each once', () => {
    const found = record(aroundNewYear(3), 2 * YEAR - 100);
    expect([...found.populations]).toEqual([3, 30 * S, 6]);
    expect(POPULATION_MEASURES).toEqual(['failures', 'downTime', 'affectedYears']);
    const often = scenario({ elements: { u: element([mode(fixed(100), itself(fixed(10)))], { count: 2 }) } });
    expect([...record(often, 1000).populations]).toEqual([18, 180 * S, 2]);
  });
});

describe('partial loss', () => {
  /** Fails after `after` and never again; the failover at once loses the sessions younger than the snapshot. */
  const losing = (after: number): Group => ({
    ...group([mode(fixed(after), REPLACEMENT)], {
      standby: { kind: 'hot', rateFactor: 0 },
      state: {
        stateful: true,
        protection: 'snapshot',
        snapshotInterval: 180,
        sessionHold: 180,
        required: false,
        reattach: 20,
      },
    }),
  });
  /** 1 − (1 − e^(−1))/1: the share younger than a snapshot of the age of a session. */
  const share = Math.exp(-1);
  const quick = flow([step('switch', fixed(0), { effects: ['connect'] })], []);
  const run = (rest: Partial<Service>, second = 100): HistoryRecord =>
    record(
      scenario({
        flows: { flow: quick },
        groups: { a: losing(100), b: losing(second) },
        services: { s: service(all('a', 'b'), rest) },
      }),
      200,
    );

  it('of two stages at once, independent users: 1 − Π(1 − f) (SEM-04)', () => {
    const found = run({});
    expect(of(found, 'partialTime')).toBe(20 * S);
    expect(of(found, 'partialWeighted') / S).toBeCloseTo(20 * (1 - (1 - share) ** 2), 9);
    expect([of(found, 'partialOutages'), of(found, 'totalOutages')]).toEqual([1, 0]);
  });

  it('the same users: max(f)', () => {
    expect(of(run({ combine: 'max' }), 'partialWeighted') / S).toBeCloseTo(20 * share, 9);
  });

  it('one after the other: each its own', () => {
    const found = run({}, 110);
    expect(of(found, 'partialTime')).toBe(30 * S);
    expect(of(found, 'partialWeighted') / S).toBeCloseTo((10 + 10) * share + 10 * (1 - (1 - share) ** 2), 9);
    expect(of(found, 'partialOutages')).toBe(1);
  });

  it('too little served is nothing served (SEM-01)', () => {
    const served = 1 - share;
    const found = run({ combine: 'max', minServiceFraction: served });
    expect([of(found, 'totalTime'), of(found, 'partialTime')]).toEqual([20 * S, 0]);
    expect([of(found, 'partialOutages'), of(found, 'totalOutages')]).toEqual([0, 1]);
    const enough = run({ combine: 'max', minServiceFraction: served - 1e-9 });
    expect(of(enough, 'partialTime')).toBe(20 * S);
  });

  it('sessions lost, by users', () => {
    const found = run({ users: 1000 });
    expect(of(found, 'sessionsLost')).toBeCloseTo(2 * 1000 * share, 9);
  });
});

describe('failovers, exposure and marks of a group', () => {
  /** Both wear after 1 000 s; only the active member does before it has failed. Noticed after 1 s, switched after 2 s. */
  const g: Group = {
    ...withDetection(group([mode(fixed(1000), REPLACEMENT)], { standby: { kind: 'hot', rateFactor: 0 } }), {
      detectors: [detector(fixed(1))],
    }),
    failoverTarget: 3,
  };
  const base = scenario({
    flows: {
      flow: flow(
        [step('switch', fixed(2), { effects: ['promote', 'connect'], mark: 'restored' })],
        [step('rebuild', fixed(60), { effects: ['instantiate', 'available', 'sync'], mark: 'redundant' })],
      ),
    },
    groups: { g },
    services: { s: service('g') },
  });

  it('two failovers in 2 500 s', () => {
    // g/1 at 1 000 s; g/2 serves from 1 003 s and has aged since its promotion at 1 003 s: fails at 2 003 s.
    const found = record(base, 2500);
    expect(ofGroup(found, 'servingFailures')).toBe(2);
    expect(ofGroup(found, 'attempts')).toBe(2);
    expect(ofGroup(found, 'successes')).toBe(2);
    expect(ofGroup(found, 'withinTarget')).toBe(2);
    expect(ofGroup(found, 'downTime')).toBe(6 * S);
    expect(ofGroup(found, 'exposedTime')).toBe(120 * S);
    expect(ofGroup(found, 'protectedTime')).toBe((2500 - 126) * S);
    const marks = GROUP_MEASURES.length + FAILOVER_REASONS.length;
    const time = (name: (typeof MARKS)[number]): number => found.groups[marks + MARKS.indexOf(name)]!;
    expect([time('detected'), time('restored'), time('redundant')]).toEqual([2 * S, 6 * S, 126 * S]);
  });

  it('one microsecond above the target', () => {
    const late = { ...base, groups: { g: { ...g, failoverTarget: 2.999999 } } };
    expect(ofGroup(record(late, 2500), 'withinTarget')).toBe(0);
  });

  it('a failover under way at the end ends undecided (SEM-25)', () => {
    const found = record(base, 1002);
    expect([ofGroup(found, 'attempts'), ofGroup(found, 'successes')]).toEqual([1, 0]);
    expect(found.groups[GROUP_MEASURES.length + FAILOVER_REASONS.indexOf('open-at-end')]).toBe(1);
  });

  it('what began before the end of the warm-up is no failover of the run', () => {
    const found = record(base, 1000, 1001);
    expect([ofGroup(found, 'servingFailures'), ofGroup(found, 'attempts')]).toEqual([0, 0]);
    expect(ofGroup(found, 'downTime')).toBe(2 * S);
  });

  it('a latent standby is latent until the audit', () => {
    const wears = (law: Law): Group => ({
      ...withDetection(group([mode(law, REPLACEMENT)]), { standby: { coverage: 0, audit: fixed(500) } }),
    });
    const of = { ...base, groups: { g: { ...wears(fixed(1000)), standby: { kind: 'hot' as const, rateFactor: 2 } } } };
    // The standby wears twice as fast: dead at 500 s, found at 1 000 s by the audit.
    expect(ofGroup(record(of, 900), 'latentTime')).toBe(400 * S);
  });

  it('intervals and ratios of a group', () => {
    const model = compile(base);
    const totals = new RunTotals(shapeOf(model));
    const runner = new HistoryRunner(model, 'tallies');
    for (let i = 0; i < 3; i++) totals.absorb(runner.run(i, 2500 / YEAR, 0));
    const result = groupResult(totals, 0, 0.95);
    expect([result.attempts, result.successes]).toEqual([6, 6]);
    expect(result.successRatio!.value).toBe(1);
    expect(result.reasons).toEqual({});
    expect(result.marksSeconds.restored!.value).toBe(3);
    expect(result.marksSeconds.redundant!.value).toBe(63);
    const sum =
      result.protectedSecondsPerYear.value + result.exposureSecondsPerYear.value + result.downSecondsPerYear.value;
    expect(sum).toBeCloseTo(YEAR, 3);
  });
});

describe('attribution (SEM-33)', () => {
  it('keys and back', () => {
    const shape = {
      services: 3,
      groups: 0,
      elements: 0,
      populations: 0,
      modes: 7,
      phases: PHASES.length,
      reasons: 0,
      marks: 0,
    };
    for (const service of [0, 2]) {
      for (const mode of [-1, 0, 6]) {
        for (const phase of [0, PHASES.length - 1]) {
          expect(attributionParts(shape, attributionKey(shape, service, mode, phase))).toEqual({
            service,
            mode,
            phase,
          });
        }
      }
    }
  });

  const axes = (of: Scenario, seconds: number) => {
    const model = compile(of);
    const totals = new RunTotals(shapeOf(model));
    totals.absorb(new HistoryRunner(model, 'tallies').run(0, seconds / YEAR, 0));
    const attribution = attributionOf(totals, 0, (m) => ({
      name: m < 0 ? 'nothing' : `${model.names.elements[model.modes.element[m]!]}:${model.names.modes[m]}`,
      bucket: 'APP',
      cause: 'sw',
      party: 'APP',
    }));
    // Per year, on a run of `seconds`: back to seconds.
    const inSeconds = (parts: Readonly<Record<string, number>>): Record<string, number> =>
      Object.fromEntries(
        Object.entries(parts).map(([key, value]) => [key, Math.round(value * (seconds / YEAR) * 1e6) / 1e6]),
      );
    return { phase: inSeconds(attribution.phase), element: inSeconds(attribution.element) };
  };

  it('hosting: the root is what failed, not what went down with it', () => {
    const of = scenario({
      elements: {
        power: element([mode(fixed(100), itself(fixed(10)), { cause: 'sw' })]),
        load: element([], { on: 'power' }),
      },
      services: { s: service('load') },
    });
    expect(axes(of, 1000)).toEqual({ phase: { restart: 90 }, element: { 'power:fault': 90 } });
  });

  it('a failover: detection and remediation; then a wait for the control path, which is the fault of the control path', () => {
    const g: Group = {
      ...withDetection(group([mode(fixed(1000), REPLACEMENT)], { standby: { kind: 'hot', rateFactor: 0 } }), {
        detectors: [detector(fixed(1))],
      }),
    };
    const remap = flow(
      [
        step('check', fixed(2), { phase: 'isolation' }),
        step('remap', fixed(3), { needs: ['mano'], effects: ['connect'] }),
      ],
      [],
    );
    const of = scenario({
      control: { mano: control([mode(fixed(990), itself(fixed(100)))]) },
      flows: { flow: remap },
      groups: { g },
      services: { s: service('g') },
    });
    // Fails at 1 000 s; check until 1 003 s; the control path is down from 990 s to 1 090 s.
    expect(axes(of, 1500)).toEqual({
      phase: { detection: 1, isolation: 2, 'control-wait': 87, remediation: 3 },
      element: { 'g/1:fault': 6, 'mano:fault': 87 },
    });
  });

  it('repair under a policy: detection, waiting for a crew and repair, with the crew busy elsewhere', () => {
    const of = scenario({
      repair: { crew: policy({ crews: 1, dispatch: 'detection', detection: fixed(5) }) },
      elements: {
        first: element([mode(fixed(100), repair(fixed(50)))]),
        second: element([mode(fixed(110), repair(fixed(50)))]),
      },
      services: { s: service('second') },
    });
    // second: fails at 110 s, seen at 115 s, waits for the crew until 155 s, repaired at 205 s.
    expect(axes(of, 250).phase).toEqual({ detection: 5, repair: 90 });
  });

  it('the first fault of two stages in series takes the blame in proportion to what each loses', () => {
    const of = scenario({
      elements: {
        a: element([mode(fixed(100), itself(fixed(20)))]),
        b: element([mode(fixed(110), itself(fixed(20)))]),
      },
      services: { s: service(all('a', 'b')) },
    });
    // [100, 110) a alone, [110, 120) both, [120, 130) b alone; then the next cycle from 220 s on.
    expect(axes(of, 200)).toEqual({ phase: { repair: 30 }, element: { 'a:fault': 15, 'b:fault': 15 } });
  });

  it('a redundant pair of elements: the one that failed last, then the one that is left', () => {
    const of = scenario({
      elements: {
        a: element([mode(fixed(100), itself(fixed(50)))]),
        b: element([mode(fixed(120), itself(fixed(100)))]),
      },
      services: { s: service(any('a', 'b')) },
    });
    expect(axes(of, 200)).toEqual({ phase: { repair: 30 }, element: { 'b:fault': 30 } });
  });
});

describe('runs', () => {
  it('absorbing histories in order gives lists in order', () => {
    const model = compile(cycling());
    const runner = new HistoryRunner(model, 'tallies');
    const totals = new RunTotals(shapeOf(model));
    for (const seconds of [1000, 500, 250]) totals.absorb(runner.run(0, seconds / YEAR, 0));
    expect(totals.histories).toBe(3);
    expect(totals.horizons).toEqual([1000 * S, 500 * S, 250 * S]);
    expect(totals.service(0, 'totalTime')).toEqual([90 * S, 40 * S, 20 * S]);
    expect(totals.service(0, 'totalOutages')).toEqual([9, 4, 2]);
    expect(totals.outageEvents[0]!.count).toBe(15);
    expect(totals.repairs).toEqual([9, 4, 2]);
    expect(sumLists([1, 2], [10, 20], [100, 200])).toEqual([111, 222]);
  });

  it('populations: unavailability of the mean element, outages, years without any', () => {
    const of = scenario({ elements: { u: element([mode(fixed(YEAR - HOUR), itself(fixed(HOUR)))], { count: 4 }) } });
    const model = compile(of);
    const totals = new RunTotals(shapeOf(model));
    totals.absorb(new HistoryRunner(model, 'tallies').run(0, 3, 0));
    const result = populationResult(totals, 0, 4, 0.95);
    expect(result.elements).toBe(4);
    expect(result.dpm.value).toBeCloseTo(3600, 9);
    expect(result.availability.value).toBeCloseTo(1 - 1 / 8760, 12);
    expect(result.ofm.value).toBeCloseTo(1, 12);
    expect(result.zeroDowntimeShare.value).toBe(0);
  });

  it('an element that never fails is never down', () => {
    const immortal = scenario({
      elements: { u: element([mode(NEVER, itself(fixed(1)))]) },
      services: { s: service('u') },
    });
    const found = record(immortal, YEAR);
    expect([found.events, of(found, 'totalTime')]).toEqual([0, 0]);
  });
});
