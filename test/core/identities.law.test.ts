import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile/compile.ts';
import { type CompiledModel, GATE } from '../../src/compile/model.ts';
import { isLatent } from '../../src/compile/proof-tests.ts';
import type { World } from '../../src/dynamics/world.ts';
import { attributionOf } from '../../src/measures/attribution.ts';
import {
  attributionParts,
  GROUP_MEASURES,
  type GroupMeasure,
  groupWidth,
  type HistoryRecord,
  POPULATION_MEASURES,
  SERVICE_MEASURES,
  type ServiceMeasure,
  SPARE_MEASURES,
} from '../../src/measures/history-record.ts';
import { RunTotals } from '../../src/measures/run-totals.ts';
import { FAILOVER_REASONS } from '../../src/model/flow.ts';
import type { Scenario } from '../../src/model/scenario.ts';
import { BUCKETS, CAUSES, PARTIES } from '../../src/model/scenario.ts';
import { MICROSECONDS_PER_SECOND, MICROSECONDS_PER_YEAR } from '../../src/model/time.ts';
import { HistoryWatch, shapeOf } from '../../src/simulate/history-watch.ts';
import { Accounts } from './support/accounts.ts';
import { auditState } from './support/audit.ts';
import { drive } from './support/driver.ts';
import { withControl } from './support/random-control.ts';
import { withFabrics } from './support/random-fabric.ts';
import { withMonitoring } from './support/random-monitoring.ts';
import { withProofTests } from './support/random-proof-tests.ts';
import { randomScenario } from './support/random-scenario.ts';
import { randomSharing } from './support/random-sharing.ts';
import { withUpgrades } from './support/random-upgrades.ts';
import { Tee } from './support/tee.ts';

const DAY = 86_400 * MICROSECONDS_PER_SECOND;
const RUNS = { seed: 20_240_601, numRuns: 100 };

/** What has to happen in the random scenarios for the identities to say anything about it. */
const IMPERFECT: readonly GroupMeasure[] = ['falseAlarms', 'alarmSuccesses', 'switchovers', 'races', 'splitBrains'];

const UPGRADED: readonly GroupMeasure[] = ['upgradeExposedTime', 'degradedTime', 'moves', 'switchovers'];

interface Audited {
  readonly model: CompiledModel;
  readonly record: HistoryRecord;
  readonly books: Accounts;
}

/** One history with the state audited after every event, its record, and the second set of books. */
function audited(scenario: Scenario, warmUp: number, horizon: number, look: (w: World) => void = () => {}): Audited {
  const model = compile(scenario);
  const books = new Accounts(model, warmUp);
  const watch = new HistoryWatch(model);
  const driver = drive(model, 'law', new Tee(watch, books));
  const { world } = driver.process;
  watch.begin(world, warmUp);
  const events = driver.history(0, horizon, (now) => {
    auditState(world, driver.clocks.timers);
    books.after(world, now);
    look(world);
  });
  driver.process.finish(horizon);
  books.finish(horizon);
  return { model, record: watch.finish(horizon, events), books };
}

