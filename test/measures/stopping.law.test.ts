import { describe, expect, test } from 'vitest';
import { EventTotals } from '../../src/measures/statistics/event-totals.ts';
import { unavailabilityInterval } from '../../src/measures/statistics/rate.ts';
import { nextLook, type PrecisionRule, precisionReached } from '../../src/measures/statistics/stopping.ts';
import { Random } from './random.ts';

// A run that stops when its interval is narrow enough: does the interval it stops with still hold the truth? Outages are a
// Poisson stream, two a history, single events known as in a run. 95 % are promised, 93 … 97 % asked for; the tolerance is
// four standard errors. CARRIERGRADE_COVERAGE=1000 prints the figures of `src/measures/statistics/README.md`.
const STUDY = process.env['CARRIERGRADE_COVERAGE'];
const SEEDS = Number(STUDY ?? 300);
const YEAR = 31_536_000;
const PER_HISTORY = 2;
const MEAN = 600;

const LAWS = {
  exponential: (random: Random) => random.exponential(MEAN),
  'lognormal cv 1': (random: Random) => random.lognormal(MEAN, 1),
} as const;

interface Stopped {
  readonly lo: number;
  readonly hi: number;
  readonly value: number;
  readonly histories: number;
}

function stopped(random: Random, draw: (random: Random) => number, rule: PrecisionRule, perHistory: number): Stopped {
  const downtime: number[] = [];
  const outages = new EventTotals();
  for (let look = nextLook(0, rule); ; look = nextLook(look, rule)) {
    while (downtime.length < look) {
      let sum = 0;
      for (let left = random.poisson(perHistory); left > 0; left--) {
        const length = draw(random);
        outages.add(length);
        sum += length;
      }
      downtime.push(sum);
    }
    const estimate = unavailabilityInterval(downtime, YEAR, 0.95, { outages });
    if (precisionReached(estimate, outages.count, rule) === 'precision' || look > 20_000) {
      return { ...estimate, histories: look };
    }
  }
}

describe('law: intervals of runs that stop by themselves', () => {
  const cases = Object.entries(LAWS).flatMap(([name, draw]) =>
    [0.2, 0.05].map((relative) => ({ name, draw, relative })),
  );

  test.each(cases)('$name, ±$relative', ({ name, draw, relative }) => {
    const truth = (PER_HISTORY * MEAN) / YEAR;
    let [hits, below, histories] = [0, 0, 0];
    for (let seed = 0; seed < SEEDS; seed++) {
      const run = stopped(new Random(104_729 * seed + 7), draw, { relative }, PER_HISTORY);
      expect(Math.max(run.hi - run.value, run.value - run.lo)).toBeLessThanOrEqual(relative * run.value);
      if (truth < run.lo) below++;
      if (truth >= run.lo && truth <= run.hi) hits++;
      histories += run.histories;
    }
    const percent = (count: number): string => ((100 * count) / SEEDS).toFixed(1);
    if (STUDY !== undefined) {
      const misses = `${percent(below)}/${percent(SEEDS - hits - below)}`;
      process.stdout.write(
        `stopped at ±${relative} | ${name} | ${percent(hits)} (${misses}) | ${histories / SEEDS} histories\n`,
      );
    }
    expect(hits / SEEDS).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / SEEDS));
  });

  test('no sample without outages, and none with few, stops a run', () => {
    const rule = { relative: 0.9 };
    const never = stopped(new Random(3), LAWS.exponential, rule, 0);
    expect(never).toMatchObject({ value: 0, lo: 0 });
    expect(never.histories).toBeGreaterThan(20_000);
    const few = new EventTotals();
    const downtime = Array.from({ length: 1_000 }, (_, i) => (i < 29 ? 600 : 0));
    for (let i = 0; i < 29; i++) few.add(600);
    const estimate = unavailabilityInterval(downtime, YEAR, 0.95, { outages: few });
    expect(precisionReached(estimate, few.count, rule)).toBe('continue');
  });
});
