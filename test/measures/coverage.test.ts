import { describe, expect, test } from 'vitest';
import { EventTotals } from '../../src/measures/statistics/event-totals.ts';
import { meanIntervalOf } from '../../src/measures/statistics/mean.ts';
import { comparePaired } from '../../src/measures/statistics/paired.ts';
import { frequencyInterval, unavailabilityInterval } from '../../src/measures/statistics/rate.ts';
import { ratioInterval } from '../../src/measures/statistics/ratio.ts';
import { nextLook, precisionReached } from '../../src/measures/statistics/stopping.ts';
import type { Estimate } from '../../src/model/estimate.ts';
import { Random } from './random.ts';

// Coverage of nominal 95 % intervals on synthetic compound Poisson histories, 200 seeded repetitions each. At least 180
// hits are asked for (99.5 % band of a true 95 %: 180 … 197, methods §5.7). The upper end of the band holds for the plain
// intervals only: those for rare amounts are conservative (96 … 98 %), which the pooled test at the end bounds.
// The table of `src/measures/statistics/README.md` comes from
//   CARRIERGRADE_COVERAGE=2000 npx vitest run --config test/vitest.config.ts test/measures/coverage.test.ts
const STUDY = process.env['CARRIERGRADE_COVERAGE'];
const REPETITIONS = Number(STUDY ?? 200);
const YEAR = 31_536_000;

type Severity = (random: Random) => number;

/**
 * Outage lengths (s) by name: mean, longest plausible one, and the number of outages from which the data alone suffice:
 * of long outages that have not happened yet they can know nothing.
 */
const SEVERITIES: Record<string, { draw: Severity; mean: number; longest: number; enough: number }> = {
  exponential: { draw: (random) => random.exponential(600), mean: 600, longest: 7 * 600, enough: 30 },
  'lognormal cv 3': { draw: (random) => random.lognormal(600, 3), mean: 600, longest: 60 * 600, enough: 30 },
  '1 s / 3600 s, 50 %': { ...mixture(0.5), enough: 30 },
  '1 s / 3600 s, 10 %': { ...mixture(0.1), enough: 100 },
  '1 s / 3600 s, 1 %': { ...mixture(0.01), enough: 1_000 },
};

function mixture(longShare: number): { draw: Severity; mean: number; longest: number } {
  return {
    draw: (random) => (random.uniform() < longShare ? 3_600 : 1),
    mean: 1 - longShare + 3_600 * longShare,
    longest: 3_600,
  };
}

interface Histories {
  downtime: Float64Array;
  outages: Float64Array;
  events: EventTotals;
}

/** One run: `expected` outages spread over the histories, one by one or in clusters of mean 3. */
function simulate(random: Random, draw: Severity, expected: number, histories: number, clustered = false): Histories {
  const run = {
    downtime: new Float64Array(histories),
    outages: new Float64Array(histories),
    events: new EventTotals(),
  };
  for (let incidents = random.poisson(clustered ? expected / 3 : expected); incidents > 0; incidents--) {
    const history = random.integer(histories);
    do {
      const length = draw(random);
      run.downtime[history]! += length;
      run.outages[history]! += 1;
      run.events.add(length);
    } while (clustered && random.uniform() < 2 / 3);
  }
  return run;
}

/** Of the suite's tests whose intervals know no more than the data. */
const pooled = { hits: 0, tests: 0 };

/** Hits of `truth` over all repetitions that give an estimate, as a share of 200. */
function measure(label: string, truth: number, estimate: (random: Random) => Estimate | null): number {
  let [below, above, total] = [0, 0, 0];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const interval = estimate(new Random(7_919 * repetition + 13));
    if (interval === null) continue;
    total++;
    if (truth < interval.lo) below++;
    else if (truth > interval.hi) above++;
  }
  const percent = (count: number): string => ((100 * count) / total).toFixed(1);
  if (STUDY !== undefined) {
    process.stdout.write(`${label}: ${percent(total - below - above)} (${percent(below)}/${percent(above)})\n`);
  }
  return (200 * (total - below - above)) / total;
}

/** The band applies to the 200 repetitions of the suite; a study only prints. */
function expectHits(hits: number): void {
  if (STUDY === undefined) expect(hits).toBeGreaterThanOrEqual(180);
}

/** As `expectHits`, for intervals that know no more than the data. */
function expectCalibrated(hits: number): void {
  pooled.hits += hits;
  pooled.tests += 1;
  expectHits(hits);
}