describe('law: identities of accounting (design §5)', () => {
  it('100 random scenarios: the state agrees with itself after every event, and the record with a second set of books', () => {
    let events = 0;
    let outages = 0;
    let attempts = 0;
    const seen: Partial<Record<GroupMeasure, number>> = {};
    let demands = 0;
    let stages = 0;
    fc.assert(
      fc.property(randomScenario(), fc.constantFrom(0, 0, DAY), (scenario, warmUp) => {
        const run = audited(scenario, warmUp, 6 * DAY);
        servicesAddUp(run);
        attributionAddsUp(run);
        outagesAlternate(run);
        groupsAddUp(run);
        elementsAddUp(run);
        stages += chainsLoseMost(run);
        events += run.record.events;
        outages += run.record.outageLength.length;
        attempts += groupSum(run, 'attempts');
        for (const measure of IMPERFECT) seen[measure] = (seen[measure] ?? 0) + groupSum(run, measure);
        demands += run.record.spares.filter((_, i) => i % SPARE_MEASURES.length === 0).reduce((sum, n) => sum + n, 0);
      }),
      RUNS,
    );
    // Not vacuous: the scenarios fail, and often.
    expect(events).toBeGreaterThan(20_000);
    expect(outages).toBeGreaterThan(2_000);
    expect(attempts).toBeGreaterThan(350);
    expect(stages).toBeGreaterThan(30);
    for (const measure of IMPERFECT) expect(seen[measure], measure).toBeGreaterThan(6);
    expect(demands).toBeGreaterThan(6);
  });

  it('200 that are upgraded all the time, in every way', () => {
    const seen: Partial<Record<GroupMeasure, number>> = {};
    let downtime = 0;
    fc.assert(
      fc.property(
        withUpgrades(fc.oneof(randomScenario(), randomSharing())),
        fc.constantFrom(0, DAY),
        (scenario, warmUp) => {
          const run = audited(scenario, warmUp, 6 * DAY);
          servicesAddUp(run);
          attributionAddsUp(run);
          outagesAlternate(run);
          groupsAddUp(run);
          elementsAddUp(run);
          for (const measure of UPGRADED) seen[measure] = (seen[measure] ?? 0) + groupSum(run, measure);
          run.model.names.services.forEach((_, service) => {
            const both =
              serviceMeasure(run, service, 'upgradeWeighted') + serviceMeasure(run, service, 'exposureWeighted');
            const all = serviceMeasure(run, service, 'totalTime') + serviceMeasure(run, service, 'partialWeighted');
            expect(both).toBeLessThanOrEqual(all * (1 + 1e-9) + 1);
            downtime += serviceMeasure(run, service, 'upgradeWeighted');
          });
        },
      ),
      { seed: 20_261_128, numRuns: 200 },
    );
    for (const measure of UPGRADED) expect(seen[measure], measure).toBeGreaterThan(50);
    expect(downtime).toBeGreaterThan(DAY);
  });

  it('100 more with latent faults, proof tests and shared spares', () => {
    let found = 0;
    let spared = 0;
    fc.assert(
      fc.property(withProofTests(randomScenario()), fc.constantFrom(0, DAY), (scenario, warmUp) => {
        const run = audited(scenario, warmUp, 6 * DAY, (w) => {
          const { kind } = w.model.gates;
          spared += kind.some((_, gate) => kind[gate] === GATE.standby && w.standbyUse[gate] === 1) ? 1 : 0;
          found += w.trackStep.some((step) => step > 0 && isLatent(w.model, step - 1)) ? 1 : 0;
        });
        servicesAddUp(run);
        attributionAddsUp(run);
        outagesAlternate(run);
        groupsAddUp(run);
        elementsAddUp(run);
      }),
      { ...RUNS, numRuns: 100, seed: 20_261_130 },
    );
    expect(found).toBeGreaterThan(500);
    expect(spared).toBeGreaterThan(500);
  });

  it('100 more whose groups share their load in every way', () => {
    let partial = 0;
    let lost = 0;
    let attempts = 0;
    fc.assert(
      fc.property(randomSharing(), fc.constantFrom(0, 0, DAY), (scenario, warmUp) => {
        const run = audited(scenario, warmUp, 6 * DAY);
        servicesAddUp(run);
        attributionAddsUp(run);
        outagesAlternate(run);
        groupsAddUp(run);
        elementsAddUp(run);
        attempts += groupSum(run, 'attempts');
        run.books.services.forEach((book, service) => {
          partial += book.partial > 0 ? 1 : 0;
          lost += serviceMeasure(run, service, 'sessionsLost') > 0 ? 1 : 0;
        });
      }),
      { ...RUNS, seed: 20_261_121 },
    );
    expect(partial).toBeGreaterThan(100);
    expect(lost).toBeGreaterThan(35);
    expect(attempts).toBeGreaterThan(350);
  });

  it('100 more whose detectors do not see everything, and not from the start', () => {
    let windows = 0;
    let partlyBlind = 0;
    fc.assert(
      fc.property(
        withMonitoring(fc.oneof(randomScenario(), randomSharing())),
        fc.constantFrom(0, DAY),
        (scenario, warmUp) => {
          let open = 0;
          const run = audited(scenario, warmUp, 4 * DAY, (w) => {
            const { slots } = w.model;
            for (let slot = slots.blind; slot < slots.count; slot++) if (w.isRunning(slot)) open = 1;
          });
          servicesAddUp(run);
          attributionAddsUp(run);
          outagesAlternate(run);
          groupsAddUp(run);
          windows += open;
          partlyBlind += Object.values(scenario.groups).some(({ detection }) =>
            detection.detectors.some(({ unseen }) => unseen !== undefined),
          )
            ? 1
            : 0;
        },
      ),
      { ...RUNS, numRuns: 100, seed: 20_261_125 },
    );
    expect(windows).toBeGreaterThan(10);
    expect(partlyBlind).toBeGreaterThan(17);
  });

  it('100 more whose nodes hang on fabrics', () => {
    let partial = 0;
    let cutOff = 0;
    let attempts = 0;
    fc.assert(
      fc.property(
        withFabrics(fc.oneof(randomScenario(), randomSharing())),
        fc.constantFrom(0, DAY),
        (scenario, warmUp) => {
          const run = audited(scenario, warmUp, 3 * DAY);
          servicesAddUp(run);
          attributionAddsUp(run);
          outagesAlternate(run);
          groupsAddUp(run);
          elementsAddUp(run);
          attempts += groupSum(run, 'attempts');
          const spread = run.model.names.services.indexOf('spread');
          if (spread < 0) return;
          partial += run.books.services[spread]!.partial > 0 ? 1 : 0;
          cutOff += run.books.services[spread]!.total > 0 ? 1 : 0;
        },
      ),
      { ...RUNS, numRuns: 100, seed: 20_261_122 },
    );
    expect(partial).toBeGreaterThan(50);
    expect(cutOff).toBeGreaterThan(25);
    expect(attempts).toBeGreaterThan(500);
  });

  it('200 more whose control path works on few requests at a time and errs', () => {
    let queued = 0;
    let orphaned = 0;
    let failed = 0;
    fc.assert(
      fc.property(
        withControl(fc.oneof(randomScenario(), randomSharing())),
        fc.constantFrom(0, DAY),
        (scenario, warmUp) => {
          const run = audited(scenario, warmUp, 4 * DAY, (w) => {
            const { queues } = w.model;
            for (let queue = 0; queue < queues.count; queue++) {
              if (queues.control[queue] === 1 && w.queueLength[queue]! > 0) queued++;
            }
            if (w.orphaned.some((slots) => slots > 0)) orphaned++;
            w.trackStep.forEach((step) => {
              if (step > 0 && w.model.names.steps[step - 1]!.id === 'spawn-failed') failed++;
            });
          });
          servicesAddUp(run);
          attributionAddsUp(run);
          outagesAlternate(run);
          groupsAddUp(run);
          elementsAddUp(run);
        },
      ),
      { ...RUNS, numRuns: 200, seed: 20_261_123 },
    );
    expect(queued).toBeGreaterThan(100);
    expect(orphaned).toBeGreaterThan(100);
    expect(failed).toBeGreaterThan(100);
  });
});

/** A chain loses at least what any of its stages loses (B-42); how many stages there were. */
function chainsLoseMost({ model, books }: Audited): number {
  let stages = 0;
  model.services.chainOf.forEach((chain, stage) => {
    if (chain < 0) return;
    stages++;
    expect(books.downtime(chain)).toBeGreaterThanOrEqual(books.downtime(stage) * (1 - 1e-12));
    expect(books.services[chain]!.up).toBeLessThanOrEqual(books.services[stage]!.up);
  });
  return stages;
}

const serviceMeasure = ({ record }: Audited, service: number, measure: ServiceMeasure): number =>
  record.services[service * SERVICE_MEASURES.length + SERVICE_MEASURES.indexOf(measure)]!;

function groupMeasure({ model, record }: Audited, group: number, measure: GroupMeasure): number {
  return record.groups[group * groupWidth(shapeOf(model)) + GROUP_MEASURES.indexOf(measure)]!;
}

function groupSum(run: Audited, measure: GroupMeasure): number {
  return run.model.names.groups.reduce((sum, _, group) => sum + groupMeasure(run, group, measure), 0);
}

/** To the microsecond: sums of shares times times are not whole numbers. */
function same(found: number, expected: number, what: string): void {
  if (Math.abs(found - expected) > 1) throw new Error(`${what}: ${found} µs, not ${expected} µs`);
}

function servicesAddUp(run: Audited): void {
  const { record, books } = run;
  books.services.forEach((book, service) => {
    const total = serviceMeasure(run, service, 'totalTime');
    const partial = serviceMeasure(run, service, 'partialTime');
    same(book.up + total + partial, record.horizon, 'up + partial + down against the horizon');
    same(total, book.total, 'time of total loss');
    same(partial, book.partial, 'time of partial loss');
    same(serviceMeasure(run, service, 'partialWeighted'), book.partialWeighted, 'weighted partial loss');
    const years = record.yearDowntime.filter((_, i) => record.yearService[i] === service);
    same(
      years.reduce((sum, time) => sum + time, 0),
      books.downtime(service),
      'downtime over calendar years',
    );
  });
}