describe.each(Object.keys(SEVERITIES))('unavailability, %s', (name) => {
  const { draw, mean, longest, enough } = SEVERITIES[name]!;
  const informative = (expected: number): boolean => STUDY !== undefined || expected >= enough;
  const cases = [
    [30, 10],
    [30, 100],
    [100, 10],
    [100, 100],
    [100, 1_000],
    [300, 100],
    [1_000, 100],
  ] as const;

  test.each(cases.filter(([expected]) => informative(expected)))(
    '%d outages expected in %d histories',
    (expected, histories) => {
      const truth = (expected * mean) / (histories * YEAR);
      const hits = measure(`U | ${name} | ${expected} in ${histories}`, truth, (random) => {
        return unavailabilityInterval(simulate(random, draw, expected, histories).downtime, YEAR, 0.95);
      });
      expectCalibrated(hits);
    },
  );

  test.each([
    [1, 100],
    [3, 100],
    [10, 10],
    [10, 100],
    [30, 100],
    [100, 100],
  ])('%d outages expected in %d histories, longest plausible outage known', (expected, histories) => {
    const truth = (expected * mean) / (histories * YEAR);
    const hits = measure(`U, longest known | ${name} | ${expected} in ${histories}`, truth, (random) => {
      const { downtime } = simulate(random, draw, expected, histories);
      return unavailabilityInterval(downtime, YEAR, 0.95, { longestOutage: longest });
    });
    expectHits(hits);
  });

  test.each([100, 1_000].filter(informative))('%d outages expected in one history', (expected) => {
    const truth = (expected * mean) / YEAR;
    const hits = measure(`U, one history | ${name} | ${expected}`, truth, (random) => {
      const { downtime, events } = simulate(random, draw, expected, 1);
      return unavailabilityInterval(downtime, YEAR, 0.95, { outages: events });
    });
    expectCalibrated(hits);
  });

  test.each([100, 300, 1_000].filter(informative))(
    '%d outages expected in clusters of 3, 100 histories',
    (expected) => {
      const truth = (expected * mean) / (100 * YEAR);
      const hits = measure(`U, clusters | ${name} | ${expected} in 100`, truth, (random) => {
        return unavailabilityInterval(simulate(random, draw, expected, 100, true).downtime, YEAR, 0.95);
      });
      expectCalibrated(hits);
    },
  );

  test.each([30, 100, 300, 1_000].filter(informative))('mean length of %d outages', (expected) => {
    const hits = measure(`mean length | ${name} | ${expected} in 100`, mean, (random) => {
      const { downtime, outages } = simulate(random, draw, expected, 100);
      return ratioInterval(downtime, outages, 0.95);
    });
    expectCalibrated(hits);
  });

  test.each([[0.2], [0.1]])('stopped at ±%d by looking', (relative) => {
    const perHistory = 0.5;
    const truth = (perHistory * mean) / YEAR;
    const rule = { relative };
    const hits = measure(`U at stop | ${name} | ±${relative}`, truth, (random) => {
      const downtime: number[] = [];
      let outages = 0;
      for (let look = nextLook(0, rule); look < 200_000; look = nextLook(look, rule)) {
        while (downtime.length < look) {
          let total = 0;
          for (let n = random.poisson(perHistory); n > 0; n--) {
            total += draw(random);
            outages++;
          }
          downtime.push(total);
        }
        const estimate = unavailabilityInterval(downtime, YEAR, 0.95);
        if (precisionReached(estimate, outages, rule) === 'precision') return estimate;
      }
      return null;
    });
    if (relative === 0.1 || informative(100)) expectCalibrated(hits);
  });
});

describe('frequency', () => {
  test.each([
    [3, 100, false],
    [10, 100, false],
    [100, 100, false],
    [100, 10, false],
    [100, 100, true],
  ])('%d outages expected in %d histories, clustered: %s', (expected, histories, clustered) => {
    const truth = expected / histories;
    const hits = measure(`frequency${clustered ? ', clusters' : ''} | ${expected} in ${histories}`, truth, (random) => {
      return frequencyInterval(simulate(random, () => 1, expected, histories, clustered).outages, 1, 0.95);
    });
    expectHits(hits);
  });
});

describe('paired comparison: one outage in five avoided', () => {
  const share = 0.2;

  test.each([
    ['exponential', 100],
    ['exponential', 1_000],
    ['lognormal cv 3', 1_000],
    ['1 s / 3600 s, 50 %', 300],
  ])('%s, %d outages in 100 histories', (name, expected) => {
    const { draw, mean } = SEVERITIES[name]!;
    const pair = (random: Random) => {
      const a = new Float64Array(100);
      const b = new Float64Array(100);
      for (let n = random.poisson(expected); n > 0; n--) {
        const history = random.integer(100);
        const length = draw(random);
        a[history]! += length;
        if (random.uniform() >= share) b[history]! += length;
      }
      return comparePaired(a, b, YEAR, 0.95);
    };
    const truth = (-share * expected * mean) / (100 * YEAR);
    expectHits(measure(`difference | ${name} | ${expected} in 100`, truth, (random) => pair(random).difference));
    expectHits(measure(`ratio | ${name} | ${expected} in 100`, 1 - share, (random) => pair(random).ratio));
  });
});

describe('limits', () => {
  test('one long outage in a hundred, 30 outages: only a stated longest outage keeps the interval honest', () => {
    const { draw, mean, longest } = SEVERITIES['1 s / 3600 s, 1 %']!;
    const truth = (30 * mean) / (100 * YEAR);
    const run = (options: { longestOutage?: number }) => (random: Random) =>
      unavailabilityInterval(simulate(random, draw, 30, 100).downtime, YEAR, 0.95, options);
    expect(measure('limit, data alone |', truth, run({}))).toBeLessThan(100);
    expect(measure('limit, longest known |', truth, run({ longestOutage: longest }))).toBeGreaterThanOrEqual(180);
  });

  test("Student's plain interval covers 180 … 197 where its premise holds: 50 histories with about 20 outages each", () => {
    const hits = measure('Student |', 20 * 600, (random) => {
      return meanIntervalOf(simulate(random, (source) => source.exponential(600), 1_000, 50).downtime, 0.95);
    });
    expectHits(hits);
    expect(hits).toBeLessThanOrEqual(STUDY === undefined ? 197 : 200);
  });

  if (STUDY === undefined) {
    test('pooled over all cases above the intervals are conservative by three points at most', () => {
      const share = pooled.hits / (200 * pooled.tests);
      expect(share).toBeGreaterThan(0.95);
      expect(share).toBeLessThan(0.98);
    });
  }
});