/** SEM-33: every axis sums to the downtime, and every second has a root. */
function attributionAddsUp({ model, record, books }: Audited): void {
  const shape = shapeOf(model);
  const totals = new RunTotals(shape);
  totals.absorb(record);
  for (const key of record.attribution.keys()) {
    if (attributionParts(shape, key).mode < 0) throw new Error('downtime without a root');
  }
  books.services.forEach((_, service) => {
    const axes = attributionOf(totals, service, (mode) => ({
      name: `${model.names.elements[model.modes.element[mode]!]}:${model.names.modes[mode]}`,
      bucket: BUCKETS[model.modes.bucket[mode]!]!,
      cause: CAUSES[model.modes.cause[mode]!]!,
      party: PARTIES[model.modes.party[mode]!]!,
    }));
    for (const [axis, parts] of Object.entries(axes)) {
      const perYear = Object.values(parts).reduce((sum: number, part) => sum + (part as number), 0);
      const micros = (perYear * MICROSECONDS_PER_SECOND * record.horizon) / MICROSECONDS_PER_YEAR;
      same(micros, books.downtime(service), `attribution by ${axis}`);
    }
    const side = (measure: ServiceMeasure): number =>
      record.services[service * SERVICE_MEASURES.length + SERVICE_MEASURES.indexOf(measure)]!;
    const guest = side('guestWeighted');
    same(guest + side('infrastructureWeighted'), books.downtime(service), 'sides');
    expect(guest).toBeLessThanOrEqual(totals.split(service, 'APP')[0]! * (1 + 1e-9) + 1);
  });
}

function outagesAlternate(run: Audited): void {
  const { model, record, books } = run;
  books.services.forEach((_, service) => {
    const real = books.outages(service);
    for (let i = 1; i < real.length; i++) {
      if (real[i]!.start < real[i - 1]!.end) throw new Error('two outages at a time');
    }
    const counted = real.filter(({ start, end }) => end - start > model.services.minOutage[service]!);
    const lengths = record.outageLength.filter((_, i) => record.outageService[i] === service);
    const expected = counted.map(({ start, end }) => end - start);
    if (lengths.join() !== expected.join()) throw new Error(`outages of ${lengths} µs, not ${expected} µs`);
    const total = counted.filter((outage) => outage.total).length;
    const reportable = expected.filter((length) => length > model.services.reportable[service]!).length;
    same(serviceMeasure(run, service, 'totalOutages'), total, 'total outages');
    same(serviceMeasure(run, service, 'partialOutages'), counted.length - total, 'partial outages');
    same(serviceMeasure(run, service, 'hits'), real.length - counted.length, 'hits');
    same(serviceMeasure(run, service, 'reportable'), reportable, 'reportable outages');
    const mission = model.services.mission[service]!;
    const broken = new Set<number>();
    for (const { start, end } of counted) {
      const last = Math.min(Math.floor((end - 1 - books.from) / mission), Math.floor(record.horizon / mission) - 1);
      for (let period = Math.floor((start - books.from) / mission); period <= last; period++) broken.add(period);
    }
    same(serviceMeasure(run, service, 'brokenMissions'), broken.size, 'broken missions');
  });
}

function groupsAddUp(run: Audited): void {
  const { model, record, books } = run;
  if (books.doubleEnds.length > 0) throw new Error(`failovers that ended twice: ${books.doubleEnds[0]}`);
  const width = groupWidth(shapeOf(model));
  books.groups.forEach((book, group) => {
    const measure = (name: GroupMeasure): number => groupMeasure(run, group, name);
    same(measure('protectedTime') + measure('exposedTime') + measure('downTime'), record.horizon, 'group times');
    same(measure('protectedTime'), book.protected, 'protected time');
    same(measure('exposedTime'), book.exposed, 'exposed time');
    same(measure('downTime'), book.down, 'down time of a group');
    const at = group * width + GROUP_MEASURES.length;
    const reasons = record.groups.slice(at, at + FAILOVER_REASONS.length).reduce((sum, n) => sum + n, 0);
    if (measure('attempts') !== measure('successes') + reasons) throw new Error('an attempt without an end');
    if (measure('withinTarget') > measure('successes')) throw new Error('within target without success');
    if (measure('attempts') > measure('servingFailures') + measure('falseAlarms'))
      throw new Error('more attempts than failures');
    if (measure('alarmSuccesses') > measure('falseAlarms')) throw new Error('more answered alarms than alarms');
    if (measure('servingFailures') > measure('memberFailures')) throw new Error('more serving members than members');
  });
}

function elementsAddUp({ model, record, books }: Audited): void {
  const width = POPULATION_MEASURES.length;
  const populations = new Float64Array(record.populations.length);
  for (let e = 0; e < model.elements.count; e++) {
    same(record.elementDowntime[e]!, books.elementDown[e]!, `downtime of ${model.names.elements[e]}`);
    same(record.elementFailures[e]!, books.elementFailures[e]!, `failures of ${model.names.elements[e]}`);
    const population = model.elements.population[e]!;
    if (population < 0) continue;
    populations[population * width]! += books.elementFailures[e]!;
    populations[population * width + 1]! += books.elementDown[e]!;
  }
  for (let i = 0; i < populations.length; i += width) {
    same(record.populations[i]!, populations[i]!, 'failures of a population');
    same(record.populations[i + 1]!, populations[i + 1]!, 'downtime of a population');
  }
}
